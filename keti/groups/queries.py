"""Reading groups and seats."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import F, Manager, Q, QuerySet

from keti.accounts.models import Organisation, Person
from keti.charter.queries import compiled
from keti.charter.rules.lint import Seated
from keti.groups.models import Colleague, Group, Role, Seat, SeatQuerySet
from keti.kernel.acts import Text
from keti.kernel.prepared import prepared
from keti.programmes.models import Programme

Turning = tuple[QuerySet[Any], str, timedelta]
"""Something that changes at a moment known beforehand: rows of which the first has the next instant
in this field, and how long before it the change is (`groups.doors.turns`)."""
UNITS = ("person__unit__affiliated_with", "delegate__unit", "organisation__affiliated_with")


def group_by_key(programme: Programme, key: str) -> Group:
    return Group.objects.select_related("programme").get(programme=programme, key=key)


def groups_of(programme: Programme) -> QuerySet[Group]:
    """Groups in the charter's order."""
    return Group.objects.select_related("programme", "parent").filter(programme=programme)


def role_by_key(programme: Programme, key: str) -> Role:
    return Role.objects.get(programme=programme, key=key)


def standing(programme: Programme, at: datetime) -> SeatQuerySet:
    """All seats held at `at`, named, in protocol order."""
    return Seat.objects.filter(programme=programme).standing(at).with_names()


WEIGHTY = ("manage", "commission", "judge")


def weighty(seat: Seat) -> bool:
    """Whether what is done in this seat asks for a second factor: managing, deciding, judging."""
    return any(seat.can(verb) for verb in WEIGHTY)


def weighty_people(at: datetime) -> set[int]:
    """Primary keys of all who act in such a seat of any programme that goes on, at `at`."""
    seats = Seat.objects.filter(programme__closed_at=None).standing(at).with_names()
    heavy = [one for one in seats if weighty(one)]
    beside = Colleague.objects.filter(seat__in=[one.pk for one in heavy], until=None)
    acting = {one.acting_person.pk for one in heavy if one.acting_person is not None}
    return acting | set(beside.values_list("person_id", flat=True))


def electors(programme: Programme, role: Role) -> list[str]:
    """Titles of the roles whose holders elect to this one; none where it is appointed."""
    roles = {one.key: one for one in compiled(programme).roles}
    spec = roles.get(role.key)
    return [roles[key].title.in_("zh") for key in spec.elected_by] if spec else []


def only_by_office(programme: Programme, role: Role) -> bool:
    """Is the role held by other offices alone, so that nobody is appointed to it?"""
    if not role.ex_officio or role.appointed_by:
        return False
    spec = next((one for one in compiled(programme).roles if one.key == role.key), None)
    return spec is None or not spec.elected_by


def by_office(role: Role, group: Group) -> int:
    """How many seats of the role in this group come by other offices, at the least."""
    if not role.ex_officio:
        return 0
    law = compiled(group.programme)
    return law.least_by_office(law.role(role.key), group.key)


def running_out(programme: Programme, *seat: str) -> list[Seat]:
    """The seats whose term ends while the programme lasts, and those that fell vacant with their
    term as long as their role lacks somebody there, in protocol order; one by its public id."""
    if programme.closed_at is not None or not any(one.terms for one in compiled(programme).roles):
        return []
    terms = Seat.objects.filter(programme=programme, term_ends_at__lt=programme.ends_at)
    found = terms.filter(Q(ends_at=None) | Q(ends_at=F("term_ends_at"))).with_names()
    lapsed = [one for one in found if one.ends_at is not None]
    kept = {one.pk for one in _unfilled(programme, lapsed)}
    wanted = [one for one in found if one.ends_at is None or one.pk in kept]
    return [one for one in wanted if not seat or one.public_id in seat]


