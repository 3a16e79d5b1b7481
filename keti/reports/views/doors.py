"""Finding what a page is about: the same 404 for what is absent and what is not yours."""

from django.http import Http404, HttpRequest

from keti.duties.models import Obligation
from keti.duties.queries import by_id
from keti.groups.doors import Door, enter
from keti.groups.models import Seat
from keti.groups.permissions import may_record_for
from keti.reports import permissions, queries
from keti.reports.models import Report, Version


def report_door(request: HttpRequest, slug: str, report_id: str) -> tuple[Door, Report]:
    """A report this seat may see."""
    door = enter(request, slug)
    report = queries.report_by_id(door.sight, report_id)
    if report is None:
        raise Http404
    return door, report


def filing_door(request: HttpRequest, slug: str, duty_id: str) -> tuple[Door, Obligation]:
    """A duty that this seat owes, writes at, or enters for others."""
    door, duty = duty_door(request, slug, duty_id)
    own = duty.seat_id == door.seat.pk
    if not own and not permissions.writes(door.seat, duty) and not records_for(door.seat, duty):
        raise Http404
    return door, duty


def draft_door(request: HttpRequest, slug: str, report_id: str) -> tuple[Door, Report]:
    """A report whose working text this seat may read."""
    door, report = report_door(request, slug, report_id)
    if not permissions.sees_draft(door.sight, report):
        raise Http404
    return door, report


def version_door(
    request: HttpRequest, slug: str, report_id: str, number: int
) -> tuple[Door, Version]:
    """A frozen version this seat may read; number 0 asks for the newest."""
    door, report = report_door(request, slug, report_id)
    for version in queries.versions_of(report):
        if version.number == (number or report.latest):
            return door, version
    raise Http404


def duty_door(request: HttpRequest, slug: str, duty_id: str) -> tuple[Door, Obligation]:
    """A report duty this seat writes, records for others, or will read."""
    door = enter(request, slug)
    duty = by_id(door.programme, duty_id)
    if duty is None or duty.form != "report" or not permissions.knows_duty(door.sight, duty):
        raise Http404
    return door, duty


def records_for(seat: Seat, duty: Obligation) -> bool:
    """May this seat record for the one that owes the duty?"""
    return duty.seat is not None and may_record_for(seat, duty.seat).allowed


def principal_of(seat: Seat, duty: Obligation) -> str:
    """Who records for others finds the accountable seat chosen."""
    if duty.seat is None or duty.seat_id == seat.pk or permissions.writes(seat, duty):
        return ""
    return duty.seat.public_id
