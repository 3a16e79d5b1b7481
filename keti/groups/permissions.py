"""In which seat somebody acts, and what may be seen from it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from keti.accounts.models import Person
from keti.charter.queries import access_ends, compiled
from keti.groups import rules
from keti.groups.models import Colleague, Group, Recusal, Seat, SeatQuerySet
from keti.kernel.acts import Act
from keti.kernel.once import once
from keti.kernel.prepared import prepared
from keti.kernel.refusals import YES, Refused, Verdict, no
from keti.programmes.models import Programme


def acting_seat(act: Act, programme: Programme) -> Seat:
    """The seat the signed-in person acts in. Refuses no seat, another's seat, an ended seat."""
    seat = act.seat
    if not isinstance(seat, Seat) or seat.programme_id != programme.pk:
        raise Refused("groups.no-seat")
    if not works_in(act.by, seat):
        holder = seat.acting_person.label if seat.acting_person else seat.holder.label
        raise Refused("groups.not-your-seat", who=act.by.label, seat=seat.title, holder=holder)
    if seat.ends_at and seat.ends_at <= act.recorded_at:
        raise Refused("groups.seat-has-ended", seat=seat.title)
    if seat.proposed_at is not None:
        raise Refused("groups.nomination-unanswered", unit=seat.holder.called, seat=seat.title)
    return seat


def speaks_for(person: object, seat: Seat) -> bool:
    """Is this who holds the seat, or acts for the unit that does: whose own word counts there?"""
    return getattr(person, "pk", None) in {seat.person_id, seat.delegate_id} - {None}


def works_in(person: object, seat: Seat) -> bool:
    """May this person act in the seat: its holder, the unit's delegate, or a colleague there?"""
    if speaks_for(person, seat):
        return True
    return isinstance(person, Person) and is_colleague(person, seat)


def is_colleague(person: Person, seat: Seat) -> bool:
    """Does this person work in the unit's seat beside its delegate?"""
    return Colleague.objects.filter(seat=seat.pk, person=person, until=None).exists()


def principal(act: Act, programme: Programme) -> Seat:
    """The seat for which the act counts: the acting seat, or the one it is recorded for (代录).

    Refuses recording for others where the charter forbids it, a recorder who is neither the
    secretariat nor a delegate of the principal's unit, a moment in the future, late recording
    (补录) without evidence or against the charter, and who claims for their own gain a moment
    before the programme or the seat began.
    """
    seat = acting_seat(act, programme)
    if act.happened_at > act.recorded_at:
        raise Refused("ledger.happened-in-the-future")
    _recorded_late(act, programme)
    if act.on_behalf_of is not None:
        seat = _recorded_for(act, seat, programme)
    if gains(act, seat):
        not_before(act, max(programme.starts_at, seat.starts_at), programme)
    return seat


def _recorded_for(act: Act, seat: Seat, programme: Programme) -> Seat:
    if not compiled(programme).late.allow_on_behalf:
        raise Refused("groups.on-behalf-not-allowed")
    behalf = act.on_behalf_of
    if not isinstance(behalf, Seat) or behalf.programme_id != programme.pk:
        raise Refused("groups.no-seat")
    may_record_for(seat, behalf).or_refuse()
    return behalf


def gains(act: Act, beneficiary: Seat) -> bool:
    """Whether who records an act gains by the earlier moment they claim for it.

    What somebody else recorded on paper counts from when it happened. Whoever records for
    themselves, for a seat they also act in or for their own unit claims; the claim counts once
    somebody who does not gain has accepted its evidence. The one place that tells the two apart.
    """
    if not act.recorded_late:
        return False
    return act.on_behalf_of is None or same_side(act, beneficiary)


def same_side(act: Act, beneficiary: Seat) -> bool:
    """The person, a seat they act in or their unit is the one that would gain."""
    seat = act.seat if isinstance(act.seat, Seat) else None
    person = act.by if isinstance(act.by, Person) else None
    if seat is not None and seat.pk == beneficiary.pk:
        return True
    if person is None:
        return False
    units = {person.unit_id, seat.unit.pk if seat and seat.unit else None} - {None}
    of_the_unit = beneficiary.unit is not None and beneficiary.unit.pk in units
    return of_the_unit or works_in(person, beneficiary)


def counted_at(act: Act, beneficiary: Seat) -> datetime:
    """The moment by which terms run: when it happened, but never what its recorder only claims."""
    return act.recorded_at if gains(act, beneficiary) else act.happened_at


def terms_run_from(act: Act, programme: Programme) -> datetime:
    """From when a term that binds others runs: what somebody only claims shortens nobody's."""
    return counted_at(act, principal(act, programme))


def not_before(act: Act, floor: datetime, programme: Programme) -> None:
    """Refuse a claimed moment before `floor`, at which it could have happened at the earliest."""
    if act.happened_at < floor:
        earliest = programme.local(floor).strftime("%Y-%m-%d %H:%M")
        raise Refused("groups.claimed-too-early", earliest=earliest)


