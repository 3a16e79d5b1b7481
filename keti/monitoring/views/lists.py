"""The list of findings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count as DbCount
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keti.groups.doors import Door, enter, turns
from keti.groups.models import Group
from keti.groups.queries import Turning, labels_in
from keti.lists.doors import (
    GROUP_NAMES,
    Column,
    Listing,
    Rows,
    by_code,
    by_group,
    declared,
    holder,
    holders,
    save,
    show,
)
from keti.lists.rules import Count, Due, Label, Marked, Moment
from keti.monitoring import permissions
from keti.monitoring.enums import FindingState, Severity
from keti.monitoring.models import Finding, FindingQuerySet

MARKS = {
    FindingState.RAISED: "doing",
    FindingState.ANSWERED: "soon",
    FindingState.CLOSED: "done",
}
RAISER, OWING = holder("raised_by"), holder("owed_by")


def mark_of(door: Door, one: Finding) -> str:
    """The mark of a finding; that its answer is overdue is told to the two and the coordinator."""
    overdue = one.state == FindingState.RAISED and door.now >= one.answer_due
    told = door.seat.pk in (one.owed_by_id, one.raised_by_id) or permissions.steers(door.seat)
    return "overdue" if overdue and told else MARKS[FindingState(one.state)]


@turns
def answers_turn(now: datetime) -> list[Turning]:
    """When the next answer to a finding is overdue."""
    due = Finding.objects.filter(state=FindingState.RAISED, answer_due__gt=now)
    return [(due.order_by("answer_due"), "answer_due", timedelta())]


def group_of(door: Door, group: Group | None) -> str:
    """The group a finding is about, or the whole."""
    return group.title.in_(door.lang) if group else _("整个课题")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding of the list."""

    one: Finding
    subject: str
    group: str
    mark: str
    raiser: str
    owing: str


def _base(door: Door) -> FindingQuerySet:
    found = permissions.visible(door.sight, Finding.objects.all())
    named = found.select_related("group", *holders("raised_by"), *holders("owed_by"))
    return named.only(
        "public_id", "number", "title", "subject_label", "severity", "state", "raised_at",
        "answer_due", "closed_at", *GROUP_NAMES, *RAISER, *OWING,
    )  # fmt: skip


def _rows(door: Door, findings: Iterable[Finding]) -> Iterator[FindingRow]:
    said = labels_in(door.programme, door.lang)
    for one in findings:
        one.programme = door.programme
        yield FindingRow(
            one,
            said(one.subject_label),
            group_of(door, one.group),
            mark_of(door, one),
            one.raised_by.holder.called.in_(door.lang),
            one.owed_by.holder.called.in_(door.lang),
        )


def _tally(_door: Door, findings: Rows) -> list[tuple[str, int]]:
    """How many stand in each state."""
    counted = dict(findings.order_by().values_list("state").annotate(n=DbCount("pk")))
    return [(str(word), counted.get(state, 0)) for state, word in FindingState.choices]


FINDINGS = declared(
    Listing(
        name="findings",
        title=gettext_lazy("监控意见"),
        columns=(
            Column(
                "title", gettext_lazy("监控意见"),
                lambda row: Label(row.one.title, row.one.path, row.subject),
                ("title",), ("title", "subject_label"),
            ),
            Column("number", gettext_lazy("编号"), lambda row: Count(row.one.number), ("number",)),
            Column("about", gettext_lazy("对象"), lambda row: Label(row.subject), page=False),
            Column(
                "severity", gettext_lazy("轻重程度"),
                lambda row: Label(
                    str(row.one.get_severity_display()),
                    strong=row.one.severity == Severity.BLOCKING,
                ),
                ("severity",),
            ),
            Column(
                "group", gettext_lazy("组别"), lambda row: Label(row.group), ("group__order",)
            ),
            Column(
                "raiser", gettext_lazy("提出人"), lambda row: Label(row.raiser), RAISER, RAISER
            ),
            Column(
                "raised", gettext_lazy("提出时间"), lambda row: Moment(row.one.raised_at),
                ("raised_at",), page=False,
            ),
            Column("owing", gettext_lazy("答复人"), lambda row: Label(row.owing), OWING, OWING),
            Column(
                "due", gettext_lazy("答复期限"), lambda row: Due(row.one.answer_due),
                ("answer_due",),
            ),
            Column(
                "state", gettext_lazy("状态"),
                lambda row: Marked(row.mark, str(row.one.get_state_display())), ("state",),
            ),
            Column(
                "closed", gettext_lazy("核销时间"), lambda row: Moment(row.one.closed_at),
                ("closed_at",), page=False,
            ),
        ),
        base=_base,
        of_record=True,
        rows=_rows,
        order=("-number",),
        page="monitoring:findings",
        file="monitoring:export",
        choices=(
            by_code("state", gettext_lazy("状态"), lambda _door: FindingState.choices),
            by_code("severity", gettext_lazy("轻重程度"), lambda _door: Severity.choices),
            by_group(),
        ),
        nothing=gettext_lazy("没有监控意见"),
        hint=gettext_lazy("在报告、会议、任务书等页面上点“提出监控意见”，会出现在这里。"),
        tally=_tally,
    )
)  # fmt: skip


def listing(request: HttpRequest, slug: str) -> HttpResponse:
    """Findings this seat may see, with counts."""
    door = enter(request, slug)
    context = {"door": door, "findings": show(request, door, FINDINGS)}
    return render(request, "monitoring/list.html", context)


def export(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    """The list as it was asked for, as a file."""
    return save(request, FINDINGS, slug, form)
