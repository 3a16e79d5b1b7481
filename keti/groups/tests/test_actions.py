"""Appointing, ending, swapping: what is refused, what the database refuses."""

import pytest
from django.db import IntegrityError, transaction

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import Person
from keti.groups.actions import Place, appoint, end_seat, found_groups, swap_delegate
from keti.groups.models import Seat
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def newcomer() -> Person:
    return enter_person(PersonFacts("新成员（演示）", mail="new@example.org", is_demo=True))


def place(cast: Cast, group: str, role: str, **holder: object) -> Place:
    return Place(group=cast.group(group), role=cast.role(role), **holder)


def code(do) -> str:
    with pytest.raises(Refused) as caught:
        do()
    return caught.value.code


def test_an_appointment_is_recorded_and_told(cast: Cast) -> None:
    who = newcomer()
    seat = appoint(cast.qin.act(), place=place(cast, "cell.red", "hand", person=who))
    entry = Entry.objects.filter(kind="groups.seat.appointed").latest("seq")
    assert entry.subject_id == seat.public_id
    assert Message.objects.filter(recipient_id=who.public_id).count() == 1


@pytest.mark.parametrize("who", ["lu", "he", "ji"])
def test_nobody_else_appoints(cast: Cast, who: str) -> None:
    act = getattr(cast, who).act()
    wanted = place(cast, "cell.red", "hand", person=newcomer())
    assert code(lambda: appoint(act, place=wanted)) == "groups.only-the-secretariat"


def test_what_an_appointment_refuses(cast: Cast) -> None:
    act, who = cast.qin.act(), newcomer()
    unit = enter_organisation("某所（演示）")

    def refusal(group: str, role: str, **holder: object) -> str:
        return code(lambda: appoint(act, place=place(cast, group, role, **holder)))

    assert refusal("cell.red", "hand") == "groups.seat-needs-a-holder"
    assert refusal("cell.red", "hand", person=who, organisation=unit) == (
        "groups.seat-needs-a-holder"
    )
    assert refusal("cell.red", "hand", person=who, delegate=who) == (
        "groups.only-units-have-delegates"
    )
    assert refusal("core", "hand", person=who) == "groups.role-belongs-elsewhere"
    assert refusal("cell.red", "captain", person=who) == "groups.role-is-full"
    assert refusal("cell.red", "hand", person=cast.mao.person) == "groups.already-holds-it"
    assert refusal("cell.red", "hand", person=cast.ji.person) == ("groups.roles-exclude-each-other")


def test_the_database_keeps_one_holder_where_the_charter_says_one(cast: Cast) -> None:
    held = cast.lu.seat
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            programme=cast.programme,
            group=held.group,
            role=held.role,
            person=newcomer(),
            starts_at=cast.moment,
            sole=True,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=held.pk).update(person=None)


def test_ending_a_seat_keeps_its_history(cast: Cast) -> None:
    assert code(lambda: end_seat(cast.lu.act(), seat=cast.mao.seat, reason="x")) == (
        "groups.only-the-secretariat"
    )
    act = cast.qin.act(key="e")
    seat = end_seat(act, seat=cast.mao.seat, reason="调离")
    assert seat.ends_at == act.recorded_at
    assert end_seat(act, seat=cast.mao.seat, reason="调离").ends_at == act.recorded_at
    assert Entry.objects.filter(kind="groups.seat.ended").count() == 1


def test_only_units_have_delegates(cast: Cast) -> None:
    who = newcomer()
    assert code(lambda: swap_delegate(cast.qin.act(), seat=cast.lu.seat, delegate=who)) == (
        "groups.only-units-have-delegates"
    )
    assert swap_delegate(cast.qin.act(), seat=cast.qin.seat, delegate=who).acting_person == who


def test_founding_is_for_the_secretariat(cast: Cast) -> None:
    assert code(lambda: found_groups(cast.lu.act(), programme=cast.programme)) == (
        "groups.only-the-secretariat"
    )
    founded = found_groups(cast.qin.act(), programme=cast.programme)
    assert {group.founded_at for group in founded} == {cast.qin.moment}
