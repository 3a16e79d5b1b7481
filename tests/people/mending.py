"""Merging, correcting and undoing, done to the house and to a model of it in plain Python.

The model (`chairs`) holds who is whom, what unit is which, every seat that ever was with whoever
holds it and how it ended, what each person agreed to, and what was done in which seat. What must be
refused is said beforehand.
"""

from itertools import count
from random import Random
from typing import Any

from django.db import transaction

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import Organisation, Person
from keti.consents.actions import give_consent, withdraw_consent
from keti.groups.actions import Place, annul_seat, appoint, end_seat, swap_delegate
from keti.groups.models import Seat
from keti.intake import actions as intake
from keti.intake.actions import Said
from keti.intake.models import Application
from keti.kernel.acts import Act
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.work.actions import TaskSpec, assign_task, finish_task
from keti.work.models import Task
from tests.cast import Cast, local
from tests.people.chairs import ANNULLED, ENDED, HELD, Chair, Model
from tests.people.test_who_is_who import admitted, applied, signed_up

CELLS = {"cell.red": "lu", "cell.blue": "he"}
"""The groups, and who leads each."""


class Mender:
    """Does one thing after another in the cast's programme, and keeps the model beside it."""

    def __init__(self, cast: Cast, call: Any, seed: int) -> None:
        self.cast, self.call = cast, call
        self.dice = Random(seed)
        self.model = Model()
        self.numbers = count()
        self.done: list[str] = []
        self.lines = self.read_lines()
        self.units = [self._unit() for _ in range(3)]
        self.people = [self._person() for _ in range(6)]

    def _unit(self) -> int:
        return int(enter_organisation(f"第{next(self.numbers)}研究所（演示）").pk)

    def _person(self) -> int:
        number = next(self.numbers)
        unit = Organisation.objects.get(pk=self.model.which(self.dice.choice(self.units)))
        mail = f"m{number}@civil.example" if self.dice.random() < 0.7 else ""
        name = f"某甲{number}（演示）"
        return int(enter_person(PersonFacts(name, mail=mail, unit=unit, is_demo=True)).pk)

    def read_lines(self) -> list[tuple[int, str]]:
        """The record of the programme, line by line."""
        found = Entry.objects.filter(book=self.cast.programme.public_id).order_by("seq")
        return [(one.seq, one.leaf_hash) for one in found]

    def somebody(self) -> int:
        return self.model.who(self.dice.choice(self.people))

    def unit(self) -> int:
        return self.model.which(self.dice.choice(self.units))

    def row(self, person: int) -> Person:
        return Person.objects.select_related("unit").get(pk=person)

    def office(self) -> Act:
        return self.cast.qin.act()

    def chair(self) -> tuple[int, Chair] | None:
        found = sorted(self.model.held().items())
        return self.dice.choice(found) if found else None

    def place(self, group: str, **holder: Any) -> Place:
        return Place(self.cast.group(group), self.cast.role("hand"), **holder)

    def step(self) -> str:
        """One random thing, wholly or not at all: refused exactly where the model says so."""
        chosen = self.dice.choice(STEPS)
        found = chosen(self)
        if found is None:
            return ""
        code, do, then = found
        self.done.append(f"{chosen.__name__}{f' ({code})' if code else ''}")
        said = ""
        try:
            with transaction.atomic():
                made = do()
        except Refused as refused:
            said = refused.code
        assert said == code, (self.done, said, code)
        if not said:
            then(made)
        return chosen.__name__


Step = tuple[str, Any, Any] | None
"""The code it must be refused with, what to do, and what is so afterwards."""


def newcomer(on: Mender) -> Step:
    return "", on._person, lambda pk: on.people.append(pk)


def seat_person(on: Mender) -> Step:
    group, person = on.dice.choice(sorted(CELLS)), on.somebody()
    code = "groups.already-holds-it" if on.model.holds(group, person, None) else ""

    def do() -> Seat:
        return appoint(on.office(), place=on.place(group, person=on.row(person)))

    def then(seat: Seat) -> None:
        on.model.chairs[seat.pk] = Chair(group, person, None)

    return code, do, then