def _recorded_late(act: Act, programme: Programme) -> None:
    """Late recording is refused in this one place, for every act, where the charter forbids it."""
    if not act.recorded_late:
        return
    if not compiled(programme).late.allow_recorded_late:
        raise Refused("groups.late-recording-not-allowed")
    if act.evidence is None:
        raise Refused("groups.late-recording-needs-evidence")


def by_hand(seat: Seat) -> Verdict:
    """Is the seat given and ended by itself? Not one that is held ex officio: it goes with the
    other one."""
    if not seat.office_id:
        return YES
    office = Seat.objects.with_names().filter(public_id=seat.office_id).first()
    return no("groups.seat-by-office", seat=seat.title, office=office.title if office else "")


def may_record_for(seat: Seat, principal_seat: Seat) -> Verdict:
    """The secretariat records for anybody; a unit's seat for the people of that unit."""
    same_unit = seat.organisation_id is not None and seat.organisation_id == (
        principal_seat.unit.pk if principal_seat.unit else None
    )
    if seat.can("manage") or same_unit:
        return YES
    return no("groups.only-the-secretariat-records-for-others", seat=seat.title)


def needs_paper(act: Act) -> Verdict:
    """What is somebody's own word: recorded on behalf, or by a colleague in the seat, only with
    the signed paper attached."""
    if act.evidence is not None:
        return YES
    if act.on_behalf_of is not None:
        return no("groups.on-behalf-needs-paper")
    seat = act.seat
    if isinstance(seat, Seat) and not speaks_for(act.by, seat):
        whose = seat.acting_person.label if seat.acting_person else seat.holder.label
        return no("groups.colleague-needs-paper", whose=whose)
    return YES


def may_manage(act: Act, programme: Programme) -> Verdict:
    """Only seats with `manage` (the secretariat)."""
    seat = acting_seat(act, programme)
    if seat.can("manage"):
        return YES
    return no("groups.only-the-secretariat", seat=seat.title)


def may_renew(act: Act, seat: Seat) -> Verdict:
    """The secretariat, once the end of a term is near, as often as the charter lets."""
    if seat.term_ends_at is None or not seat.role.terms:
        return no("groups.no-term", seat=seat.title)
    if seat.ends_at is not None:
        return no("groups.seat-has-ended", seat=seat.title)
    if not rules.may_go_on(seat.role.renewals, seat.renewed):
        return no("groups.renewed-enough", seat=seat.title, count=seat.role.renewals)
    opens = opens_for_renewal(seat)
    if act.happened_at < opens:
        day = seat.programme.local(opens).strftime("%Y-%m-%d")
        return no("groups.renewed-too-early", seat=seat.title, day=day)
    return may_manage(act, seat.programme)


def opens_for_renewal(seat: Seat) -> datetime:
    """From when on the end of the term that runs is seen to."""
    ends = seat.term_ends_at or seat.starts_at
    terms, zone = seat.role.terms, seat.programme.tz
    began = seat.starts_at
    for renewed in range(seat.renewed):
        began = rules.term_end(terms, renewed, began, zone) or began
    return rules.sees_to_it_from(min(began, ends), ends)


def may_keep_team(act: Act, seat: Seat) -> Verdict:
    """Who of a unit works in its seat: the secretariat says so, and the unit's own delegate."""
    acting = acting_seat(act, seat.programme)
    if acting.can("manage") or (acting.pk == seat.pk and speaks_for(act.by, seat)):
        return YES
    return no("groups.only-the-delegate-keeps-the-team", who=seat.called)


def may_answer_nomination(act: Act, seat: Seat) -> Verdict:
    """Who was nominated answers; the secretariat records it with their signed paper."""
    if seat.ends_at is not None or seat.proposed_at is None:
        return no("groups.no-nomination-waits")
    if act.on_behalf_of is None and getattr(act.by, "pk", None) == seat.delegate_id:
        return YES
    if not may_manage(act, seat.programme):
        return no("groups.only-the-nominated-answers", who=seat.called)
    return YES if act.evidence is not None else no("groups.on-behalf-needs-paper")


def may_let_stand_in(act: Act, seat: Seat) -> Verdict:
    """The secretariat, or whose own word counts in the seat, lets a deputy stand in for it."""
    acting = principal(act, seat.programme)
    own = act.on_behalf_of is not None or speaks_for(act.by, seat)
    if acting.can("manage") or (acting.pk == seat.pk and own):
        return YES
    return no("groups.only-the-holder-lets-stand-in", who=seat.called)


EVERYTHING = ("manage", "watch", "resolve", "commission")
"""Verbs whose seats see every group's inner work."""

INNER = frozenset({"lead", "contribute", "read", *EVERYTHING})
"""Verbs that let a seat read the inner work of its own group; `judge`, `advise` and `comment`
do not (docs/permissions.md)."""

