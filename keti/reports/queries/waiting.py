"""What waits in this room: reports for their readers; what is written under a duty."""

from datetime import datetime

from django.db.models import QuerySet

from keti.duties.actions import Response
from keti.duties.enums import Pool, Verb
from keti.kernel.prepared import prepared
from keti.programmes.models import Programme
from keti.reports.enums import ReportState
from keti.reports.models import Report, Version
from keti.reports.queries.reading import newest


def awaited(programme: Programme, subject_id: str, _at: datetime) -> list[Response]:
    """Reports handed in and neither accepted nor returned, as answers that are owed: by the leads
    of the group above, of the top group's by the commissioner. What was laid before a gate is
    answered by its decision."""
    found = Report.objects.with_names().filter(programme=programme, state=ReportState.SUBMITTED)
    found = found.filter(public_id=subject_id) if subject_id else found
    reports = list(found.filter(judged_at=None))
    versions = newest(programme, [one.obligation_id for one in reports])
    return [_awaited(one, versions[one.obligation_id]) for one in reports]


def under(duty: int) -> list[str]:
    """The report that is written under the duty of that key: its lines tell of the duty."""
    return [one.public_id for one in prepared(("reports.under",), _under, duty)]


def _under(duty: int) -> QuerySet[Report]:
    return Report.objects.filter(obligation=duty).only("public_id")


def _awaited(report: Report, version: Version) -> Response:
    above = report.group.parent
    return Response(
        verb=Verb.ACCEPT,
        about=report.subject(),
        title=report.group.named(report.obligation.titled),
        group=report.group,
        since=version.at,
        turn=str(version.number),
        pool=Pool.LEADS if above else Pool.COMMISSIONER,
        pool_group=above,
        caused_by=report.obligation.seat,
        asker=report.obligation.seat.acting_person if report.obligation.seat else None,
    )
