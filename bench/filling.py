"""Fill a played programme with as many duties and reports as wanted, in bulk."""

from datetime import timedelta
from typing import Any

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.kernel.ids import new_id
from keti.reports.enums import ReportState
from keti.reports.models import Report, Version

BATCH = 500


def fill(count: int) -> None:
    """`count` duties, each with its report; every second one handed in, with a frozen version."""
    pattern = Report.objects.select_related("obligation").filter(latest__gt=0).order_by("pk")[0]
    seats = list(Seat.objects.filter(programme=pattern.programme_id, ends_at=None).order_by("pk"))
    duties = [_duty(pattern.obligation, number, seats) for number in range(count)]
    Obligation.objects.bulk_create(duties, BATCH)
    reports = [_report(pattern, duty, number) for number, duty in enumerate(duties)]
    Report.objects.bulk_create(reports, BATCH)
    frozen = Version.objects.filter(report=pattern).order_by("pk")[0]
    Version.objects.bulk_create(
        [_version(frozen, one) for one in reports if one.state != ReportState.DRAFT], BATCH
    )


def _copy(row: Any, **changed: object) -> Any:
    """Another row like this one, with some fields changed."""
    skipped = {"id", "due", *changed}
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in skipped
    }
    return type(row)(**values, **changed)


def _duty(pattern: Obligation, number: int, seats: list[Seat]) -> Obligation:
    done = number % 2 == 0
    return _copy(
        pattern,
        public_id=new_id(),
        key=f"{pattern.kind}@bench/{number}",
        period=f"b{number}",
        seat_id=seats[number % len(seats)].pk,
        due_at=pattern.due_at + timedelta(minutes=number % 40_000),
        extended_to=None,
        state=DutyState.MET if done else DutyState.OPEN,
        met_at=pattern.due_at if done else None,
    )


def _report(pattern: Report, duty: Obligation, number: int) -> Report:
    done = duty.state == DutyState.MET
    return _copy(
        pattern,
        public_id=new_id(),
        obligation_id=duty.pk,
        period=f"b{number}",
        state=ReportState.ACCEPTED if done else ReportState.DRAFT,
        latest=1 if done else 0,
        paper_number="",
    )


def _version(pattern: Version, report: Report) -> Version:
    return _copy(pattern, public_id=new_id(), report_id=report.pk, number=1, paper_number="")
