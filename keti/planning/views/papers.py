"""An amendment as the form that is filed: 实施方案变更审批表."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from keti.charter.rules import load
from keti.documents.doors import paper_file
from keti.documents.rules.forms import Row, sign_line, wide
from keti.documents.rules.paper import Paper, tongue
from keti.documents.rules.written import Box, Grid
from keti.groups.doors import Door, enter
from keti.groups.queries import labels_on_paper
from keti.kernel.templatetags.keti_dates import when_text
from keti.planning.actions import words_for
from keti.planning.models import Amendment, Approval
from keti.planning.queries import amendment_by_id, approvals
from keti.planning.rules.changes import SIGNS, from_data
from keti.planning.rules.wording import PlanTitles
from keti.planning.views.amendments import class_of, class_title, differences_of, told

WIDTHS = (16, 34, 8, 8, 34)
MOST = 60
"""So many lines of one kind of change are printed; how many more there are is said."""


def amendment_paper(request: HttpRequest, slug: str, amendment_id: str, form: str) -> HttpResponse:
    """变更审批表 as a Word file or PDF, for every seat that sees the amendment."""
    door = enter(request, slug)
    found = amendment_by_id(door.programme, amendment_id)
    if found is None:
        raise Http404
    return paper_file(request, form_of(door, found), form, door.asker)


def form_of(door: Door, found: Amendment) -> Paper:
    """Who asks, what changes from what to what, why, what moves, and each approver's word with
    its signature; where nobody has spoken yet, a place to sign by hand."""
    desired, _findings = load(found.text, found.name)
    words = words_for(door.programme, door.lang, desired)
    said = approvals(found)
    rows = [
        *_head(door, found, class_title(class_of(door, found, desired), door.lang)),
        *_changes(door, found),
        _wide(_("变更理由"), found.reason),
        _wide(_("对进度和分工的影响"), "\n".join(_effects(found, words))),
        *(_opinion(door, _role(key, words), said.get(key)) for key in found.approvers),
        _wide(_("办理结果"), _outcome(door, found)),
    ]
    spoken = [one.recorded_at for one in said.values()]
    at = max([found.proposed_at, *spoken, *([found.settled_at] if found.settled_at else [])])
    return Paper(
        kind="form",
        title=_("实施方案变更审批表"),
        lang=tongue(door.lang),
        issuer=door.programme.title.in_(door.lang),
        number=_("第 {n} 号").format(n=found.number),
        day=door.programme.local(at).date(),
        body=(Grid(tuple(rows), WIDTHS),),
        demo=door.programme.is_demo,
    )


def _head(door: Door, found: Amendment, klass: str) -> list[Row]:
    zone, lang = door.programme.tz, door.lang
    return [
        _pair(
            _("申请单位（人）"), found.proposed_by.called.in_(lang),
            _("申请时间"), when_text(found.proposed_at, zone, lang),
        ),
        _pair(
            _("变更等级"), klass,
            _("拟生效时间"), when_text(found.takes_effect_at, zone, lang),
        ),
    ]  # fmt: skip


def _changes(door: Door, found: Amendment) -> Iterable[Row]:
    """What the charter says before and after, place by place, in words."""
    yield (
        Box(_("变更事项"), label=True),
        Box(_("变更前"), across=2, label=True),
        Box(_("变更后"), across=2, label=True),
    )
    for one in differences_of(door, found):
        nothing = _("（无）")
        yield (
            Box(one.label, label=True),
            Box(one.before or nothing, across=2),
            Box(one.after or nothing, across=2),
        )


def _effects(found: Amendment, words: PlanTitles) -> Iterable[str]:
    """Every change of a date, a holder, a duty, kind by kind."""
    plan, english = told(from_data(found.plan), words), tongue(words.lang) == "en"
    for verb, heading, lines in plan.groups:
        yield heading.removeprefix(SIGNS[verb]).strip() + (":" if english else "：")
        yield from lines[:MOST]
        if len(lines) > MOST:
            yield _("（另有 {count} 项，见方案调整页）").format(count=len(lines) - MOST)
    if not plan.groups:
        yield _("没有一件应办事项会变。")
    yield f"{plan.kept}{'; ' if english else '；'}{plan.past}"


def _role(key: str, words: PlanTitles) -> str:
    return words.roles[key].in_(words.lang) if key in words.roles else key


def _opinion(door: Door, role: str, said: Approval | None) -> Row:
    """One approver: the verdict, its reason, who gave it and when."""
    label = _("{role}意见").format(role=role)
    if said is None:
        return _wide(label, "", sign_line(door.lang, sealed=True))
    by_label = labels_on_paper(door.programme, door.lang)
    words = str(said.get_verdict_display()) + (f"\n{said.reason}" if said.reason else "")
    who = by_label(said.for_label)
    if said.on_behalf:
        who += _("（据签字原件代录：{by}）").format(by=by_label(said.by_label))
    return _wide(
        label, words, f"{who}　{when_text(said.happened_at, door.programme.tz, door.lang)}"
    )


def _outcome(door: Door, found: Amendment) -> str:
    state = str(found.get_state_display())
    if found.settled_at:
        state += f"　{when_text(found.settled_at, door.programme.tz, door.lang)}"
    if found.version:
        state += "\n" + _("实施方案第 {n} 版").format(n=found.version.number)
    return f"{state}\n{found.settled_why}" if found.settled_why else state


def _pair(label: str, words: str, other: str, more: str) -> Row:
    return (Box(label, label=True), Box(words), Box(other, across=2, label=True), Box(more))


def _wide(label: str, words: str, sign: str = "") -> Row:
    return wide(label, words, sign, across=4)
