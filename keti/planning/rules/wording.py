"""A plan in words, in Chinese or English: one line a change, and the whole as text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.kernel.acts import Text
from keti.kernel.refusals import sentence
from keti.planning.rules import changes as made
from keti.planning.rules.aspects import LISTS, Speaker, fact, turnover
from keti.planning.rules.changes import Change, Obstacle, Plan


@dataclass(frozen=True, slots=True)
class PlanTitles:
    """What the wording needs besides the plan: language, zone, titles of groups, roles, duties,
    and of everything else a charter declares."""

    lang: str
    zone: tzinfo
    groups: Mapping[str, Text]
    roles: Mapping[str, Text]
    duties: Mapping[str, Text] = field(default_factory=dict)
    things: Mapping[str, Text] = field(default_factory=dict)

    def say(self, code: str, **facts: object) -> str:
        return sentence(f"planning.{code}", facts, self.lang)

    @property
    def speaker(self) -> Speaker:
        titles = (self.duties, self.groups, self.roles, self.things)
        return Speaker(self.lang, self.zone, titles)


def named_duties(charter: Compiled) -> dict[str, Text]:
    """Key -> title, group and period of every duty the charter makes, as they are printed."""
    groups = {one.key: one.title for one in charter.groups}
    return {one.key: _named(one, groups[one.group]) for one in charter.obligations}


def _named(duty: ObligationSpec, group: Text) -> Text:
    period = f" {duty.period}" if duty.period else ""
    zh, en = duty.title.in_("zh"), duty.title.in_("en")
    return Text(f"“{zh}（{group.in_('zh')}）{period}”", f"“{en} ({group.in_('en')}){period}”")


def line(change: Change, words: PlanTitles) -> str:
    """One change: what, where, from what to what, or why not."""
    text = f"{_thing(change, words)}{_aspects(change, words)}"
    if change.why:
        reason = words.say(f"why-{change.why}")
        text += f"（{reason}）" if _is_zh(words) else f" ({reason})"
    return text


def block(one: Obstacle, words: PlanTitles) -> str:
    """Why the amendment cannot be."""
    title = one.title.in_(words.lang) or one.key
    return words.say(f"block-{one.why}", title=title, count=one.count)


def heading(verb: str, count: int, words: PlanTitles) -> str:
    """`~ 16 moved`"""
    return f"{made.SIGNS[verb]} {words.say(f'verb-{verb}', count=count)}"


def text(plan: Plan, words: PlanTitles) -> str:
    """The whole plan as text, grouped by what is done."""
    kept = words.say("kept", count=plan.kept)
    past = words.say("past", count=plan.past)
    out = [f"= {past}   = {kept}"]
    for verb in (*made.DOING, made.FROZEN, made.FORBIDDEN):
        found = plan.of(verb)
        if found:
            out.append(heading(verb, len(found), words))
            out += [f"    {one.key or '·':<44} {line(one, words)}" for one in found]
    out += [f"✗ {block(one, words)}" for one in plan.blocks]
    return "\n".join(out) + "\n"


def _is_zh(words: PlanTitles) -> bool:
    return not words.lang.startswith("en")


def _thing(change: Change, words: PlanTitles) -> str:
    title = change.title.in_(words.lang) or change.key
    group = words.groups.get(change.group)
    if change.thing in (made.DUTY, made.GATE, made.SEAT) and group:
        title += f"（{group.in_(words.lang)}）" if _is_zh(words) else f" ({group.in_(words.lang)})"
    return words.say(f"thing-{change.thing}", title=title)


def _aspects(change: Change, words: PlanTitles) -> str:
    names: Iterable[str] = change.aspects
    if change.thing == made.DUTY and change.verb in (made.CREATE, made.FORBIDDEN, made.CANCEL):
        names = [name for name in names if name in ("due", "role")]
    elif change.verb in (made.CREATE, made.CANCEL) and change.thing != made.SEAT:
        names = ()
    parts = [part for name in names if (part := _aspect(name, change, words))]
    glue, mark = ("；", "：") if _is_zh(words) else ("; ", ": ")
    return mark + glue.join(parts) if parts else ""


def _aspect(name: str, change: Change, words: PlanTitles) -> str:
    if name in HIDDEN:
        return ""
    speaker, was, will = words.speaker, change.value("before", name), change.value("after", name)
    before, after = fact(name, was, speaker), fact(name, will, speaker)
    if name in LISTS and change.before and change.after:
        before, after = "", turnover(was, will, speaker)
    if not before and not after:
        return ""
    between = " → " if before and after else ""
    return f"{words.say(f'aspect-{name}')} {before}{between}{after}"


HIDDEN = frozenset({"seat", "party", "state", "kind", "gate", "phase"})
"""What says nothing to a reader beside what is told anyway."""
