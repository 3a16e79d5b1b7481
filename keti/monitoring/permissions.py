"""Who raises findings, who answers, who closes, who sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from keti.charter.queries import compiled
from keti.duties.models import Obligation
from keti.duties.permissions import named_to_raise
from keti.groups.models import Seat
from keti.groups.permissions import Sight, needs_paper, principal
from keti.kernel.acts import Act, Subject, Text
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Verdict, no
from keti.monitoring.models import Finding, FindingQuerySet
from keti.programmes.models import Programme


def may_raise(act: Act, programme: Programme, subject: Subject) -> Verdict:
    """The charter's raising roles, monitors, and whoever something was recorded for (代录)."""
    return seat_may_raise(principal(act, programme), subject)


def seat_may_raise(seat: Seat, subject: Subject, recorded: bool | None = None) -> Verdict:
    """The same asked of a seat, before anything is done: is the link shown? `recorded`: whether
    something about it was recorded for the seat, where who asks has read that (`recorded_for`)."""
    if named_to_raise(seat) or recorded:
        return YES
    if recorded is None and _recorded_for(seat, subject):
        return YES
    charter = compiled(seat.programme)
    titles = [charter.role(key).title for key in charter.findings.raised_by]
    roles = Text("、".join(t.in_("zh") for t in titles), ", ".join(t.in_("en") for t in titles))
    return no("monitoring.may-not-raise", roles=roles, seat=seat.title)


def _recorded_for(seat: Seat, subject: Subject) -> bool:
    """Something about this subject was recorded on behalf of this seat: it may be disputed."""
    return bool(prepared(("monitoring.recorded-for",), _recorded, seat.pk, subject.id))


def recorded_for(seat: Seat) -> Exists:
    """The same of every row of another read, by its public id: the rows are subjects."""
    found = Obligation.objects.filter(seat=seat, on_behalf=True)
    about = Q(public_id=OuterRef("public_id")) | Q(with_id=OuterRef("public_id"))
    return Exists(found.filter(about))


def _recorded(seat: int, subject_id: str) -> QuerySet[Obligation, int]:
    found = Obligation.objects.filter(seat=seat, on_behalf=True)
    about = found.filter(Q(public_id=subject_id) | Q(with_id=subject_id))
    return about.order_by("pk").values_list("pk", flat=True)[:1]


def may_answer(act: Act, finding: Finding) -> Verdict:
    """The accountable seat answers; another lead of its group counts as the same, and so does
    the seat to which the answer passed when the accountable one ended."""
    seat = principal(act, finding.programme)
    owed = finding.owed_by
    if seat.pk == owed.pk or (seat.role_id == owed.role_id and seat.group_id == owed.group_id):
        return YES
    owing = Obligation.objects.filter(programme=finding.programme, subject_id=finding.public_id)
    if owing.open().filter(form="finding", seat=seat).exists():
        return YES
    return no("monitoring.not-yours-to-answer", ask=owed.label, who=owed.called, seat=seat.title)


def may_verify(act: Act, finding: Finding) -> Verdict:
    """Only the raiser closes or reopens; a monitor in the raiser's place once that seat ended.

    The party that was asked to correct never does, in whatever seat; on the raiser's behalf only
    with the signed paper.
    """
    seat = principal(act, finding.programme)
    raiser = finding.raised_by
    person, corrected = seat.acting_person, finding.owed_by.acting_person
    if person is not None and corrected is not None and person.pk == corrected.pk:
        return no("monitoring.not-by-the-corrected", ask=raiser.label, who=raiser.called)
    if seat.pk == raiser.pk:
        return needs_paper(act)
    ended = raiser.ends_at is not None and raiser.ends_at <= act.recorded_at
    if ended and seat.can("watch"):
        return YES
    return no("monitoring.only-the-raiser", ask=raiser.label, who=raiser.called, seat=seat.title)


def may_steer(act: Act, finding: Finding) -> Verdict:
    """Who resolves (the coordinator) gives a finding to another seat and follows it; the
    secretariat stands in."""
    seat = principal(act, finding.programme)
    return YES if steers(seat) else no("monitoring.only-the-coordinator", seat=seat.title)


def steers(seat: Seat) -> bool:
    """The same asked of a seat, before anything is done."""
    return seat.can("resolve") or seat.can("manage")


def visible(sight: Sight | None, findings: FindingQuerySet) -> FindingQuerySet:
    """What this seat may see: all for those who see everything, its group's, and its own."""
    if sight is None:
        return findings.none()
    findings = findings.filter(programme=sight.programme_id)
    if sight.everything:
        return findings
    own = Q(raised_by=sight.seat) | Q(owed_by=sight.seat)
    return findings.filter(own | sight.reads_within())


def sees(sight: Sight | None, finding: Finding) -> bool:
    """The predicate that agrees with `visible`."""
    if sight is None or sight.programme_id != finding.programme_id:
        return False
    if sight.seat.pk in (finding.raised_by_id, finding.owed_by_id):
        return True
    return sight.reads(finding.group_id)