def _unfilled(programme: Programme, lapsed: list[Seat]) -> Iterator[Seat]:
    """Of the seats that ended with their term the latest, as many as their role still lacks."""
    standing = Seat.objects.filter(programme=programme, ends_at=None, office_id="")
    held = Counter(standing.values_list("group", "role")) if lapsed else Counter[Any]()
    for one in sorted(lapsed, key=lambda one: (one.ends_at, one.pk), reverse=True):
        place = one.group_id, one.role_id
        if held[place] < one.role.minimum - by_office(one.role, one.group):
            held[place] += 1
            yield one


def holders(programme: Programme, role_key: str, group: Group | None, at: datetime) -> list[Seat]:
    """Who holds the role (in the group, where one is given) at `at`, in protocol order."""
    seats = standing(programme, at).filter(role__key=role_key)
    return list(seats.filter(group=group) if group else seats)


def able(programme: Programme, verb: str, at: datetime, group: Group | None = None) -> list[Seat]:
    """Seats whose role can `verb` at `at`, in protocol order; of one group where it is given."""

    def these(programme: int, at: datetime, *groups: int) -> QuerySet[Seat]:
        seats = Seat.objects.filter(programme=programme).standing(at).able(verb).with_names()
        return seats.filter(group=groups[0]) if groups else seats

    where = (group.pk,) if group else ()
    return prepared(("groups.able", verb, bool(where)), these, programme.pk, at, *where)


def people(seats: list[Seat]) -> list[Person]:
    """The persons who act in these seats, each once, in the seats' order."""
    found: dict[int, Person] = {}
    for seat in seats:
        person = seat.acting_person
        if person:
            found.setdefault(person.pk, person)
    return list(found.values())


def minding(seats: list[Seat]) -> list[Person]:
    """Who is written to about what these seats owe: who acts in them, then their colleagues and
    who stands in."""
    ids = [seat.pk for seat in seats]
    beside = Person.objects.filter(colleague_in__seat__in=ids, colleague_in__until=None)
    found = {one.pk: one for one in people(seats)}
    if ids:
        found |= {one.pk: one for one in beside.order_by("colleague_in__pk") if one.pk not in found}
    return list(found.values())


def colleagues(seat: Seat) -> QuerySet[Colleague]:
    """Who works in this seat beside its delegate now."""
    found = Colleague.objects.filter(seat=seat, until=None, deputy_id="")
    return found.select_related("person__unit", "seat__role", "seat__group__programme")


def may_deputise(deputy: Seat, seat: Seat) -> bool:
    """Does the charter let the role of the one stand in for that of the other, itself or for one
    that does, in the same group?"""
    if deputy.group_id != seat.group_id or deputy.pk == seat.pk:
        return False
    next_of = {one.key: one.deputises for one in compiled(seat.programme).roles}
    key, passed = next_of.get(deputy.role.key, ""), {deputy.role.key}
    while key and key not in passed:
        if key == seat.role.key:
            return True
        passed.add(key)
        key = next_of.get(key, "")
    return False


def with_those_below(group: Group) -> list[Group]:
    """The group and every group under it, however deep, in the order in which rows are held."""
    found, more = [group], [group]
    while more:
        more = list(Group.objects.filter(parent__in=more).exclude(pk__in=[one.pk for one in found]))
        found += more
    return sorted(found, key=lambda one: one.pk)


def standing_in(group: Group) -> QuerySet[Colleague]:
    """Who stands in for seats of the group now."""
    standing = Colleague.objects.filter(until=None).exclude(deputy_id="")
    found = standing.filter(seat__group=group, seat__ends_at=None)
    return found.select_related("person", "seat__role", "seat__group__programme").order_by("pk")


def seat_by_id(programme: Programme, public_id: str) -> Seat | None:
    return Seat.objects.with_names().filter(programme=programme, public_id=public_id).first()


