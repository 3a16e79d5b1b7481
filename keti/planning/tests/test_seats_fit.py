"""Every act that gives a seat asks the same question, and every writing of a seat is known."""

import ast
from collections.abc import Callable

import pytest

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import Person
from keti.groups.actions import Place, appoint, end_seat, first_seat, fit_for_seat, swap_delegate
from keti.groups.models import Group, Role, Seat
from keti.intake import actions as intake
from keti.intake.tests.scene import checked, roster, submitted
from keti.kernel.refusals import Refused
from tests.house.sources import name, trees

EXCLUDED = "groups.roles-exclude-each-other"
ELSEWHERE = "groups.delegate-of-another-unit"


def code(do: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        do()
    return refused.value.code


def unit_seat(cast, delegate: Person | None = None) -> Seat:
    """A unit in a seat of the red cell."""
    unit = delegate.unit if delegate else enter_organisation("甲研究院（演示）")
    place = Place(cast.group("cell.red"), cast.role("hand"), organisation=unit, delegate=delegate)
    return appoint(cast.qin.act(), place=place)


def by_appointment(cast, who: Person) -> str:
    return code(lambda: unit_seat(cast, who))


def by_several(cast, who: Person) -> str:
    place = Place(cast.group("cell.red"), cast.role("hand"), organisation=who.unit, delegate=who)
    return code(lambda: intake.appoint_members(cast.qin.act(), places=[place]))


def by_swapping(cast, who: Person) -> str:
    seat = unit_seat(cast)
    return code(lambda: swap_delegate(cast.qin.act(), seat=seat, delegate=who, guest=True))


def by_roster(cast, who: Person) -> str:
    row = ("", who.unit.name_zh, "红组", "组员", "", "1", who.mail, "", who.name, "")
    report = intake.import_roster(
        cast.qin.act(), programme=cast.programme, file=roster(cast, [row])
    )
    [problem] = report.problems
    return EXCLUDED if "不能同时担任" in problem["what"][0] else problem["what"][0]


def by_admission(cast, who: Person) -> str:
    facts = {"delegate": who.name, "delegate_mail": who.mail, "unit": who.unit.name_zh}
    mine = checked(cast, submitted(cast, track="firm", **facts))
    return code(lambda: intake.decide_application(cast.qin.act(), application=mine, admit=True))


def by_charter(cast, who: Person) -> str:
    """The unit that a charter names takes the seat; who may not act for it does not."""
    place = Place(
        cast.group("cell.red"), cast.role("hand"), organisation=who.unit, delegate=who, guest=True
    )
    return EXCLUDED if first_seat(cast.qin.act(), place=place).delegate is None else "seated"


WAYS = [by_appointment, by_several, by_swapping, by_roster, by_admission, by_charter]


@pytest.mark.parametrize("way", WAYS)
def test_whoever_watches_is_no_delegate_in_a_role_that_excludes_it(cast, way):
    before = Seat.objects.of(cast.ji.person).count()
    assert way(cast, cast.ji.person) == EXCLUDED
    assert Seat.objects.of(cast.ji.person).count() == before


def test_an_exclusion_binds_the_delegate_of_a_unit_in_either_direction(cast):
    seat = unit_seat(cast, enter_person(newcomer("甲代表（演示）")))
    place = Place(cast.group("core"), cast.role("watcher"), person=seat.delegate)
    assert code(lambda: appoint(cast.qin.act(), place=place)) == EXCLUDED


def newcomer(called: str, unit: str = "甲研究院（演示）") -> PersonFacts:
    return PersonFacts(called, mail=f"{len(called)}@civil.example", unit=enter_organisation(unit))


def test_a_delegate_belongs_to_the_unit_or_is_recorded_as_a_guest(cast):
    seat = unit_seat(cast)
    act = cast.qin.act
    other = cast.mao.person
    assert code(lambda: swap_delegate(act(), seat=seat, delegate=cast.he.person)) == ELSEWHERE
    beneath = enter_organisation("甲研究院二所（演示）", affiliated_with=seat.organisation)
    near = enter_person(PersonFacts("近人（演示）", mail="near@civil.example", unit=beneath))
    assert swap_delegate(act(), seat=seat, delegate=near).delegate == near
    assert swap_delegate(act(), seat=seat, delegate=other, guest=True).delegate == other


def test_who_was_of_no_unit_is_of_the_unit_they_act_for(cast):
    seat = unit_seat(cast)
    swap_delegate(cast.qin.act(), seat=seat, delegate=cast.wu.person)
    assert Person.objects.get(pk=cast.wu.person.pk).unit == seat.organisation


def test_nobody_acts_in_a_seat_or_role_or_group_that_has_ended(cast):
    seat = unit_seat(cast)
    end_seat(cast.qin.act(), seat=seat, reason="退出")
    swap = {"seat": seat, "delegate": cast.wu.person}
    assert code(lambda: swap_delegate(cast.qin.act(), **swap)) == "groups.seat-has-ended"
    again = unit_seat(cast)
    Role.objects.filter(pk=again.role_id).update(ended_at=cast.moment)
    swap = {"seat": again, "delegate": cast.wu.person}
    assert code(lambda: swap_delegate(cast.qin.act(), **swap)) == "groups.has-ended"
    place = Place(Group.objects.get(pk=again.group_id), cast.role("captain"), person=cast.wu.person)
    assert fit_for_seat(place).code == "groups.role-is-full"


WRITERS = {
    ("keti/groups/actions/fitting.py", "create"),
    ("keti/groups/actions/seats.py", "swap_delegate"),
    ("keti/groups/actions/offices.py", "_move"),
    ("keti/groups/actions/merging.py", "move_seats"),
    ("keti/groups/actions/merging.py", "move_unit_seats"),
    ("keti/groups/actions/nominating.py", "decline_nomination"),
}
"""Who declines leaves the seat to the unit. The two of merging give nobody a seat that one of two
records of theirs did not hold: `move_seats` asks `fit_together`."""


def test_nothing_else_writes_who_holds_a_seat_or_acts_in_it():
    """A further writer asks `fit_for_seat` first and is named here."""
    found = set()
    for file, tree in trees():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                found |= {
                    (name(file), function.name) for node in ast.walk(function) if writes(node)
                }
    assert found == WRITERS


def writes(node: ast.AST) -> bool:
    """`Seat.objects.create(...)`, `seat.delegate = ...`, `.update(person=...)` on seats."""
    if isinstance(node, ast.Assign):
        written = [one for target in node.targets for one in ast.walk(target)]
        return any(isinstance(one, ast.Attribute) and one.attr == "delegate" for one in written)
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    about_seats = "Seat.objects" in ast.unparse(node.func)
    makes = node.func.attr in ("create", "bulk_create", "get_or_create", "update_or_create")
    swaps = {one.arg for one in node.keywords} & {"person", "delegate", "organisation"}
    return about_seats and (makes or (node.func.attr == "update" and bool(swaps)))
