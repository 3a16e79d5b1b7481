"""Fill a played programme with as many duties and reports as wanted, in bulk: groups enough that
each owes every kind of report once a month for a year."""

from datetime import datetime
from itertools import islice, product
from typing import Any

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.rules import month_span
from keti.groups.models import Group, Seat
from keti.kernel.ids import new_id
from keti.reports.enums import ReportState
from keti.reports.models import Report, Version

BATCH = 500
MONTHS = 12
Owed = tuple[tuple[Group, Seat], tuple[str, datetime], Obligation]


def fill(count: int) -> None:
    """`count` duties, each with its report; every second one handed in, with a frozen version."""
    pattern = Report.objects.select_related("obligation").filter(latest__gt=0).order_by("pk")[0]
    kinds = _kinds(pattern)
    groups = _groups(pattern, -(-count // (MONTHS * len(kinds))))
    owed = list(islice(product(groups, _months(pattern), kinds), count))
    duties = [_duty(one, number) for number, one in enumerate(owed)]
    Obligation.objects.bulk_create(duties, BATCH)
    reports = [_report(pattern, duty) for duty in duties]
    Report.objects.bulk_create(reports, BATCH)
    frozen = Version.objects.filter(report=pattern).order_by("pk")[0]
    Version.objects.bulk_create(
        [_version(frozen, one) for one in reports if one.state != ReportState.DRAFT], BATCH
    )


def _kinds(pattern: Report) -> list[Obligation]:
    """One duty of every kind of report the charter asks for."""
    found = Obligation.objects.filter(programme=pattern.programme_id, form="report")
    return list({one.kind: one for one in found.order_by("-pk")}.values())


def _months(pattern: Report) -> list[tuple[str, datetime]]:
    """A year of months with their ends, from the pattern's on."""
    begun = pattern.obligation.due_at.year * 12 + pattern.obligation.due_at.month - 1
    names = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(begun, begun + MONTHS)]
    spans = [(name, month_span(name, pattern.programme.tz)) for name in names]
    return [(name, span[1]) for name, span in spans if span]


def _groups(pattern: Report, count: int) -> list[tuple[Group, Seat]]:
    """New groups, each with the seat that owes its reports, held in turn by who is there."""
    top = Group.objects.get(programme=pattern.programme_id, parent=None)
    like = pattern.obligation.seat
    held = Seat.objects.filter(programme=pattern.programme_id, ends_at=None, organisation=None)
    people = list(held.order_by("pk").values_list("person_id", flat=True))
    groups = [
        _copy(
            pattern.group, public_id=new_id(), key=f"bench.{number}", title_zh=f"第{number}组",
            title_en=f"Group {number}", parent_id=top.pk, order=1_000 + number,
        )
        for number in range(count)
    ]  # fmt: skip
    Group.objects.bulk_create(groups, BATCH)
    seats = [
        _copy(
            like, public_id=new_id(), group_id=group.pk, organisation_id=None, delegate_id=None,
            person_id=people[number % len(people)],
        )
        for number, group in enumerate(groups)
    ]  # fmt: skip
    Seat.objects.bulk_create(seats, BATCH)
    return list(zip(groups, seats, strict=True))


def _copy(row: Any, **changed: object) -> Any:
    """Another row like this one, with some fields changed."""
    skipped = {"id", "due", *changed}
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }
    return type(row)(**values, **changed)


def _duty(owed: Owed, number: int) -> Obligation:
    (group, seat), (month, ends), kind = owed
    done = number % 2 == 0
    return _copy(
        kind,
        public_id=new_id(),
        key=f"{kind.kind}@{group.key}/{month}",
        period=month,
        group_id=group.pk,
        seat_id=seat.pk,
        due_at=ends,
        extended_to=None,
        state=DutyState.MET if done else DutyState.OPEN,
        met_at=ends if done else None,
    )


def _report(pattern: Report, duty: Obligation) -> Report:
    done = duty.state == DutyState.MET
    return _copy(
        pattern,
        public_id=new_id(),
        obligation_id=duty.pk,
        group_id=duty.group_id,
        kind=duty.kind,
        period=duty.period,
        state=ReportState.ACCEPTED if done else ReportState.DRAFT,
        latest=1 if done else 0,
        paper_number="",
    )


def _version(pattern: Version, report: Report) -> Version:
    return _copy(pattern, public_id=new_id(), report_id=report.pk, number=1, paper_number="")
