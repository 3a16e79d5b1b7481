"""Where one is signed in is listed and ended; a mailbox that is handed over lets nobody in."""

import pytest
from django.test import Client

from keti.accounts.models import Person, SignedIn, User, WayIn
from keti.accounts.rules import device_words
from keti.ledger.models import Entry
from keti.site.tests.doors import LOGIN, WORDS, account
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.49"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def mao(cast: Cast) -> Person:
    """A member with a password, who has proved the address."""
    account(cast.mao.person.mail, person=cast.mao.person)
    return cast.mao.person


def came_in(person: Person, agent: str) -> Client:
    client = Client(headers={"user-agent": agent, "accept-language": "zh-hans"})
    answer = client.post(LOGIN, {"login": person.mail, "password": WORDS})
    assert answer.status_code == 302
    return client


def inside(client: Client) -> bool:
    return client.get("/me/").status_code == 200


def test_devices_are_listed_in_words_and_one_or_all_others_end(cast: Cast, mao: Person):
    phone, desk, third = (came_in(mao, agent) for agent in (PHONE, DESK, DESK))
    page = desk.get("/me/").content.decode()
    assert "iPhone上的微信" in page and page.count("Windows 电脑上的Edge") == 2
    assert page.index("这台设备") < page.index("iPhone上的微信")
    row = SignedIn.objects.get(agent=PHONE)
    desk.post("/me/sessions/end/", {"key": "a" * 26, "which": row.public_id})
    assert [inside(one) for one in (phone, desk, third)] == [False, True, True]
    unlisted = Client()
    unlisted.force_login(
        User.objects.get(person=mao), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    desk.post("/me/sessions/end/", {"key": "b" * 26})
    assert [inside(one) for one in (desk, third, unlisted)] == [True, False, False]
    assert "这台设备" in desk.get("/me/").content.decode()
    assert Entry.objects.filter(kind="accounts.sessions.ended").count() == 2
    other = cast.lu.client
    mine = SignedIn.objects.get(user__person=mao)
    other.post("/me/sessions/end/", {"key": "c" * 26, "which": mine.public_id})
    assert inside(desk)


def test_after_a_change_of_password_all_others_end(cast: Cast, mao: Person):
    phone, desk = came_in(mao, PHONE), came_in(mao, DESK)
    new = "anders-geschrieben-2032"
    sent = {"oldpassword": WORDS, "password1": new, "password2": new}
    assert desk.post("/accounts/password/change/", sent).status_code == 302
    assert (inside(phone), inside(desk)) == (False, True)
    assert "这台设备" in desk.get("/me/").content.decode()


def test_who_gives_the_mailbox_up_is_out_everywhere_and_keeps_the_seat(cast: Cast, mao: Person):
    phone, desk = came_in(mao, PHONE), came_in(mao, DESK)
    answer = desk.post("/me/mailbox/", {"key": "d" * 26})
    assert (answer.status_code, answer.url) == (302, "/")
    assert (inside(phone), inside(desk)) == (False, False)
    mao.refresh_from_db()
    assert (mao.mail, User.objects.filter(person=mao).exists()) == ("", False)
    assert not WayIn.objects.filter(person=mao, used_at=None, revoked_at=None).exists()
    cast.mao.seat.refresh_from_db()
    assert cast.mao.seat.ends_at is None


def test_the_office_hands_a_mailbox_over_with_a_reason(cast: Cast, mao: Person):
    phone = came_in(mao, PHONE)
    heir = cast.mi.person
    Person.objects.filter(pk=heir.pk).update(mail="", mail_key="")
    where = f"/p/cast/people/{mao.public_id}/mailbox/"
    facts = {"key": "e" * 26, "to": heir.public_id}
    assert cast.qin.client.post(where, facts).status_code == 200
    assert inside(phone)
    done = cast.qin.client.post(where, facts | {"reason": "离职，由米研究员接管。"})
    assert done.status_code == 302
    assert not inside(phone)
    heir.refresh_from_db()
    assert heir.mail == "mao@example.org"
    line = Entry.objects.get(kind="accounts.mailbox.handed-over")
    assert line.content["facts"]["to"] == heir.label
    assert cast.lu.client.get(where).status_code == 404
    founder = f"/p/cast/people/{cast.qin.person.public_id}/mailbox/"
    told = cast.qin.client.post(founder, {"key": "f" * 26, "reason": "试"})
    assert (told.status_code, "有权创建课题" in told.content.decode()) == (422, True)


def test_devices_are_named_by_what_browsers_say():
    assert [one.zh for one in device_words("")] == ["其他设备", "浏览器"]
    assert [one.in_("en") for one in device_words(PHONE)] == ["iPhone", "WeChat"]
