"""Gates: each can be reached, each has a way out, guards can become true."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from keti.charter.rules.findings import Path, in_words
from keti.charter.rules.guards import Counted, Guard, Joined, facts_of
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.course import Dependencies, Item, circles, course_of, works_of
from keti.charter.rules.lint.holding import can_hold
from keti.charter.rules.lint.ways import Decided, Search
from keti.kernel.acts import Text

_WORD = re.compile(r"[a-z][\w.]*")
_WAITING = ("needs", "when", "opens_with", "after", "from", "to", "at", "due", "retain", "criteria")
OF_A_REPORT = ("consultation", "publication")
APART = Text("其中的内容互相排斥", "its parts exclude each other")
NEVER = Text("没有任何环节给出“{name}”", "nothing ever settles '{name}'")
TOO_MANY = Text("“{name}”最多有 {most} 个", "there are at most {most} of '{name}'")
DONE_BY_THEN = Text(
    "“{name}”只会办完，不会变成没有办", "'{name}' can only become done, never known as not done"
)


def judge(brief: Brief) -> None:
    """Report gates without a way out, circles, dead ends and conditions that never hold."""
    course = course_of(brief)
    _forms(brief)
    for gate in course.gates():
        _outcomes(brief, gate)
    round_about = circles(course)
    for wait, way in round_about:
        brief.report.error("charter.waits-in-circle", wait.path, chain=" → ".join(way))
    never = [gate for gate in course.gates() if not can_hold(course, gate, gate.guard)]
    doubted = brief.scene.report.coded("charter.unknown-fact")
    for gate in never:
        why = _why_never(course, gate.guard) if gate.guard else APART
        path = (*gate.path, "when")
        if in_words(path) not in doubted:
            brief.report.error("charter.guard-never-true", path, why_zh=why.zh, why_en=why.en)
    broken = frozenset(key for _, way in round_about for key in way)
    _ways(brief, course, Search(course, frozenset(one.key for one in never) | broken, broken))
    _used(brief, course)


def _forms(brief: Brief) -> None:
    """What is published or put up for comments has versions; what is decided is a gate."""
    forms = {one.key: one.form for one in brief.compiled.works}
    for path, work in works_of(brief):
        key, subject = str(path[-1]), work.subject
        if forms.get(key) in OF_A_REPORT and forms.get(subject, "report") != "report":
            here = (*path, "subject")
            brief.report.error("charter.no-report", here, word=key, subject=subject)
        if forms.get(key) == "decision":
            brief.report.error("charter.decision-of-a-gate", (*path, "form"), word=key)


def _outcomes(brief: Brief, gate: Item) -> None:
    """A gate can say yes, and something else; more than one round needs a way back."""
    path, found = (*gate.path, "outcomes"), set(gate.effects.values())
    if "approve" not in found:
        brief.report.warning("charter.no-way-on", path, word=gate.key)
    elif found == {"approve"} and "issued" not in gate.effects:
        brief.report.warning("charter.no-way-back", path, word=gate.key)
    if gate.gate and "revise" not in found:
        for word in ("max_rounds", "revise_within"):
            if brief.report.has((*gate.path, word)) and getattr(gate.gate, word) not in (1, ""):
                here = (*gate.path, word)
                brief.report.warning("charter.rounds-without-revise", here, word=gate.key)
                break


def _why_never(course: Dependencies, guard: Guard) -> Text:
    """Why a condition never holds: a leaf that nothing makes true, or parts that exclude."""
    for leaf in _leaves(guard):
        if isinstance(leaf, Counted) and leaf.how == "count":
            kind = leaf.name.rpartition(".")[0]
            most = len(course.groups_of(kind)) if kind in course.items else 0
            if leaf.sign in (">=", ">", "==") and leaf.number + (leaf.sign == ">") > most:
                return _filled(TOO_MANY, name=leaf.name, most=most)
    for name in facts_of(guard):
        kind = name.rpartition(".")[0]
        settled = kind in course.items or course.named.get(name) or name.startswith("date>=")
        if not settled:
            return _filled(NEVER, name=name)
        if isinstance(guard, Joined) and name.endswith(".done") and _negated(guard, name):
            return _filled(DONE_BY_THEN, name=name)
    return APART


def _leaves(guard: Guard) -> Iterator[Guard]:
    if not isinstance(guard, Joined):
        yield guard
        return
    for part in guard.parts:
        yield from _leaves(part)


def _negated(guard: Guard, name: str) -> bool:
    if not isinstance(guard, Joined):
        return False
    if guard.how == "not":
        return name in facts_of(guard)
    return any(_negated(part, name) for part in guard.parts)


def _filled(words: Text, **facts: object) -> Text:
    return Text(words.zh.format(**facts), words.en.format(**facts))


def _ways(brief: Brief, course: Dependencies, search: Search) -> None:
    """Gates no way leads to, and outcomes after which nothing goes on."""
    seen = search.survey()
    told: set[str] = set()
    for decided, waiting, reading in seen.stuck:
        wanted = ", ".join(reading.false or reading.unknown)
        blame = _blame(course, decided, reading.false)
        if blame is None or blame in told or waiting not in seen.opened:
            continue
        told.add(blame)
        kind, _, outcome = blame.rpartition(".")
        facts = {"chain": _chain(decided), "waiting": waiting, "wanted": wanted}
        path = _outcome_path(brief, kind, outcome)
        brief.report.found_wanting("charter.dead-end", path, facts, at_key=True)
    missing = [one for one in course.gates() if seen.whole and one.key not in seen.opened]
    for gate in missing:
        chain = _waits_for(course, gate, seen.opened)
        if not any(one.key in chain[1:] for one in missing):
            way = " → ".join(chain)
            brief.report.error(
                "charter.gate-unreachable", gate.path, at_key=True, word=gate.key, chain=way
            )


def _blame(course: Dependencies, decided: Decided, false: tuple[str, ...]) -> str | None:
    """The decided outcome that keeps the rest from going on, as `gate.outcome`.

    Where several do, the one that does so in most groups.
    """
    blamed: Counter[str] = Counter()
    for name in false:
        fact, _, group = name.removeprefix("not ").partition("@")
        kind = fact.rpartition(".")[0]
        if kind in decided:
            apart = course.groups_of(kind)[: decided[kind].apart]
            said = decided[kind].other if group in apart else decided[kind].outcome
            blamed[f"{kind}.{said}"] += 1
    if blamed:
        return max(blamed, key=lambda one: blamed[one])
    for kind, verdict in decided.items():
        if course.items[kind].effects.get(verdict.other) == "stop":
            return f"{kind}.{verdict.other}"
    return None


def _chain(decided: Decided) -> str:
    said = []
    for kind, verdict in decided.items():
        apart = f" ({verdict.other} × {verdict.apart})" if verdict.apart else ""
        said.append(f"{kind}.{verdict.outcome}{apart}")
    return " → ".join(said)


def _outcome_path(brief: Brief, kind: str, outcome: str) -> Path:
    path: Path = ("gates", kind, "outcomes")
    listed: Any = brief.data["gates"][kind]["outcomes"]
    return (*path, listed.index(outcome) if isinstance(listed, list) else outcome)


def _waits_for(course: Dependencies, gate: Item, opened: set[str]) -> tuple[str, ...]:
    """The chain from a gate that never opens to the first thing it waits for in vain."""
    way = [gate.key]
    while True:
        item = course.items[way[-1]]
        waits = [one.on for one in item.waits if one.on not in opened and one.on in course.items]
        held = next((one for one in waits if one not in way and _held(course, one, opened)), "")
        if not held:
            asked = facts_of(item.guard) if item.guard else ()
            return tuple([*way, *asked[:1]])
        way.append(held)


def _held(course: Dependencies, key: str, opened: set[str]) -> bool:
    """Whether an item is itself never done: a gate that never opens, or a work behind one."""
    item, seen = course.items[key], {key}
    if item.gate is not None:
        return key not in opened
    queue = [item]
    for one in queue:
        for wait in one.waits:
            inner = course.items.get(wait.on)
            if inner is None or wait.on in seen:
                continue
            if inner.gate is not None and wait.on not in opened:
                return True
            seen.add(wait.on)
            queue.append(inner)
    return False


def _used(brief: Brief, course: Dependencies) -> None:
    """Every gate but the last is waited for; something ends the programme."""
    words = set(_waited_words(brief.data, False))
    gates = course.gates()
    last = [one for one in gates if one.per == course.top]
    closes = any(one.form == "closing" for one in course.items.values())
    endless = bool(brief.charter.programme.horizon)
    if not closes and not last and course.items and not endless:
        brief.report.warning("charter.never-ends", ("obligations",), at_key=True)
    exempt = [] if closes else last[-1:]
    for gate in gates:
        used = any(word == gate.key or word.startswith(f"{gate.key}.") for word in words)
        if not used and gate not in exempt:
            brief.report.warning(
                "charter.decides-for-nothing", gate.path, at_key=True, word=gate.key
            )


def _waited_words(here: Any, waiting: bool) -> Iterator[str]:
    """Every word in a place of the file that waits for something."""
    if isinstance(here, dict):
        for key, inner in here.items():
            yield from _waited_words(inner, key in _WAITING)
    elif isinstance(here, list):
        for inner in here:
            yield from _waited_words(inner, waiting)
    elif isinstance(here, str) and waiting:
        yield from _WORD.findall(here)
