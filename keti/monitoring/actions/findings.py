"""Raising, answering, reopening and closing findings (clause 二.7.1)."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import Max, Q

from keti.charter.queries import compiled, working_day_after
from keti.documents.models import StoredFile
from keti.duties import actions as duties
from keti.duties.actions import Debt
from keti.duties.models import Obligation
from keti.groups.actions import hold_roster
from keti.groups.models import Group, Seat
from keti.groups.permissions import principal, terms_run_from
from keti.groups.queries import standing
from keti.kernel.acts import Act, Subject
from keti.kernel.refusals import Refused, both
from keti.kernel.terms import term_ends
from keti.kernel.texts import one_line, shortened
from keti.kernel.transactions import hold_each, hold_row
from keti.ledger import actions as ledger
from keti.monitoring import notices, permissions, queries, rules
from keti.monitoring.enums import FindingState, Severity, StepKind
from keti.monitoring.models import Finding, Step
from keti.programmes.models import Programme


class Said(TypedDict):
    """What is said when a finding is raised."""

    title: str
    text: str
    severity: str


@transaction.atomic
def raise_finding(
    act: Act, *, programme: Programme, subject: Subject, group: Group | None, **said: Unpack[Said]
) -> Finding:
    """Raise a problem seen on anything. Whoever is accountable for it owes an answer.

    Refuses seats that may not raise, an empty title or text, and an unknown severity.

    Taken back by: close_finding (by its raiser, who says that it was a mistake).
    """
    hold_row(Programme, programme.pk)
    if entry := ledger.repeated(act, "monitoring.finding.raised", programme=programme):
        return queries.of_programme(programme).get(public_id=entry.subject_id)
    permissions.may_raise(act, programme, subject).or_refuse()
    title, text = one_line(said["title"]).strip(), said["text"].strip()
    if not (title and text):
        raise Refused("monitoring.say-what")
    if said["severity"] not in Severity.values:
        raise Refused("monitoring.severity-unknown")
    finding = _placed(act, programme, subject, group)
    finding.title, finding.text, finding.severity = title, text, said["severity"]
    finding.save()
    note_step(act, finding, StepKind.RAISED, text, None)
    _owe_answer(finding)
    duties.tell_followers(programme, act.recorded_at)
    ledger.record(
        act,
        "monitoring.finding.raised",
        programme=programme,
        about=finding.subject(),
        facts={
            "on": [subject.kind, subject.id, subject.label],
            "title": title,
            "severity": said["severity"],
            "answers": finding.owed_by.label,
        },
    )
    notices.raised(act, finding)
    return finding


def _placed(act: Act, programme: Programme, subject: Subject, group: Group | None) -> Finding:
    """A finding with its number, its raiser, who answers and by when; not saved yet."""
    raiser = principal(act, programme)
    owed_by = queries.accountable(programme, subject, group, raiser, act.recorded_at)
    if owed_by is None:
        raise Refused("monitoring.nobody-answers")
    last = Finding.objects.filter(programme=programme).aggregate(n=Max("number"))["n"] or 0
    within = compiled(programme).findings.answer
    return Finding(
        programme=programme,
        number=last + 1,
        group=group,
        subject_kind=subject.kind,
        subject_id=subject.id,
        subject_label=shortened(subject.label, 200),
        subject_path=subject.path,
        raised_by=raiser,
        owed_by=owed_by,
        raised_at=act.happened_at,
        answer_due=term_ends(terms_run_from(act, programme), within, programme.tz),
    )


@transaction.atomic
def answer_finding(
    act: Act, *, finding: Finding, text: str, file: StoredFile | None = None
) -> Finding:
    """Say what was corrected, or why nothing needs to be. The raiser then owes the verification.

    Refuses everybody but the accountable seat, an empty text, and a finding not waiting for it.

    Taken back by: reopen_finding (another answer is owed).
    """
    finding = locked(finding)
    programme = finding.programme
    if ledger.repeated(act, "monitoring.finding.answered", programme=programme):
        return finding
    permissions.may_answer(act, finding).or_refuse()
    if not text.strip():
        raise Refused("monitoring.say-what-was-done")
    _move(finding, "answer")
    finding.save()
    step = note_step(act, finding, StepKind.ANSWERED, text.strip(), file)
    duties.meet(act, obligation=_owed(finding, "answer"), with_=finding.subject())
    verification = _owe_verification(act, finding)
    _follow(act, finding)
    ledger.record(
        act,
        "monitoring.finding.answered",
        programme=programme,
        about=finding.subject(),
        facts={
            "round": finding.round,
            "text": step.text,
            "file": step.file.sha256 if step.file else "",
        },
    )
    notices.answered(act, finding, verification.due_at)
    return finding


@transaction.atomic
def close_finding(act: Act, *, finding: Finding, reason: str) -> Finding:
    """Close a finding: the correction is verified, or the raiser withdraws it.

    Refuses everybody but its raiser (or a monitor once the raiser's seat ended), the corrected
    party in whatever seat, and an empty reason.

    Taken back by: reopen_finding.
    """
    finding = locked(finding)
    programme = finding.programme
    if ledger.repeated(act, "monitoring.finding.closed", programme=programme):
        return finding
    permissions.may_verify(act, finding).or_refuse()
    if not reason.strip():
        raise Refused("monitoring.give-a-reason")
    answered = finding.state == FindingState.ANSWERED
    _move(finding, "close")
    finding.closed_at = act.happened_at
    finding.save()
    note_step(act, finding, StepKind.CLOSED, reason.strip(), None)
    if answered:
        duties.meet(act, obligation=_owed(finding, "verify"), with_=finding.subject())
    duties.cancel_of_subject(programme, finding.public_id)
    duties.tell_followers(programme, act.recorded_at)
    ledger.record(
        act,
        "monitoring.finding.closed",
        programme=programme,
        about=finding.subject(),
        facts={"reason": reason.strip(), "answered": answered},
    )
    notices.closed(act, finding, reason.strip())
    return finding


@transaction.atomic
def reopen_finding(act: Act, *, finding: Finding, reason: str) -> Finding:
    """Return a finding that is not settled: another answer is owed by the charter's clock.

    Refuses everybody but its raiser, an empty reason, and a finding that has no answer yet.

    Taken back by: close_finding.
    """
    finding = locked(finding)
    programme = finding.programme
    if ledger.repeated(act, "monitoring.finding.reopened", programme=programme):
        return finding
    permissions.may_verify(act, finding).or_refuse()
    if not reason.strip():
        raise Refused("monitoring.give-a-reason")
    answered = finding.state == FindingState.ANSWERED
    _move(finding, "reopen")
    if answered:
        duties.meet(act, obligation=_owed(finding, "verify"), with_=finding.subject())
    within = compiled(programme).findings.answer
    finding.round += 1
    finding.closed_at = None
    finding.answer_due = term_ends(terms_run_from(act, programme), within, programme.tz)
    seats = standing(programme, act.recorded_at)
    finding.owed_by = queries.successor(finding.owed_by, seats) or finding.owed_by
    finding.save()
    note_step(act, finding, StepKind.REOPENED, reason.strip(), None)
    _owe_answer(finding)
    _follow(act, finding)
    duties.tell_followers(programme, act.recorded_at)
    ledger.record(
        act,
        "monitoring.finding.reopened",
        programme=programme,
        about=finding.subject(),
        facts={"round": finding.round, "reason": reason.strip()},
    )
    notices.reopened(act, finding, reason.strip())
    return finding


def hold_what_follows(programme: Programme) -> None:
    """Hold what an act that moves seats may move with them: the roster, the open findings, the
    open duties, in this order. Before the act's first line is recorded."""
    hold_roster(programme)
    hold_each(queries.open_findings(programme))
    duties.hold_open_duties(programme)


@transaction.atomic
def follow_the_seats(act: Act, *, programme: Programme) -> None:
    """Give every open duty to who holds the seats now, the charter's and those of findings.

    Called by the act that appointed somebody or ended a seat, which records it; what follows from
    that has a line of its own.
    """
    duties.seat_the_duties(programme, act.recorded_at)
    gone = Q(owed_by__ends_at__lte=act.recorded_at) | Q(raised_by__ends_at__lte=act.recorded_at)
    for finding in queries.open_findings(programme).filter(gone):
        _follow(act, finding)
    ledger.tell_rest(act, programme=programme)


def _follow(act: Act, finding: Finding) -> None:
    """Pass the open duty on when the seat that had it ended: to who stands in the same place,
    or until somebody does to the next who is accountable. Who gets it is told."""
    duty = queries.turn(finding)
    if duty is None or duty.seat is None:
        return
    if duty.form == "verification":
        heir: Seat | None = queries.verifying(finding, act.recorded_at)
    else:
        heir = _answering(act, finding)
    if heir is not None and heir.pk != duty.seat_id:
        duties.pass_on(duty, heir)
        notices.passed_on(act, finding, heir, duty.due_instant)


def _answering(act: Act, finding: Finding) -> Seat | None:
    heir = queries.successor(finding.owed_by, standing(finding.programme, act.recorded_at))
    if heir is None:
        where = (finding.about(), finding.group, finding.raised_by)
        return queries.accountable(finding.programme, *where, act.recorded_at)
    if heir.pk != finding.owed_by_id and heir.pk != finding.raised_by_id:
        finding.owed_by = heir
        finding.save(update_fields=["owed_by"])
    return heir


def locked(finding: Finding) -> Finding:
    """The finding as it stands, held."""
    hold_row(Finding, finding.pk)
    return Finding.objects.with_names().get(pk=finding.pk)


def _move(finding: Finding, verb: str) -> None:
    state = rules.moved(finding.state, verb)
    if state is None:
        raise Refused(f"monitoring.cannot-{verb}", state=notices.state_word(finding))
    finding.state = state


def note_step(
    act: Act, finding: Finding, kind: StepKind, text: str, file: StoredFile | None
) -> Step:
    """One line of the finding's history, by the seat for which the act counts."""
    evidence = act.evidence if isinstance(act.evidence, StoredFile) else None
    return Step.objects.create(
        finding=finding,
        kind=kind,
        seat=principal(act, finding.programme),
        by_label=act.by.label,
        text=text,
        file=file or evidence,
        happened_at=act.happened_at,
        recorded_at=act.recorded_at,
        on_behalf=act.on_behalf_of is not None,
    )


def _key(finding: Finding, what: str) -> str:
    return f"finding.{what}@{finding.public_id}/{finding.round}"


def _owed(finding: Finding, what: str) -> Obligation:
    return Obligation.objects.get(programme=finding.programme, key=_key(finding, what))


def _owe_answer(finding: Finding) -> None:
    duties.owe(finding.programme, _debt(finding, "answer", finding.owed_by, finding.answer_due))


def _owe_verification(act: Act, finding: Finding) -> Obligation:
    programme = finding.programme
    within = compiled(programme).findings.triage
    due = term_ends(terms_run_from(act, programme), within, programme.tz)
    return duties.owe(finding.programme, _debt(finding, "verify", finding.raised_by, due))


def _debt(finding: Finding, what: str, seat: Seat, due: datetime) -> Debt:
    form = {"answer": "finding", "verify": "verification"}[what]
    return Debt(
        key=_key(finding, what),
        kind=form,
        form=form,
        title=both(f"monitoring.duty-{what}", title=finding.title),
        group=seat.group,
        seat=seat,
        due_at=due,
        subject_id=finding.public_id,
        remind=(2 * 86400, 86400),
        escalate=_escalated(finding.programme, due) if what == "answer" else (),
        words_of=finding.group,
        closed=finding.group is None,
    )


def _escalated(programme: Programme, due: datetime) -> tuple[tuple[int, str], ...]:
    """Who is told of silence, and how long after the answer was due: whom the charter names for
    every duty, and with the first of them who resolves; without either the secretariat, after one
    working day."""
    charter = compiled(programme)
    said = [(int(after.total_seconds()), role) for after, role in charter.late.escalate]
    day = working_day_after(programme, due) - due
    first = min((after for after, _ in said), default=int(day.total_seconds()))
    named = {role for _, role in said}
    resolving = [one.key for one in charter.roles if "resolve" in one.can]
    if not (said or resolving):
        resolving = [one.key for one in charter.roles if "manage" in one.can]
    return (*said, *((first, key) for key in resolving if key not in named))