def seat_unit(on: Mender) -> Step:
    group, unit, delegate = on.dice.choice(sorted(CELLS)), on.unit(), on.somebody()
    code = "groups.already-holds-it" if on.model.holds(group, None, unit) else ""

    def do() -> Seat:
        holder = Organisation.objects.get(pk=unit)
        named = on.row(delegate)
        return appoint(
            on.office(), place=on.place(group, organisation=holder, delegate=named, guest=True)
        )

    def then(seat: Seat) -> None:
        on.model.chairs[seat.pk] = Chair(group, None, unit, delegate)

    return code, do, then


def swap(on: Mender) -> Step:
    found = on.chair()
    if found is None or found[1].unit is None:
        return None
    (pk, chair), delegate = found, on.somebody()
    if chair.delegate == delegate:
        return None

    def do() -> Seat:
        seat = Seat.objects.get(pk=pk)
        return swap_delegate(on.office(), seat=seat, delegate=on.row(delegate), guest=True)

    def then(_seat: Seat) -> None:
        chair.delegate = delegate

    return "", do, then


def leave(on: Mender) -> Step:
    found = on.chair()
    if found is None:
        return None
    pk, chair = found

    def do() -> Seat:
        return end_seat(on.office(), seat=Seat.objects.get(pk=pk), reason="调离。")

    return "", do, lambda _seat: setattr(chair, "state", ENDED)


def annul(on: Mender) -> Step:
    found = on.chair()
    if found is None:
        return None
    pk, chair = found

    def do() -> Seat:
        return annul_seat(on.office(), seat=Seat.objects.get(pk=pk), reason="录错。")

    code = "groups.seat-was-used" if chair.used else ""
    return code, do, lambda _seat: setattr(chair, "state", ANNULLED)


def replace_one(on: Mender) -> Step:
    found = on.chair()
    if found is None:
        return None
    (pk, chair), person = found, on.somebody()
    code = ""
    if chair.person == person:
        code = "intake.replaced-by-the-same"
    elif on.model.holds(chair.group, person, None, but=pk):
        code = "groups.already-holds-it"

    def do() -> Seat:
        seat = Seat.objects.with_names().get(pk=pk)
        place = on.place(chair.group, person=on.row(person))
        return intake.replace_holder(on.office(), seat=seat, place=place, reason="换人。")

    def then(heir: Seat) -> None:
        chair.state = ENDED
        on.model.chairs[heir.pk] = Chair(chair.group, person, None)

    return code, do, then


def sign(on: Mender) -> Step:
    """Somebody does in their seat what was asked of it: that stays theirs."""
    found = on.chair()
    if found is None:
        return None
    pk, chair = found
    acting = chair.person or chair.delegate
    if acting is None:
        return None
    title = f"事{next(on.numbers)}"

    def do() -> Task:
        seat = Seat.objects.with_names().get(pk=pk)
        lead = on.cast.players[CELLS[chair.group]]
        spec = TaskSpec(on.cast.programme, seat.group, seat, title, local("2030-06-20T10:00"))
        task = assign_task(lead.act(), spec=spec)
        act = Act(by=on.row(acting), recorded_at=on.cast.qin.moment, seat=seat)
        return finish_task(act, task=task, note="已办。")

    def then(task: Task) -> None:
        chair.used = True
        on.model.signed[task.pk] = pk

    return "", do, then


def agree(on: Mender) -> Step:
    person = on.somebody()
    if not any(one.state == HELD for one in on.model.of(person)):
        return None

    def do() -> Any:
        act = Act(by=on.row(person), recorded_at=on.cast.qin.moment)
        return give_consent(act, programme=on.cast.programme, person=on.row(person))

    return "", do, lambda _made: on.model.agrees.update({person: True})


def withdraw(on: Mender) -> Step:
    found = sorted(person for person, agrees in on.model.agrees.items() if agrees)
    if not found:
        return None
    person = on.dice.choice(found)

    def do() -> Any:
        act = Act(by=on.row(person), recorded_at=on.cast.qin.moment)
        return withdraw_consent(act, programme=on.cast.programme, person=on.row(person))

    return "", do, lambda _made: on.model.agrees.update({person: False})


def correct(on: Mender) -> Step:
    person = on.somebody()
    if not any(one.state == HELD for one in on.model.of(person)):
        return None
    changes = {"name": f"某乙{next(on.numbers)}（演示）"}

    def do() -> Any:
        row = on.row(person)
        programme = on.cast.programme
        return intake.correct_record(on.office(), programme=programme, person=row, changes=changes)

    return "", do, lambda _made: None


