"""Who is told: raised -> who answers; answered -> the raiser; closed -> both."""

from datetime import datetime

from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.groups.notices import both
from keti.kernel.acts import Act, Text
from keti.monitoring.models import Finding
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort


def state_word(finding: Finding) -> Text:
    return both(f"monitoring.state-{finding.state}")


def raised(act: Act, finding: Finding) -> None:
    facts = {
        "who": finding.raised_by.called,
        "about": finding.subject_label,
        "severity": both(f"monitoring.severity-{finding.severity}"),
        "due": deadline(finding.programme, finding.answer_due),
    }
    _tell(act, finding, "raised", facts, [finding.owed_by])


def answered(act: Act, finding: Finding, due: datetime) -> None:
    facts: dict[str, object] = {
        "who": finding.owed_by.called,
        "due": deadline(finding.programme, due),
    }
    _tell(act, finding, "answered", facts, [finding.raised_by])


def reopened(act: Act, finding: Finding, reason: str) -> None:
    due = deadline(finding.programme, finding.answer_due)
    facts = {"who": act.by.label, "reason": reason, "due": due}
    _tell(act, finding, "reopened", facts, [finding.owed_by])


def closed(act: Act, finding: Finding, reason: str) -> None:
    facts: dict[str, object] = {"who": act.by.label, "reason": reason}
    _tell(act, finding, "closed", facts, [finding.raised_by, finding.owed_by])


def passed_on(act: Act, finding: Finding, heir: Seat, due: datetime) -> None:
    """Who now has the next step learns of it; once for each seat it passes to."""
    facts: dict[str, object] = {"due": deadline(finding.programme, due)}
    _tell(act, finding, "passed-on", facts, [heir], mark=heir.public_id)


def _tell(
    act: Act,
    finding: Finding,
    what: str,
    facts: dict[str, object],
    seats: list[Seat],
    mark: str = "",
) -> None:
    facts = {**facts, "title": finding.title}
    letter = Letter(
        f"monitoring.{what}",
        f"finding:{finding.public_id}:{what}:{finding.round}{mark}",
        both(f"monitoring.told-{what}-subject", **facts),
        both(f"monitoring.told-{what}", **facts),
        finding.path,
        Sort.NEWS if what == "closed" else Sort.DUTY,
    )
    people = [seat.acting_person for seat in seats]
    to = [person for person in people if person is not None]
    post(finding.programme, letter, to=to, at=act.recorded_at)
