"""A personal way in: opening it uses nothing up, its button signs in once, and it ends in time."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from keti.accounts.actions import correct_person, open_account, secret_of, use_way_in
from keti.accounts.models import Person, User, WayIn, WayInMeans
from keti.accounts.queries import has_proved_address
from keti.groups.actions import (
    Place,
    appoint,
    end_seat,
    issue_way_in,
    revoke_way_in,
)
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.actions import readdress
from keti.notify.channels.smtp.packing import Parcel, packed
from keti.notify.models import Message
from keti.site.tests.doors import CODE_CONFIRM, code_in, is_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db
RACE = "import django; django.setup(); from keti.site.tests.pressing import main; main()"
LETTER, HAND = WayInMeans.LETTER, WayInMeans.HAND


@pytest.fixture
def mao(cast: Cast) -> Person:
    """A member who has an address on record and no account yet."""
    person = cast.mao.person
    return correct_person(person, {"mail": "mao.in@example.org"})


def issued(cast: Cast, means: WayInMeans = HAND) -> tuple[WayIn, str]:
    """A way in for that member, and its path."""
    cast.mao.seat.refresh_from_db()
    way = issue_way_in(cast.qin.act(), seat=cast.mao.seat, means=means)
    return way, f"/in/{secret_of(way)}/"


def press(client: Client, path: str, **more: str):
    """The button of the page."""
    return client.post(path, {"key": "k" * 26, **more})


def test_opening_it_uses_nothing_up_and_the_button_signs_in_once(cast: Cast, mao: Person):
    way, path = issued(cast)
    for ask in ("get", "head", "get"):
        page = getattr(Client(), ask)(path)
        assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "strict-origin")
    said = page.content.decode()
    assert all(words in said for words in (mao.name, cast.programme.title_zh, "按下面的按钮进入"))
    assert mao.mail not in said
    assert not User.objects.filter(person=mao).exists()
    client = Client()
    answer = press(client, path)
    assert (answer.status_code, answer.url) == (302, "/p/cast/desk/")
    assert client.get(answer.url).status_code == 200
    assert User.objects.get(person=mao).email == "mao.in@example.org"
    assert not has_proved_address(mao)
    inside = client.get(path).content.decode()
    assert "您已经登录" in inside
    other = Client()
    assert "已经用过" in other.get(path).content.decode()
    assert press(other, path).status_code == 410
    assert not is_in(other)
    lines = Entry.objects.filter(kind__startswith="accounts.wayin.").order_by("pk")
    assert [one.kind.rpartition(".")[2] for one in lines] == ["issued", "used"]
    assert lines[1].actor_id == mao.public_id
    secret = secret_of(way)
    assert not any(secret in str(one.content) + one.leaf for one in lines)
    assert secret not in way.token_hash and not WayIn.objects.filter(public_id=secret).exists()


def test_the_letter_carries_it_and_proves_the_address(cast: Cast, mao: Person):
    way, path = issued(cast, LETTER)
    message = Message.objects.get(kind="groups.way-in")
    assert secret_of(way) not in message.body + message.other_body
    assert cast.programme.title_zh in message.body
    assert press(client := Client(), path).status_code == 302
    assert is_in(client)
    assert has_proved_address(mao)
    with pytest.raises(Refused) as refused:
        issue_way_in(cast.qin.act(), seat=cast.mao.seat, means=HAND)
    assert refused.value.code == "groups.way-in-by-letter-only"


def test_the_letter_of_an_appointment_says_what_is_expected_first(cast: Cast, mao: Person):
    place = Place(cast.group("cell.blue"), cast.role("hand"), person=mao)
    appoint(cast.qin.act(), place=place)
    told = Message.objects.filter(kind="groups.appointed", recipient_id=mao.public_id).latest("pk")
    names = ("“测试课题”", "由测试委员会（演示）承担", "组员 · 蓝组")
    assert all(words in told.body for words in names)
    lead = Message.objects.get(kind="groups.appointed", recipient_id=cast.lu.person.public_id)
    assert "首先请办理" in lead.body and "First to be done" in lead.other_body
    way = WayIn.objects.get(public_id=told.way_in)
    assert (way.means, way.mail_key) == (LETTER, "mao.in@example.org")
    correct_person(mao, {"mail": "mao.new@example.org"})
    fresh = Person.objects.get(pk=mao.pk)
    readdress(fresh, programme=cast.programme, at=cast.moment)
    told.refresh_from_db()
    anew = WayIn.objects.get(public_id=told.way_in)
    assert (anew.pk != way.pk, anew.mail_key) == (True, "mao.new@example.org")


def ends_by(cast: Cast, what: str, way: WayIn) -> None:
    """One of the things that end a way in before it was used."""
    if what == "expired":
        WayIn.objects.update(expires_at=cast.moment)
    elif what == "revoked":
        revoke_way_in(cast.qin.act(), seat=cast.mao.seat, way_id=way.public_id)
    elif what == "seat":
        end_seat(cast.qin.act(), seat=cast.mao.seat, reason="调离")
    elif what == "corrected":
        correct_person(way.person, {"mail": "mao.other@example.org"})
    elif what == "merged":
        Person.objects.filter(pk=way.person_id).update(same_as=cast.wu.person)
    elif what == "newer":
        issued(cast)
    elif what == "proved":
        user = open_account(way.person)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.mark.parametrize(
    "what", ["expired", "revoked", "seat", "corrected", "merged", "newer", "proved"]
)
def test_it_ends(cast: Cast, mao: Person, what: str):
    way, path = issued(cast)
    ends_by(cast, what, way)
    client = Client()
    page = client.get(path)
    assert page.status_code == 200
    assert 'name="again"' in page.content.decode() or what in ("seat", "merged")
    assert press(client, path).status_code == 410
    assert not is_in(client)
    way.refresh_from_db()
    with pytest.raises(Refused):
        use_way_in(
            cast.mao.act(), way=way, user=User.objects.create_user("somebody.else@example.org")
        )
    assert way.used_at is None


def test_an_ended_one_is_asked_for_again_to_the_address_on_record(cast: Cast, mao: Person):
    _way, path = issued(cast)
    WayIn.objects.update(expires_at=cast.moment)
    client = Client()
    assert "mao.in@example.org" not in client.get(path).content.decode()
    answer = press(client, path, again="1")
    assert (answer.status_code, answer.url) == (302, f"{path}?sent=1")
    assert "已发往登记的邮箱" in client.get(answer.url).content.decode()
    fresh = WayIn.objects.latest("pk")
    assert (fresh.means, fresh.person) == (LETTER, mao)
    codes = [client.post(path, {"key": str(n) * 26, "again": "1"}).status_code for n in range(5)]
    assert codes[-1] == 422
    end_seat(cast.qin.act(), seat=cast.mao.seat, reason="调离")
    before = WayIn.objects.count()
    away = Client(REMOTE_ADDR="192.0.2.7")
    assert away.post(path, {"key": "z" * 26, "again": "1"}).status_code == 422
    assert WayIn.objects.count() == before


def test_somebody_else_who_is_signed_in_is_told_and_not_switched(cast: Cast, mao: Person):
    way, path = issued(cast)
    page = cast.lu.client.get(path).content.decode()
    assert "没有切换" in page and cast.lu.person.name in page
    assert press(cast.lu.client, path).status_code == 422
    way.refresh_from_db()
    assert way.used_at is None
    assert cast.lu.client.session["_auth_user_id"] == str(
        User.objects.get(person=cast.lu.person).pk
    )


def test_a_second_factor_is_still_asked_for_and_only_then_is_it_used(cast: Cast, mao: Person):
    user = open_account(mao, password="ein-langes-wort-2031")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    way, path = issued(cast)
    client = Client()
    answer = press(client, path)
    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/authenticate/")
    way.refresh_from_db()
    assert (is_in(client), way.used_at) == (False, None)


def test_who_has_no_address_is_asked_for_one_and_proves_it(cast: Cast):
    person = correct_person(cast.mao.person, {"mail": ""})
    way, path = issued(cast)
    client = Client()
    assert 'name="mail"' in client.get(path).content.decode()
    assert press(client, path).status_code == 422
    answer = press(client, path, mail="Mao.Own@Example.org")
    assert (answer.status_code, answer.url, is_in(client)) == (302, CODE_CONFIRM, False)
    way.refresh_from_db()
    assert way.used_at is None
    client.post(CODE_CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert is_in(client)
    person.refresh_from_db()
    assert (person.mail, has_proved_address(person)) == ("mao.own@example.org", True)


def test_an_address_that_is_somebody_elses_lets_nobody_in(cast: Cast):
    """Only after the code is it told: before it nobody learns whose address it is."""
    correct_person(cast.mao.person, {"mail": ""})
    way, path = issued(cast)
    client = Client()
    answer = press(client, path, mail=cast.qin.person.mail)
    assert answer.url == CODE_CONFIRM
    answer = client.post(CODE_CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert (answer.status_code, is_in(client)) == (422, False)
    assert "另一个人的登录" in answer.content.decode()
    way.refresh_from_db()
    assert way.used_at is None


def test_it_is_handed_over_only_where_nobody_else_rests_on_the_person(cast: Cast):
    with pytest.raises(Refused) as refused:
        issue_way_in(cast.qin.act(), seat=cast.qin.seat, means=HAND)
    assert refused.value.code == "groups.way-in-by-letter-only"
    with pytest.raises(Refused) as refused:
        issue_way_in(cast.lu.act(), seat=cast.mao.seat, means=HAND)
    assert refused.value.code == "groups.only-the-secretariat"


def test_without_mail_it_is_handed_over_and_no_letter_is_offered(cast: Cast, mao: Person, settings):
    settings.KETI_MAIL = False
    with pytest.raises(Refused) as refused:
        issue_way_in(cast.qin.act(), seat=cast.mao.seat, means=LETTER)
    assert refused.value.code == "groups.way-in-needs-mail"
    _way, path = issued(cast)
    assert press(client := Client(), path).status_code == 302
    assert is_in(client)
    WayIn.objects.update(used_at=cast.moment - timedelta(days=1))
    assert "重新发一个" not in Client().get(path).content.decode()


def test_the_office_looks_first_then_hands_over_and_ends(cast: Cast, mao: Person):
    seat = cast.mao.seat.public_id
    where = f"/p/cast/roster/seats/{seat}/way-in/"
    page = cast.qin.client.get(where).content.decode()
    assert "您的专用入口" in page and "只供您本人使用" in page
    handed = WayIn.objects.filter(means=HAND)
    assert not handed.exists()
    answer = cast.qin.client.post(where, {"key": "k" * 26, "means": "hand"})
    assert (answer.status_code, answer.url) == (302, f"/p/cast/roster/ways-in/#{seat}")
    way = handed.get()
    listed = cast.qin.client.get("/p/cast/roster/ways-in/").content.decode()
    assert secret_of(way) in listed and "<svg" in listed
    assert cast.lu.client.get("/p/cast/roster/ways-in/").status_code == 404
    sent = {"key": "e" * 26, "way": way.public_id}
    assert cast.qin.client.post(f"{where}end/", sent).status_code == 302
    assert secret_of(way) not in cast.qin.client.get("/p/cast/roster/ways-in/").content.decode()
    assert cast.qin.client.get("/p/cast/roster/ways-in/slips.pdf").status_code == 404


def test_many_at_once_by_the_list(cast: Cast, mao: Person):
    path = "/p/cast/lists/seats/several/way-hand/"
    page = cast.qin.client.get(path, {"all": "1"})
    going, refused = page.context["going"], page.context["refused"]
    assert len(going) > 5 and any("只能发到" in why for _name, why in refused)
    sent = {"key": "s" * 26, "rows": page.context["form"]["rows"].value()}
    for _twice in range(2):
        answer = cast.qin.client.post(path, sent)
        assert (answer.status_code, answer.url) == (302, "/p/cast/roster/ways-in/")
    assert WayIn.objects.filter(means=HAND).count() == len(going)
    letters = cast.qin.client.get(path.replace("way-hand", "way-letter"), {"all": "1"})
    assert [name for name in letters.context["going"] if "毛研究员" in name]


def test_mail_that_leaves_has_the_address_in_it(cast: Cast, mao: Person):
    way, path = issued(cast, LETTER)
    letter = Message.objects.get(kind="groups.way-in").deliveries.get(way="mail")
    parcel = packed(letter)
    assert isinstance(parcel, Parcel)
    text = said(parcel.data)
    assert path in text and "请勿转发" in text
    revoke_way_in(cast.qin.act(), seat=cast.mao.seat, way_id=way.public_id)
    assert path not in said(packed(letter).data)


def said(data: bytes) -> str:
    """The words of a letter as it is handed over."""
    return message_from_bytes(data).get_payload(decode=True).decode()


@pytest.mark.fault
def test_of_many_who_press_at_once_one_comes_in():
    """In a process of its own, on a database of its own of the kind the tests run on."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    done = subprocess.run(
        [sys.executable, "-c", RACE], env=environment, capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"answers": 6, "in": 1, "accounts": 1, "used": 1, "statuses": told["statuses"]}
    assert set(told["statuses"]) <= {302, 410, 422}
