"""Reading findings: open ones, those that hold up a decision, who is to answer."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from keti.duties.models import Obligation, ObligationQuerySet
from keti.groups.models import Group, Seat, SeatQuerySet
from keti.groups.queries import standing
from keti.kernel.acts import Subject
from keti.kernel.prepared import prepared
from keti.monitoring.enums import Severity
from keti.monitoring.models import Finding, FindingQuerySet, Follower
from keti.programmes.models import Programme


def of_programme(programme: Programme) -> FindingQuerySet:
    """All findings of the programme, named, newest first."""
    return Finding.objects.filter(programme=programme).with_names()


def open_findings(programme: Programme, subject_id: str | None = None) -> FindingQuerySet:
    """Findings not closed yet; about one subject where its id is given."""
    found = of_programme(programme).open()
    return found if subject_id is None else found.filter(subject_id=subject_id)


def blocking(programme: Programme, subject_ids: Iterable[str]) -> list[Finding]:
    """Open findings on any of these subjects that must be settled before a decision."""
    ids = sorted(subject_ids)

    def open_on(programme: int, *ids: str) -> FindingQuerySet:
        found = Finding.objects.filter(programme=programme).with_names().open()
        return found.filter(severity=Severity.BLOCKING, subject_id__in=ids)

    return prepared(("monitoring.blocking", len(ids)), open_on, programme.pk, *ids)


def accountable(
    programme: Programme, subject: Subject, group: Group | None, raiser: Seat, at: datetime
) -> Seat | None:
    """Who answers for the subject: the seat that owes it, else the lead of its group, else the
    lead of the whole, a coordinator, the secretariat. Never the raiser's own person.
    """
    owing = set(prepared(("monitoring.owing",), _owing, programme.pk, subject.id))
    groups = [group.pk] if group else []
    key = ("monitoring.accountable", bool(groups))
    seats = prepared(key, _answerable, programme.pk, at, subject.id, *groups)
    whole = [seat for seat in seats if seat.group.parent_id is None]
    inside = [seat for seat in seats if group is not None and seat.group_id == group.pk]
    candidates = [
        *[seat for seat in seats if seat.pk in owing],
        *[seat for seat in inside if seat.can("lead")],
        *[seat for seat in whole if seat.can("lead")],
        *[seat for seat in seats if seat.can("resolve")],
        *[seat for seat in seats if seat.can("manage")],
    ]
    return next((seat for seat in candidates if _another(seat, raiser)), None)


def _answerable(programme: int, at: datetime, subject: str, *group: int) -> SeatQuerySet:
    """Who may have to answer: who owes it, who leads its group or the whole, who always may."""
    inside = Seat.objects.filter(programme=programme)
    charged = Q(group__parent=None) | Q(group__in=group) if group else Q(group__parent=None)
    leading = inside.filter(charged).able("lead").values("pk")
    ready = inside.able("resolve", "manage").values("pk")
    some = Q(pk__in=_owing(programme, subject)) | Q(pk__in=leading) | Q(pk__in=ready)
    return inside.standing(at).with_names().filter(some)


def _another(seat: Seat, raiser: Seat) -> bool:
    """Neither the raiser's seat nor the raiser in another seat."""
    person, own = seat.acting_person, raiser.acting_person
    return seat.pk != raiser.pk and (person is None or own is None or person.pk != own.pk)


def successor(seat: Seat, seats: Iterable[Seat]) -> Seat | None:
    """The seat itself while it stands, else who stands in the same role and group."""
    seats = list(seats)
    same = [one for one in seats if (one.role_id, one.group_id) == (seat.role_id, seat.group_id)]
    return next((one for one in seats if one.pk == seat.pk), same[0] if same else None)


def verifying(finding: Finding, at: datetime) -> Seat:
    """Who verifies now: the raiser, who stands in the raiser's place, else a monitor."""
    raiser = finding.raised_by
    watchers = Seat.objects.filter(programme=finding.programme).able("watch")
    same = Q(role=raiser.role_id, group=raiser.group_id)
    some = same | Q(pk__in=watchers.values("pk"))
    seats = list(standing(finding.programme, at).filter(some))
    watching = [seat for seat in seats if seat.can("watch")]
    found = [successor(finding.raised_by, seats), *watching]
    return next((seat for seat in found if seat is not None), finding.raised_by)


def assignable(finding: Finding, at: datetime) -> list[Seat]:
    """The seats that may be given the answer: of the accountable group, but for who has it now, who
    raised it and outside experts."""
    duty = turn(finding)
    has = duty.seat_id if duty is not None else finding.owed_by_id
    where = finding.programme_id, at, finding.owed_by.group_id
    seats = prepared(("monitoring.inside",), _inside, *where)
    inner = [one for one in seats if not one.role.external and one.pk != has]
    return [one for one in inner if _another(one, finding.raised_by)]


def _inside(programme: int, at: datetime, group: int) -> SeatQuerySet:
    return Seat.objects.filter(programme=programme, group=group).standing(at).with_names()


def following(finding: Finding, at: datetime) -> list[Seat]:
    """The seats that are told of every step, as far as they stand."""
    return prepared(("monitoring.following",), _following, finding.programme_id, at, finding.pk)


def _following(programme: int, at: datetime, finding: int) -> SeatQuerySet:
    followers = Follower.objects.filter(finding=finding).values("seat")
    return (
        Seat.objects.filter(programme=programme).standing(at).with_names().filter(pk__in=followers)
    )


def turn(finding: Finding) -> Obligation | None:
    """The open duty to answer or to verify: whose turn it is."""
    found = prepared(("monitoring.turn",), _turns, finding.programme_id, finding.public_id)
    return found[-1] if found else None


def _turns(programme: int, subject_id: str) -> ObligationQuerySet:
    found = Obligation.objects.filter(programme=programme, subject_id=subject_id)
    return found.open().with_names()


def _owing(programme: int, subject: str) -> "QuerySet[Obligation, int | None]":
    """The accountable seats of the obligation that is the subject, or that it met."""
    found = Obligation.objects.filter(programme=programme, seat__isnull=False)
    found = found.filter(Q(public_id=subject) | Q(with_id=subject)).order_by()
    return found.values_list("seat_id", flat=True)