ARCHIVE = ("manage", "commission")
"""Verbs whose seats keep reading once the rights of the others have ended."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one seat may see, worked out once at the door and asked by every room.

    `everything`: it sees all groups. `inside`: the groups whose inner work it reads.
    `barred`: public ids of what its person or unit stands aside from; they are closed to every
    right but authorship.
    """

    seat: Seat
    everything: bool
    inside: frozenset[int]
    barred: frozenset[str] = frozenset()

    @property
    def programme_id(self) -> int:
        return self.seat.programme_id

    @property
    def external(self) -> bool:
        return self.seat.role.external

    @property
    def key(self) -> tuple[Hashable, ...]:
        """Everything that a read may ask of it: two sights with one key see the same."""
        seat, role = self.seat, self.seat.role
        person, unit = seat.acting_person, seat.unit
        return (
            seat.programme_id, seat.pk, seat.group_id, role.pk, tuple(role.can), role.external,
            person.pk if person else 0, person.unit_id if person else 0, unit.pk if unit else 0,
            self.everything, self.inside, self.barred,
        )  # fmt: skip

    def can(self, verb: str) -> bool:
        """True when the charter gives the seat's role the verb."""
        return self.seat.can(verb)

    def reads(self, group_id: int | None) -> bool:
        """May the inner work of this group be read? None stands for no group at all: no."""
        return self.everything or group_id in self.inside

    def reads_within(self, path: str = "group") -> Q:
        """The condition over the foreign key `path` that agrees with `reads`."""
        return Q() if self.everything else Q(**{f"{path}__in": self.inside})

    def stands_aside_from(self, *subjects: str) -> bool:
        """Does the person or the unit stand aside from one of these things?"""
        return not self.barred.isdisjoint(subjects)


def still_reads(seat: Seat, at: datetime) -> bool:
    """Do the rights of this seat still stand at `at`? Where the charter says how long participants
    read on after the end, afterwards only the secretariat and the commissioner keep the archive."""
    if seat.programme.closed_at is None or any(seat.can(verb) for verb in ARCHIVE):
        return True
    ends = access_ends(seat.programme)
    return ends is None or at < ends


def reading_seats(person: Person, at: datetime) -> list[Seat]:
    """The seats in which this person may read at `at`, in every programme."""
    held = once(
        ("groups.of-person", person.pk),
        lambda: prepared(("groups.of-person",), _held_by, person.pk),
    )
    standing = [seat for seat in held if not seat.ends_at or seat.ends_at > at]
    return [seat for seat in standing if still_reads(seat, at)]


def _held_by(person: int) -> SeatQuerySet:
    return Seat.objects.of(person).with_names()


def sight_of(seat: Seat, visitor: Person | None = None) -> Sight:
    """The sight of one seat: one statement, for what it stands aside from."""
    return sights([seat], visitor)[0]


def sights(seats: list[Seat], visitor: Person | None = None) -> list[Sight]:
    """The sights of these seats of one or many programmes, in one statement.

    A recusal binds the person in whatever seat, and everybody who acts for the unit. With
    `visitor`, who may be a colleague in the seat, also what that person stands aside from.
    """
    acting = {person.pk for seat in seats if (person := seat.acting_person)}
    people = tuple(sorted(acting | ({visitor.pk} if visitor else set())))
    units = tuple(sorted({unit.pk for seat in seats if (unit := seat.unit)}))
    programmes = tuple(sorted({seat.programme_id for seat in seats}))
    found: dict[int, list[Recusal]] = {}

    def binding() -> QuerySet[Recusal]:
        mine = Q(person__in=people) | Q(organisation__in=units)
        return Recusal.objects.filter(mine, programme__in=programmes)

    for one in prepared(("groups.recusals", people, units, programmes), binding):
        found.setdefault(one.programme_id, []).append(one)
    return [_sight(seat, visitor, found.get(seat.programme_id, [])) for seat in seats]


def _sight(seat: Seat, visitor: Person | None, recusals: list[Recusal]) -> Sight:
    unit = seat.unit
    people = {person.pk for person in (seat.acting_person, visitor) if person}
    barred = frozenset(
        one.subject_id
        for one in recusals
        if one.person_id in people or (unit and one.organisation_id == unit.pk)
    )
    sits = seat.proposed_at is None
    inner = sits and not seat.role.external and not INNER.isdisjoint(seat.role.can)
    inside = frozenset({seat.group_id} if inner else ())
    everything = sits and any(seat.can(verb) for verb in EVERYTHING)
    return Sight(seat, everything, inside, barred)


def visible_groups(sight: Sight | None, programme: Programme) -> QuerySet[Group]:
    """Groups whose inner work may be read: the seat's own, or all."""
    groups = Group.objects.filter(programme=programme)
    if sight is None or sight.programme_id != programme.pk:
        return groups.none()
    return groups.filter(sight.reads_within("pk"))


def sees_group(sight: Sight | None, group: Group | None) -> bool:
    """The predicate that agrees with `visible_groups`; None stands for the whole programme."""
    if sight is None:
        return False
    if group is None:
        return True
    return sight.programme_id == group.programme_id and sight.reads(group.pk)


def sees_all(seat: Seat | None) -> bool:
    """Does the role see every group's inner work? Words about rights ask this; rows and what is
    derived from them ask a `Sight`."""
    return seat is not None and any(seat.can(verb) for verb in EVERYTHING)