def rename_unit(on: Mender) -> Step:
    found = sorted({one.unit for one in on.model.held().values() if one.unit})
    if not found:
        return None
    unit = on.dice.choice(found)
    changes = {"name_zh": f"改名{next(on.numbers)}研究所（演示）"}

    def do() -> Any:
        row, programme = Organisation.objects.get(pk=unit), on.cast.programme
        return intake.correct_unit(
            on.office(), programme=programme, unit=row, changes=changes, renamed=True
        )

    return "", do, lambda _made: None


def merge(on: Mender) -> Step:
    """Two records of one person; both must have sat here."""
    known = sorted({on.model.who(one) for one in on.people if on.model.of(on.model.who(one))})
    if len(known) < 2:
        return None
    gone, kept = on.dice.sample(known, 2)
    answers = {on.model.agrees[one] for one in (gone, kept) if one in on.model.agrees}
    code = "intake.merge-consents-differ" if len(answers) > 1 else ""

    def do() -> Any:
        programme = on.cast.programme
        return intake.merge_people(
            on.office(), programme=programme, gone=on.row(gone), kept=on.row(kept)
        )

    def then(_made: Person) -> None:
        on.model.double("person", gone, kept)
        on.model.same[gone] = kept
        if gone in on.model.agrees:
            on.model.agrees[kept] = on.model.agrees.pop(gone)

    return code, do, then


def merge_units(on: Mender) -> Step:
    known = sorted({one.unit for one in on.model.held().values() if one.unit})
    if len(known) < 2:
        return None
    gone, kept = on.dice.sample(known, 2)

    def do() -> Any:
        rows = {
            name: Organisation.objects.get(pk=pk) for name, pk in (("gone", gone), ("kept", kept))
        }
        return intake.merge_units(on.office(), programme=on.cast.programme, **rows)

    def then(_made: Organisation) -> None:
        on.model.double("unit", gone, kept)
        on.model.same_unit[gone] = kept

    return "", do, then


def admit(on: Mender) -> Step:
    """Somebody signs up, applies and is admitted to the red cell."""
    number = next(on.numbers)

    def do() -> Application:
        mine = applied(
            on.cast, signed_up(f"a{number}@civil.example"), name=f"某丙{number}", consent=False
        )
        return admitted(on.cast, mine)

    def then(mine: Application) -> None:
        assert mine.seat is not None
        on.people.append(int(mine.seat.person_id or 0))
        on.model.chairs[mine.seat.pk] = Chair("cell.red", mine.seat.person_id, None)
        on.model.applied[mine.pk] = mine.seat.pk

    return "", do, then


def take_back(on: Mender) -> Step:
    """The decision was wrong: the seat counts as never held, or ends where it was used."""
    found = sorted(pk for pk, seat in on.model.applied.items() if seat is not None)
    if not found:
        return None
    pk = on.dice.choice(found)
    chair = on.model.chairs[on.model.applied[pk] or 0]

    def do() -> Application:
        mine = Application.objects.get(pk=pk)
        return intake.take_back_decision(on.office(), application=mine, reason="误点。")

    def then(_mine: Application) -> None:
        on.model.applied[pk] = None
        if chair.state == HELD:
            chair.state = ENDED if chair.used else ANNULLED

    return "", do, then


def admit_again(on: Mender) -> Step:
    """What was taken back is decided anew."""
    found = sorted(pk for pk, seat in on.model.applied.items() if seat is None)
    if not found:
        return None
    pk = on.dice.choice(found)
    person = on.model.who(Application.objects.get(pk=pk).applicant_id)
    code = "groups.already-holds-it" if on.model.holds("cell.red", person, None) else ""

    def do() -> Application:
        mine = Application.objects.get(pk=pk)
        said = Said(who=on.row(person).public_id)
        return intake.decide_application(on.office(), application=mine, admit=True, said=said)

    def then(mine: Application) -> None:
        assert mine.seat is not None
        on.model.chairs[mine.seat.pk] = Chair("cell.red", mine.seat.person_id, None)
        on.model.applied[pk] = mine.seat.pk

    return code, do, then


STEPS = (
    admit, admit, take_back, take_back, admit_again, newcomer, seat_person, seat_person,
    seat_person, seat_unit, seat_unit, seat_unit, seat_unit, swap, leave, annul, annul,
    replace_one, replace_one, sign, sign, agree, agree, withdraw, correct, rename_unit, merge,
    merge, merge_units, merge_units,
)  # fmt: skip
