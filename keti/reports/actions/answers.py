"""What becomes of a report that was handed in: accepted, returned, sent back by a gate."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.db import transaction

from keti.duties import actions as duties
from keti.duties.models import Obligation
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.reports import notices, permissions, queries, rules
from keti.reports.actions.drafts import locked
from keti.reports.actions.handing import answered, moved
from keti.reports.models import Report


@transaction.atomic
def return_report(act: Act, *, report: Report, reason: str, points: Sequence[str] = ()) -> Report:
    """Return a report for revision, with the reason: it is owed again. Each of the `points` has to
    be answered by the version that is handed in next.

    Refuses an empty reason, more points than anybody answers, its own writers, and everybody who is
    not its reader.

    Taken back by: submit_report (handed in again, the same text too).
    """
    report = locked(report)
    if ledger.repeated(act, "reports.report.returned", programme=report.programme):
        return report
    permissions.may_accept_or_return(act, report).or_refuse()
    return _give_back(act, report, "return", reason, points)


@transaction.atomic
def send_back(act: Act, *, report: Report, reason: str, points: Sequence[str] = ()) -> Report:
    """A gate decided that the report is to be revised, each of the `points` to be answered by the
    next version. Called by the act that decides the gate, which asked the permission; an accepted
    report goes back too. One act may send several back: each is told apart by its report. Refuses
    one that was never handed in, and more points than anybody answers.

    Taken back by: submit_report (handed in again, the same text too).
    """
    report = locked(report)
    if act.key:
        act = replace(act, key=f"{act.key[:60]}:{report.public_id[:16]}")
    if ledger.repeated(act, "reports.report.returned", programme=report.programme):
        return report
    return _give_back(act, report, "send-back", reason, points)


def _give_back(
    act: Act, report: Report, verb: str, reason: str, points: Sequence[str] = ()
) -> Report:
    reason = "\n".join(line.rstrip() for line in reason.strip().splitlines())
    if not reason:
        raise Refused("reports.give-a-reason")
    still_open = report.points or []
    asked = [*still_open, *(rules.point_rows(points, report.latest) or ())]
    if len(asked) > rules.MOST_POINTS:
        raise Refused("reports.too-many-points", most=rules.MOST_POINTS)
    report.state = moved(report, verb)
    report.reason = reason
    report.points = asked or None
    report.save(update_fields=["state", "reason", "points"])
    duties.hand_back(report.obligation, act.recorded_at)
    answered(act, report)
    notices.returned(act, queries.versions_of(report)[0], rules.told(reason, points))
    ledger.record(
        act,
        "reports.report.returned",
        programme=report.programme,
        about=report.subject(),
        facts={"number": report.latest, "reason": reason}
        | ({"points": list(points)} if points else {}),
    )
    return report


@transaction.atomic
def accept_report(act: Act, *, report: Report) -> Report:
    """Accept the version that was handed in. Refuses its own writers and who is not its reader.

    Taken back by: send_back (by the gate that judges it).
    """
    report = locked(report)
    if ledger.repeated(act, "reports.report.accepted", programme=report.programme):
        return report
    permissions.may_accept_or_return(act, report).or_refuse()
    report.state = moved(report, "accept")
    report.reason = ""
    report.save(update_fields=["state", "reason"])
    answered(act, report)
    notices.accepted(act, queries.versions_of(report)[0])
    ledger.record(
        act,
        "reports.report.accepted",
        programme=report.programme,
        about=report.subject(),
        facts={"number": report.latest},
    )
    return report


@transaction.atomic
def lay_before_gate(act: Act, *, obligations: Iterable[Obligation]) -> None:
    """The reports of these duties are judged at a gate from now on: no reader answers for it, nor
    has by this act.

    Called by the act that opens the gate, which holds them and records it.
    """
    found = Report.objects.filter(obligation__in=list(obligations), judged_at=None)
    programmes = {one.programme for one in found.select_related("programme")}
    found.update(judged_at=act.recorded_at)
    for programme in programmes:
        duties.await_answers(programme, "reports", "", act.recorded_at)