def roster(programme: Programme, at: datetime) -> tuple[Seated, ...]:
    """Who holds which seat at `at`, as the linter counts them: by person, role, group and party."""
    parties = {one.name.zh: one.key for one in compiled(programme).parties}
    seats = prepared(("groups.roster",), _seated, programme.pk, at)
    people = {person.pk: person.name for person in (one.acting_person for one in seats) if person}
    found = []
    for seat in seats:
        person = seat.acting_person
        unit = seat.organisation or (person.unit if person else None)
        name = person.name if person else str(unit or "")
        if person and list(people.values()).count(name) > 1:
            name = f"{name} {person.public_id[:6]}"
        party = _party(unit, parties) if unit else ""
        found.append(Seated(name, seat.role.key, seat.group.key, party))
    return tuple(found)


def _seated(programme: int, at: datetime) -> QuerySet[Seat]:
    found = Seat.objects.filter(programme=programme).standing(at).with_names()
    return found.select_related(*UNITS)


def _party(unit: Organisation, parties: dict[str, str]) -> str:
    """The party of the charter a unit is, or belongs to; its own name where there is none."""
    above: Organisation | None = unit
    while above is not None and above.name_zh not in parties:
        above = above.affiliated_with
    return parties[above.name_zh] if above else unit.name_zh


def labels_in(programme: Programme, lang: str, *more: Text) -> Callable[[str], str]:
    """How what the record calls something, 卢（组长） or 月度报告 · 红组, is said in `lang`: what
    the charter names (and `more`) in its own words, people, units and all else as they stand."""
    if not lang.startswith("en"):
        return str
    known = _named(programme) | {one.zh: one.en for one in more}

    def part(words: str) -> str:
        head, blank, tail = words.partition(" ") if words not in known else (words, "", "")
        return f"{known.get(head, head)}{blank}{tail}"

    def said(label: str) -> str:
        name, opened, role = label.rpartition("（")
        title = known.get(role.removesuffix("）")) if opened and role.endswith("）") else None
        return (
            f"{known.get(name, name)} ({title})"
            if title
            else " · ".join(map(part, label.split(" · ")))
        )

    return said


def labels_on_paper(programme: Programme, lang: str) -> Callable[[str], str]:
    """The same for what is printed: units and people too by the names they have in `lang`."""
    return labels_in(programme, lang, *(_called(programme) if lang.startswith("en") else ()))


def _called(programme: Programme) -> list[Text]:
    """Everybody who holds or held a seat, unit, person or delegate, by both names; read once for a
    programme as it was read."""
    found: list[Text] | None = vars(programme).get("called_in_english")
    if found is None:
        names = ("organisation__name_zh", "organisation__name_en", "person__name",
                 "person__name_en", "delegate__name", "delegate__name_en")  # fmt: skip
        rows = Seat.objects.filter(programme=programme).values_list(*names)
        pairs = {pair for row in rows for pair in (row[:2], row[2:4], row[4:])}
        found = sorted((Text(zh, en) for zh, en in pairs if zh and en), key=lambda one: one.zh)
        found += [one.name for one in compiled(programme).parties if one.name.en]
        vars(programme)["called_in_english"] = found
    return found


def _titles(rows: Manager[Any], programme: int) -> QuerySet[Any, tuple[str, str]]:
    return rows.filter(programme=programme).values_list("title_zh", "title_en")


def _named(programme: Programme) -> dict[str, str]:
    """Chinese name -> English one, of everything the charter names; worked out once for a programme
    as it was read."""
    found: dict[str, str] | None = vars(programme).get("named_in_english")
    if found is None:
        charter = compiled(programme)
        titles = [charter.title, *(one.title for one in charter.works)]
        titles += [one.title for one in (*charter.gates, *charter.requests)]
        for rows in (Group.objects, Role.objects):
            named = prepared(("groups.named", rows.model), partial(_titles, rows), programme.pk)
            titles += [Text(zh, en) for zh, en in named]
        found = {one.zh: one.en for one in titles if one.zh and one.en}
        vars(programme)["named_in_english"] = found
    return found
