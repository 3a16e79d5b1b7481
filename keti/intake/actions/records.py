"""Who is on record, and whom a row of a roster means. Reads, holds nothing, writes nothing."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from keti.accounts.models import FormerName, NamedBy, Organisation, Person
from keti.accounts.rules import like_key, mail_key, name_key
from keti.consents.models import Consent
from keti.groups.models import Colleague, Role, Seat
from keti.intake.enums import ApplicationState
from keti.intake.models import Application
from keti.intake.rules.roster import Problem, RosterLine
from keti.kernel.acts import Text
from keti.programmes.models import Programme

Spot = tuple[int, int]
"""A group and a role, by their primary keys."""
NEW = "new"
REACHED = frozenset({"mail", "mobile"})
"""What a person is reached by, also after a seat has ended."""


@dataclass(eq=False)
class Unit:
    """A unit on record, or one that a row of the roster brings."""

    name: str
    row: Organisation | None = None
    above: "Unit | None" = None
    claimed: dict[Spot, int] = field(default_factory=dict)

    def is_under(self, other: "Unit | None") -> bool:
        """Whether it is that unit, or one beneath it."""
        above: Unit | None = self
        while above is not None and above is not other:
            above = above.above
        return above is not None


@dataclass(eq=False)
class Known:
    """A person on record, or one that a row of the roster brings; `ref` names them to the page."""

    ref: str
    name: str
    unit: Unit | None
    mail: str = ""
    mobile: str = ""
    person: Person | None = None
    by_address: bool = False
    bound: frozenset[str] = frozenset()
    ours: bool = True
    agreed: bool = False
    acts: list[tuple[Role, Text]] = field(default_factory=list)
    spots: set[Spot] = field(default_factory=set)
    claimed: dict[Spot, int] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"{self.name} · {self.unit.name}" if self.unit else self.name

    def keeps(self, name: str, before: object) -> bool:
        """Whether this programme leaves what is on record as it is. What somebody who is not of it
        is reached by would be told by being changed."""
        if not before:
            return name == "mail" and name in self.bound
        return name in self.bound or (name in REACHED and not self.ours)

    @property
    def told_apart(self) -> str:
        """The label with the number or address, where the person is of this programme."""
        ours = self.spots or self.claimed
        return " · ".join(one for one in (self.label, ours and (self.mobile or self.mail)) if one)


class Asked(Exception):
    """More than one person may be meant: the office says whom, or that it is somebody else."""

    def __init__(self, among: list[Known]) -> None:
        super().__init__()
        self.among = among


class Wrong(Exception):
    """This row cannot be entered, for this reason."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def digits(number: str) -> str:
    """A telephone number as it is compared."""
    return re.sub(r"\D", "", number)[-11:]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people, units and seats there are. Other figures mean that others came in."""

    people: int
    units: int
    seats: int
    standing: int

    @classmethod
    def now(cls, programme: Programme) -> "Counts":
        seats = Seat.objects.filter(programme=programme)
        return cls(
            Person.objects.count(),
            Organisation.objects.count(),
            seats.count(),
            seats.filter(ends_at=None).count(),
        )


def binding(
    programme: Programme, people: Iterable[int] | None = None
) -> defaultdict[int, frozenset[str]]:
    """What of these people (primary keys; of everybody) binds others than this programme, and is
    not changed in it: all of who sits elsewhere, what is left to reach whoever did, the address of
    who signs in. A bound address is bound where it is empty, too: by one, others sign in."""
    others = Seat.objects.exclude(programme=programme)
    beside = Colleague.objects.exclude(seat__programme=programme)
    accounts = Person.objects.filter(Q(user__isnull=False) | Q(may_found=True))
    if people is not None:
        among = list(people)
        others = others.filter(Q(person__in=among) | Q(delegate__in=among))
        beside = beside.filter(person__in=among)
        accounts = accounts.filter(pk__in=among)
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for pk in accounts.values_list("pk", flat=True):
        found[pk] = frozenset({"mail"})
    acting: list[tuple[datetime | None, int | None]] = [
        *others.values_list("ends_at", "person_id"),
        *others.values_list("ends_at", "delegate_id"),
        *beside.values_list("until", "person_id"),
    ]
    for ended, who in acting:
        if who is not None:
            found[who] |= REACHED if ended else REACHED | {"name", "unit"}
    return found


def _of(programme: Programme) -> set[int]:
    """Primary keys of everybody of the programme: seated now or before, or among its applicants."""
    seats = Seat.objects.filter(programme=programme).values_list("person_id", "delegate_id")
    beside = Colleague.objects.filter(seat__programme=programme)
    sent = Application.objects.filter(programme=programme).exclude(state=ApplicationState.DRAFT)
    return {pk for pair in seats for pk in pair if pk}.union(
        beside.values_list("person_id", flat=True), sent.values_list("applicant_id", flat=True)
    )


class Records:
    """People, units and seats as they stand, and what the rows before this one add to them."""

    def __init__(
        self, programme: Programme, lines: Sequence[RosterLine], answers: Mapping[str, str]
    ) -> None:
        self.answers = answers
        self.rows_of = Counter(
            (name_key(line.delegate or line.name), like_key(line.unit)) for line in lines
        )
        self.units = self._units()
        self.by_mail: dict[str, Known] = {}
        self.by_name: defaultdict[str, list[Known]] = defaultdict(list)
        self.people = {one.person.pk: one for one in self._people(programme) if one.person}
        self.held: dict[tuple[Spot, object], Seat] = {}
        self.count: Counter[Spot] = Counter()
        for seat in Seat.objects.filter(programme=programme, ends_at=None).with_names():
            self._seat(seat)
        self.named_by_row = self._named(lines)

    def _units(self) -> dict[str, Unit]:
        rows = {one.pk: one for one in Organisation.objects.all().order_by("-pk")}
        made = {pk: Unit(one.name_zh, one) for pk, one in rows.items()}
        for pk, one in rows.items():
            if one.affiliated_with_id:
                made[pk].above = made.get(one.affiliated_with_id)
        self.unit_of = made
        for pk, one in rows.items():
            if one.same_as_id:
                made[pk] = made[one.same_as_id]
        once = FormerName.objects.values_list("name_key", "organisation_id")
        known = {key: made[pk] for key, pk in once}
        known |= {like_key(one.name_zh): made[pk] for pk, one in rows.items()}
        return known | {one.name_key: made[pk] for pk, one in rows.items()}

    def _people(self, programme: Programme) -> list[Known]:
        binds, ours = binding(programme), _of(programme)
        answered = Consent.objects.filter(programme=programme)
        agreed = set(answered.values_list("person_id", flat=True))
        everybody = []
        for person in Person.objects.filter(same_as=None).order_by("pk"):
            known = Known(
                person.public_id,
                person.name,
                self.unit_of.get(person.unit_id or 0),
                person.mail,
                person.mobile,
                person=person,
                by_address=person.named_by == NamedBy.ADDRESS,
                bound=binds[person.pk],
                ours=person.pk in ours,
                agreed=person.pk in agreed,
            )
            everybody.append(known)
            self.remember(known)
        standing = {one.person.pk: one for one in everybody if one.person}
        merged = Person.objects.exclude(same_as=None).exclude(mail_key="")
        for key, pk in merged.values_list("mail_key", "same_as_id"):
            self.by_mail[key] = standing[pk]
        return everybody

    def remember(self, known: Known) -> None:
        """Let the rows after this one find this person."""
        if known.mail:
            self.by_mail[mail_key(known.mail)] = known
        namesakes = self.by_name[name_key(known.name)]
        if not known.by_address and known not in namesakes:
            namesakes.append(known)

    def _seat(self, seat: Seat) -> None:
        spot = (seat.group_id, seat.role_id)
        self.count[spot] += 1
        acting = seat.acting_person
        if acting is not None:
            self.people[acting.pk].acts.append((seat.role, seat.title))
            self.people[acting.pk].spots.add(spot)
        holder: object = self.unit_of.get(seat.organisation_id or 0)
        self.held[spot, holder or self.people[seat.person_id or 0]] = seat

    def unit(self, name: str) -> Unit | None:
        """The unit of this name, whatever its width, blanks, brackets and dots; else a new one."""
        if not name:
            return None
        unit = self.units.get(like_key(name))
        if unit is None:
            unit = self.units[like_key(name)] = Unit(name)
        return unit

    def find(self, named: str, line: RosterLine, spot: Spot) -> Known | None:
        """Whom a row means by this name: by the address, else by name and unit, then by telephone
        number and seat. None is somebody new. Two are never taken for one, nor one of two picked:
        where it is not certain it raises `Asked`, where the address is another's `Wrong`."""
        owner = self.by_mail.get(mail_key(line.mail)) if line.mail else None
        if owner is not None:
            if owner.by_address or name_key(owner.name) == name_key(named):
                return owner
            raise Wrong(_taken(line, owner))
        namesakes = self.by_name[name_key(named)]
        answer = self.answers.get(str(line.row), "")
        if answer == NEW:
            return None
        chosen = [one for one in namesakes if one.ref == answer]
        if chosen:
            return chosen[0]
        unit = self.unit(line.unit)
        same = [one for one in namesakes if one.unit is unit or (not unit and spot in one.spots)]
        if same:
            return self._among(same, line, spot)
        seat = self.held.get((spot, unit))
        for one in namesakes:  # who acts for this unit already, of whatever unit
            if seat is not None and one.person == seat.delegate and not _contradicts(one, line):
                return one
        self._ask_elsewhere(namesakes, line, spot)
        return None

    def _named(self, lines: Iterable[RosterLine]) -> dict[str, set[int]]:
        """Who on record is named, by address or by name and number, in which rows."""
        rows: defaultdict[str, set[int]] = defaultdict(set)
        for line in lines:
            owner = self.by_mail.get(mail_key(line.mail)) if line.mail else None
            for one in self.by_name[name_key(line.delegate or line.name)]:
                calls = line.mobile and digits(one.mobile) == digits(line.mobile)
                if calls or one is owner:
                    rows[one.ref].add(line.row)
        return rows

    def _left_over(self, same: list[Known], line: RosterLine, spot: Spot) -> Known | None:
        """Of as many of one name and unit as there are rows, the only one whom no other row names
        for certain: this row corrects that one."""
        if self.rows_of[name_key(same[0].name), like_key(line.unit)] != len(same):
            return None
        rest = [one for one in same if not self.named_by_row.get(one.ref, set()) - {line.row}]
        if len(rest) == 1 and spot in rest[0].spots and spot not in rest[0].claimed:
            return rest[0]
        return None

    def _among(self, same: list[Known], line: RosterLine, spot: Spot) -> Known | None:
        """The one of these who is meant: they have the name and the unit of the row."""
        calls = [one for one in same if line.mobile and digits(one.mobile) == digits(line.mobile)]
        if len(calls) == 1 and spot not in calls[0].claimed:
            return calls[0]
        agreeing = [one for one in same if not _contradicts(one, line)]
        free = [one for one in agreeing if spot not in one.claimed]
        seated = [one for one in free if spot in one.spots]
        if len(agreeing) == 1 and free:
            return free[0]
        if len(seated) == 1:
            return seated[0]
        if left := self._left_over(same, line, spot):
            return left
        if agreeing:
            raise Asked(agreeing)
        if all(one.claimed for one in same):
            return None
        raise Asked(same)

    def _ask_elsewhere(self, namesakes: list[Known], line: RosterLine, spot: Spot) -> None:
        """Nobody of the name is of this unit: somebody of another who holds this very seat, and
        whom no other row names, may be meant."""
        maybe = [
            one
            for one in namesakes
            if spot in one.spots
            and spot not in one.claimed
            and not _contradicts(one, line)
            and not self.rows_of[name_key(one.name), like_key(one.unit.name if one.unit else "")]
        ]
        if maybe:
            raise Asked(maybe)


def _taken(line: RosterLine, owner: Known) -> Problem:
    """The address is another's. Whose, is said of people of this programme only: elsewhere an
    address would be asked for a name."""
    if owner.spots or owner.claimed:
        facts: dict[str, object] = {"known": owner.label}
        return Problem(line.row, "mail", line.mail, "intake.roster-mail-taken", facts)
    return Problem(line.row, "mail", line.mail, "intake.roster-mail-known", {})


def _contradicts(one: Known, line: RosterLine) -> bool:
    mail = line.mail and one.mail and mail_key(line.mail) != mail_key(one.mail)
    mobile = line.mobile and one.mobile and digits(line.mobile) != digits(one.mobile)
    return bool(mail or mobile)
