"""A report that was handed in by mistake comes back to who wrote it."""

from django.db import transaction

from keti.duties import actions as duties
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.reports import notices, permissions, queries
from keti.reports.actions.drafts import locked
from keti.reports.actions.handing import answered, moved
from keti.reports.models import Report

TAKEN_BACK = "reports.report.taken-back"


@transaction.atomic
def take_back_report(act: Act, *, report: Report, reason: str) -> Report:
    """Take back what was handed in by mistake: it is written on and owed again, late where its day
    is past. The version stays in the record; its readers are told.

    Refuses who does not hand it in, no reason, a report that was accepted or returned, and one that
    a gate judges.

    Taken back by: submit_report (handed in again, the same text too).
    """
    report = locked(report)
    if ledger.repeated(act, TAKEN_BACK, programme=report.programme):
        return report
    permissions.may_take_back(act, report).or_refuse()
    reason = reason.strip()
    if not reason:
        raise Refused("reports.why-taken-back").at("reason")
    report.state = moved(report, "take-back")
    report.save(update_fields=["state"])
    duties.unmeet(act, report.obligation, reason)
    answered(act, report)
    notices.taken_back(
        act, queries.versions_of(report)[0], permissions.readers(report, act), reason
    )
    ledger.record(
        act,
        TAKEN_BACK,
        programme=report.programme,
        about=report.subject(),
        facts={"number": report.latest, "reason": reason},
    )
    return report
