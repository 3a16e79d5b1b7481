"""A stranger at the doors: no look-alike reaches another's account, nothing is bound unproved."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person, join_person
from keti.accounts.models import Person, User
from keti.accounts.queries import by_mail
from keti.accounts.tests.test_keys import FOLDED, KIM, OTHER, SAME
from keti.groups.actions import Place, appoint
from keti.site.tests.doors import CODE, CONFIRM, LOGIN, RESET, SIGN_UP, code_in

pytestmark = pytest.mark.django_db
DOORS = [(SIGN_UP, "email"), (CODE, "email"), (LOGIN, "login"), (RESET, "email")]


@pytest.fixture
def monitor(cast):
    """Somebody seated by mail who has never signed in."""
    unit = enter_organisation("民政所（演示）")
    kim = enter_person(PersonFacts("金监控（演示）", mail=KIM, unit=unit))
    place = Place(group=cast.group("core"), role=cast.role("watcher"), person=kim)
    appoint(cast.qin.act(), place=place)
    return kim


def sign_up(client: Client, address: str, *, confirm: bool = True):
    answer = client.post(SIGN_UP, {"email": address})
    if confirm and mail.outbox:
        answer = client.post(CONFIRM, {"code": code_in(mail.outbox[-1])})
    return answer


@pytest.mark.parametrize("address", OTHER)
def test_a_look_alike_is_nobody_known_and_sees_nothing(client, monitor, cast, address):
    sign_up(client, address)
    assert client.get(f"/p/{cast.programme.slug}/ledger/").status_code in (302, 404)
    assert not User.objects.filter(person=monitor).exists()
    assert [one.to for one in mail.outbox if KIM in one.to] == []


@pytest.mark.parametrize("address", FOLDED)
@pytest.mark.parametrize(("door", "field"), DOORS)
def test_a_folding_sign_is_refused_in_words_at_every_door(client, monitor, door, field, address):
    answer = client.post(door, {field: address}, headers={"accept-language": "zh-hans"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "请用半角英文字母重新输入" in page or "有效的" in page
    assert mail.outbox == []
    assert User.objects.count() == 0


@pytest.mark.parametrize("address", SAME)
@pytest.mark.parametrize(("door", "field"), DOORS)
def test_every_writing_of_ones_own_address_reaches_ones_own_box(
    client, monitor, door, field, address
):
    account = User.objects.create_user(KIM)
    EmailAddress.objects.create(user=account, email=KIM, verified=True, primary=True)
    client.post(door, {field: address})
    assert [one.to for one in mail.outbox] == [[KIM]]
    assert User.objects.count() == 1


def test_an_unproved_address_makes_nobody(client, monitor):
    before = Person.objects.count()
    sign_up(client, "new@civil.example", confirm=False)
    sign_up(Client(), KIM, confirm=False)
    assert Person.objects.count() == before
    assert set(User.objects.values_list("person", flat=True)) == {None}
    unproved = User.objects.get(email=KIM)
    assert join_person(unproved) is None


def test_whoever_proves_the_address_is_the_person_of_that_address(client, monitor, cast):
    sign_up(client, SAME[0])
    assert User.objects.get().person == monitor
    assert client.get("/me/").status_code == 200
    assert "金监控" in client.get("/me/").content.decode()
    assert client.get(f"/p/{cast.programme.slug}/ledger/").status_code == 200


def test_a_proved_address_of_nobody_makes_a_person_named_after_it(client):
    sign_up(client, "Zhang.Jianguo@Civil.example")
    person = User.objects.get().person
    assert (person.name, person.named_by, person.unit) == ("zhang.jianguo", "address", None)


def test_what_the_office_enters_wins_over_a_name_taken_from_the_address(client):
    sign_up(client, "zhang.jianguo@civil.example")
    unit = enter_organisation("甲研究院（演示）")
    facts = PersonFacts("张建国（演示）", mail="zhang.jianguo@civil.example", unit=unit)
    entered = enter_person(facts)
    assert entered == User.objects.get().person == by_mail("zhang.jianguo@civil.example")
    assert (entered.name, entered.unit, entered.named_by) == ("张建国（演示）", unit, "office")


def test_a_person_with_an_account_is_never_given_to_another(monitor):
    first = User.objects.create_user("first@civil.example", person=monitor)
    second = User.objects.create_user(KIM)
    EmailAddress.objects.create(user=second, email=KIM, verified=True, primary=True)
    assert join_person(second) is None
    assert User.objects.get(person=monitor) == first


def test_a_name_longer_than_its_column_is_told_on_either_database(client):
    answer = client.post(SIGN_UP, {"email": "x" * 81 + "@civil.example"})
    assert answer.status_code == 200
    assert User.objects.count() == 0
    longest = "x" * 64 + "@civil.example"
    sign_up(client, longest)
    assert User.objects.get().person.name == "x" * 64
