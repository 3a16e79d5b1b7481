"""People and units come into being once, with or without a mail address."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from keti.accounts.actions import (
    PersonFacts,
    enter_organisation,
    enter_person,
    hashed,
    make_duty_link,
    open_account,
    register_founder,
    use_duty_link,
)
from keti.accounts.models import Organisation, Person, User
from keti.accounts.queries import by_mail, has_founder, link_by_hash, person_of
from keti.kernel.refusals import Refused
from tests.cast import local

pytestmark = pytest.mark.django_db
MAO = PersonFacts("毛研究员（演示）", mail="Mao@Example.org", is_demo=True)


def test_a_person_is_known_by_their_mail_whatever_its_case():
    first = enter_person(MAO)
    again = enter_person(PersonFacts("毛研究员（演示）", mail="mao@example.ORG"))
    assert (first.pk, first.mail) == (again.pk, "mao@example.org")
    assert by_mail("MAO@example.org") == first
    assert by_mail("") is None


def test_without_mail_a_person_is_known_by_name_and_unit():
    unit = enter_organisation("毛氏研究所（演示）")
    one = enter_person(PersonFacts("毛研究员（演示）", unit=unit))
    assert enter_person(PersonFacts("毛研究员（演示）", unit=unit)) == one
    assert enter_person(PersonFacts("毛研究员（演示）")) != one


@pytest.mark.usefixtures("empty_house")
def test_a_name_is_needed():
    with pytest.raises(Refused) as refused:
        enter_person(PersonFacts("  "))
    assert refused.value.code == "accounts.person-needs-a-name"
    with pytest.raises(Refused) as refused:
        enter_organisation(" ")
    assert refused.value.code == "accounts.unit-needs-a-name"
    assert (Person.objects.count(), Organisation.objects.count()) == (0, 0)


def test_a_unit_is_entered_once():
    unit = enter_organisation(" 毛氏研究所（演示） ")
    assert enter_organisation("毛氏研究所（演示）", name_en="Mao institute") == unit
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name_zh=unit.name_zh)


def test_two_people_cannot_share_a_mail_address_but_may_share_none():
    enter_person(MAO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(name="他人", mail="mao@example.org")
    Person.objects.create(name="甲")
    Person.objects.create(name="乙")
    assert Person.objects.filter(mail="").count() == 2


def test_an_account_is_opened_once_and_needs_an_address():
    mao = enter_person(MAO)
    user = open_account(mao)
    assert open_account(mao) == user
    assert user.has_usable_password() is False
    assert person_of(user) == mao
    with pytest.raises(Refused) as refused:
        open_account(enter_person(PersonFacts("纪监控（演示）")))
    assert refused.value.code == "accounts.no-mail"
    assert User.objects.count() == 1


@pytest.mark.usefixtures("empty_house")
def test_a_founder_may_found_and_others_may_not():
    assert has_founder() is False
    qin = register_founder(
        PersonFacts("秦秘书（演示）", mail="qin@example.org"), password="a long one"
    )
    assert has_founder() is True
    assert qin.may_found is True
    assert User.objects.get(person=qin).check_password("a long one") is True
    assert enter_person(MAO).may_found is False


def test_only_the_hash_of_a_personal_link_is_kept():
    mao = enter_person(MAO)
    now = local("2030-04-02T10:00")
    link, token = make_duty_link(
        person=mao, obligation_id="o", seat_id="s", at=now, expires_at=now + timedelta(days=7)
    )
    assert token not in str(vars(link))
    assert link_by_hash(hashed(token)) == link
    assert link_by_hash(token) is None


def test_a_link_lives_until_it_expires_or_is_revoked():
    now = local("2030-04-02T10:00")
    link, _ = make_duty_link(
        person=enter_person(MAO), obligation_id="o", seat_id="s", at=now, expires_at=now
    )
    assert link.is_live(now - timedelta(milliseconds=1)) is True
    assert link.is_live(now) is False
    use_duty_link(link, now)
    link.refresh_from_db()
    assert link.used_at == now
    link.revoked_at = now - timedelta(days=1)
    assert link.is_live(now - timedelta(hours=1)) is False
