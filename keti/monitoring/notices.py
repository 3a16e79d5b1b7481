"""Who is told: raised -> who answers; answered -> the raiser; closed, assigned -> both; of every
step -> who follows."""

from dataclasses import replace
from datetime import datetime

from keti.duties.notices import deadline
from keti.groups.models import Seat
from keti.groups.notices import recorded
from keti.groups.queries import people
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import both
from keti.monitoring.models import Finding
from keti.monitoring.queries import following
from keti.notify.actions import Letter, post
from keti.notify.enums import Sort


def state_word(finding: Finding) -> Text:
    return both(f"monitoring.state-{finding.state}")


def raised(act: Act, finding: Finding) -> None:
    facts: dict[str, object] = {
        "who": finding.raised_by.called,
        "about": recorded(finding.programme, finding.subject_label),
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


def assigned(act: Act, finding: Finding, before: Seat, due: datetime) -> None:
    """Who is to answer now, and who had to before."""
    steps = finding.steps.order_by("pk")
    facts: dict[str, object] = {
        "who": act.by.label,
        "heir": finding.owed_by.called,
        "before": before.called,
        "reason": steps[len(steps) - 1].text,
        "due": deadline(finding.programme, due),
    }
    _tell(act, finding, "assigned", facts, [finding.owed_by, before], mark=f":{len(steps)}")


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
    to = people(seats)
    post(finding.programme, letter, to=to, at=act.recorded_at)
    follows = people(following(finding, act.recorded_at))
    rest = [one for one in follows if one not in to and one != act.by]
    followed = replace(
        letter,
        kind="monitoring.followed",
        key=f"{letter.key}:followed",
        subject=both("monitoring.told-followed-subject", **facts),
        body=both("monitoring.told-followed", what=both(f"monitoring.step-{what}"), **facts),
    )
    post(finding.programme, followed, to=rest, at=act.recorded_at)
