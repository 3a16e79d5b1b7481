"""A unit keeps who works in its seat beside its delegate: its own people, so many and no more."""

import pytest
from django.urls import reverse

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import Person
from keti.groups.actions import TEAM, name_colleague, swap_delegate
from keti.groups.models import Colleague
from keti.groups.queries import colleagues
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from tests.cast import Cast, Player

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(cast: Cast) -> Player:
    """Fang holds the overall lead's seat for a unit, as its delegate."""
    seat = cast.fang.seat
    seat.organisation, seat.person = enter_organisation("方舟研究院（演示）"), None
    seat.delegate = cast.fang.person
    seat.save()
    Person.objects.filter(pk=cast.fang.person.pk).update(unit=seat.organisation)
    return Player(
        cast.fang.person, type(seat).objects.with_names().get(pk=seat.pk), cast.fang.moment
    )


def page(cast: Cast) -> str:
    return reverse("site:own_unit", args=[cast.programme.slug])


def post(cast: Cast, player: Player, name: str, mail: str, key: str = "k1"):
    return player.client.post(page(cast), {"key": key, "name": name, "mail": mail})


def test_the_delegate_adds_somebody_of_the_unit_who_then_works_in_the_seat(
    cast: Cast, unit: Player
) -> None:
    assert post(cast, unit, "于助理（演示）", "yu@example.org").status_code == 302
    made = colleagues(unit.seat).get()
    assert (made.person.name, made.person.unit) == ("于助理（演示）", unit.seat.organisation)
    line = Entry.objects.get(kind="groups.colleague.named")
    assert line.actor_id == unit.person.public_id
    told = Message.objects.get(kind="groups.colleague")
    assert told.recipient_id == made.person.public_id
    assert post(cast, unit, "于助理（演示）", "yu@example.org").status_code == 302
    assert colleagues(unit.seat).count() == 1
    shown = unit.client.get(page(cast)).content.decode()
    assert "1 位，最多 10 位" in shown and "由秘书处更换" in shown


def test_the_delegate_lets_them_go_and_a_colleague_neither_adds_nor_ends_another(
    cast: Cast, unit: Player
) -> None:
    unit_of = unit.seat.organisation
    yu, wei = (
        enter_person(PersonFacts(name, mail=mail, unit=unit_of))
        for name, mail in (("于助理", "yu@example.org"), ("魏助理", "wei@example.org"))
    )
    first, second = (
        name_colleague(cast.qin.act(key=one.mail), seat=unit.seat, person=one) for one in (yu, wei)
    )
    helper = Player(yu, unit.seat, unit.moment)
    assert post(cast, helper, "别人", "other@example.org").status_code == 422
    url = reverse("site:leave_own_unit", args=[cast.programme.slug, second.public_id])
    helper.client.post(url, {"key": "k2"})
    assert colleagues(unit.seat).count() == 2
    assert "不再经办" in helper.client.get(page(cast)).content.decode()
    assert unit.client.post(url, {"key": "k3"}).status_code == 302
    assert list(colleagues(unit.seat)) == [first]


def test_nobody_on_record_is_given_an_address_or_taken_for_another(
    cast: Cast, unit: Player
) -> None:
    silent = enter_person(PersonFacts("无邮箱（演示）", unit=unit.seat.organisation))
    said = post(cast, unit, silent.name, "mine@example.org")
    assert said.status_code == 422 and "请由秘书处登记" in said.content.decode()
    assert "mine@example.org" in said.content.decode()
    silent.refresh_from_db()
    assert silent.mail == ""
    mail = cast.mao.person.mail
    taken = post(cast, unit, "冒名", mail, key="k2")
    assert mail and taken.status_code == 422
    assert cast.mao.person.name not in taken.content.decode()
    assert not Colleague.objects.filter(seat=unit.seat, person=silent).exists()


def test_a_team_has_a_limit(cast: Cast, unit: Player) -> None:
    for number in range(TEAM):
        person = enter_person(PersonFacts(f"经办{number}", unit=unit.seat.organisation))
        name_colleague(cast.qin.act(key=f"c{number}"), seat=unit.seat, person=person)
    said = post(cast, unit, "第十一人", "eleven@example.org")
    assert said.status_code == 422 and "已有 10 位经办人" in said.content.decode()
    assert colleagues(unit.seat).count() == TEAM
    assert not Person.objects.filter(name="第十一人").exists()


def test_who_holds_a_seat_in_person_has_no_team_and_a_former_delegate_keeps_none(
    cast: Cast, unit: Player
) -> None:
    assert cast.mao.client.get(page(cast)).status_code == 404
    assert "/own-unit/" in unit.client.get(reverse("site:desk", args=["cast"])).content.decode()
    successor = enter_person(PersonFacts("接任（演示）", unit=unit.seat.organisation))
    swap_delegate(cast.qin.act(), seat=unit.seat, delegate=successor)
    with pytest.raises(Refused):
        person = enter_person(PersonFacts("于助理", unit=unit.seat.organisation))
        name_colleague(unit.act(), seat=unit.seat, person=person)
    assert unit.client.get(page(cast)).status_code == 404
