"""A second factor: offered to everybody, asked of who manages, decides or judges."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from keti.__main__ import main
from keti.accounts.actions import reset_factor
from keti.accounts.models import User
from keti.accounts.queries import has_second_factor
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.site.doctor import examine
from keti.site.tests.doors import (
    CODE,
    CODE_CONFIRM,
    WORDS,
    account,
    code_in,
    enter,
    is_in,
    secretary,
)

pytestmark = pytest.mark.django_db
INDEX, TOTP, PASS = "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/authenticate/"
RECOVERY = "/accounts/2fa/recovery-codes/"


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some steps of half a minute away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def confirm(client: Client) -> None:
    """Who has a password gives it again before anything of the kind is changed."""
    client.post("/accounts/reauthenticate/", {"password": WORDS})


def set_up(client: Client) -> str:
    """Set up an app's code for who is signed in; gives its secret."""
    confirm(client)
    page = client.get(TOTP).content.decode()
    secret = re.search(r'id="authenticator_secret">(\w+)<', page).group(1)
    assert "<svg" in page
    assert 'src="data:' not in page
    answer = client.post(TOTP, {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def guarded():
    """The secretary with an app's code, signed out; and its secret."""
    secretary()
    client = Client()
    enter(client)
    secret = set_up(client)
    client.post("/accounts/logout/")
    return client, secret


def test_signing_in_takes_the_code_of_the_app_besides(guarded):
    client, secret = guarded
    enter(client)
    assert not is_in(client)
    assert client.post(PASS, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    client.post(PASS, {"code": code_of(secret, 1)})
    assert is_in(client)


def test_the_code_door_asks_for_it_too(guarded):
    client, secret = guarded
    client.post(CODE, {"email": User.objects.get().email})
    client.post(CODE_CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert not is_in(client)
    client.post(PASS, {"code": code_of(secret, 1)})
    assert is_in(client)


def test_a_code_is_taken_once(guarded):
    client, secret = guarded
    code = code_of(secret, 1)
    enter(client)
    client.post(PASS, {"code": code})
    other = Client()
    enter(other)
    other.post(PASS, {"code": code})
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_recovery_code_opens_once(guarded):
    client, secret = guarded
    enter(client)
    client.post(PASS, {"code": code_of(secret, 1)})
    confirm(client)
    client.post(f"{RECOVERY}generate/")
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    client.post("/accounts/logout/")
    for taken in (True, False):
        one = Client()
        enter(one)
        one.post(PASS, {"code": codes[0]})
        assert is_in(one) is taken


def test_the_secret_is_not_in_the_database_as_it_is(guarded):
    _client, secret = guarded
    assert secret not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_signed_in_by_mail_alone_one_may_set_it_up():
    account("plain@civil.example")
    client = Client()
    client.post(CODE, {"email": "plain@civil.example"})
    client.post(CODE_CONFIRM, {"code": code_in(mail.outbox[-1])})
    assert client.get(INDEX).status_code == 200
    set_up(client)
    assert Authenticator.objects.filter(type="totp").count() == 1


@pytest.mark.parametrize(
    ("who", "asked"), [("qin", 1), ("gao", 1), ("ren", 1), ("lu", 0), ("mao", 0)]
)
def test_who_manages_decides_or_judges_reads_a_banner_until_it_is_set_up(cast, who, asked):
    client = cast.players[who].client
    page = client.get("/p/cast/desk/").content.decode()
    assert ('id="unprotected"' in page) == bool(asked)
    me = client.get("/me/").content.decode()
    assert "两步验证" in me
    if asked:
        protect(cast.players[who].person)
        assert 'id="unprotected"' not in client.get("/p/cast/desk/").content.decode()


def protect(person) -> None:
    user = User.objects.get(person=person)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})


def test_nothing_is_asked_in_a_demo_or_play_folder(cast, settings):
    settings.KETI_SECOND_FACTOR = "required"
    for mode in ("demo", "play"):
        settings.KETI_MODE = mode
        page = cast.qin.client.get("/p/cast/desk/")
        assert page.status_code == 200
        assert 'id="unprotected"' not in page.content.decode()


def test_required_the_programme_opens_only_once_it_is_set_up(cast, settings):
    settings.KETI_SECOND_FACTOR = "required"
    for answer in (
        cast.qin.client.get("/p/cast/desk/"),
        cast.qin.client.post("/p/cast/duties/announce/", {"key": "k", "text": "x"}),
    ):
        assert (answer.status_code, answer.url) == (302, f"{INDEX}?needed=1")
    assert "本站要求先设置两步验证" in cast.qin.client.get(f"{INDEX}?needed=1").content.decode()
    assert cast.lu.client.get("/p/cast/desk/").status_code == 200
    protect(cast.qin.person)
    assert cast.qin.client.get("/p/cast/desk/").status_code == 200


def test_the_doctor_names_how_many_lack_it_and_blames_only_where_it_is_required(cast, settings):
    def told() -> tuple[str, str]:
        return next(one for one in examine() if one[0].startswith("second factor"))

    cast.qin.client.get("/me/")
    people = 5
    assert told() == (
        f"second factor ({people} of {people} who manage, decide or judge have none)",
        "",
    )
    protect(cast.qin.person)
    settings.KETI_SECOND_FACTOR = "required"
    assert told() == (
        "second factor",
        f"{people - 1} of {people} who manage, decide or judge have none",
    )


def test_a_lost_factor_is_reset_by_another_founder_with_a_reason_and_a_line(cast):
    cast.mao.client.get("/me/")
    protect(cast.mao.person)
    founder, act = cast.qin, cast.qin.act(key="r")
    for by, person, reason, code in (
        (cast.lu, cast.mao.person, "手机遗失", "accounts.founders-reset-factors"),
        (founder, founder.person, "手机遗失", "accounts.founders-reset-factors"),
        (founder, cast.mao.person, " ", "accounts.reset-needs-a-reason"),
        (founder, cast.lu.person, "手机遗失", "accounts.no-second-factor"),
    ):
        with pytest.raises(Refused) as refused:
            reset_factor(by.act(), person=person, reason=reason)
        assert refused.value.code == code
    reset_factor(act, person=cast.mao.person, reason="手机遗失")
    reset_factor(act, person=cast.mao.person, reason="手机遗失")
    assert has_second_factor(cast.mao.person) is False
    line = Entry.objects.get(kind="accounts.factor.reset")
    assert line.content["facts"] == {"reason": "手机遗失"}


def test_the_command_resets_it(cast, capsys, monkeypatch):
    monkeypatch.setattr("keti.commands.set_up", lambda folder: None)
    cast.mao.client.get("/me/")
    protect(cast.mao.person)
    told = ["reset-factor", "mao@example.org", "--as", "qin@example.org", "--reason", "手机遗失"]
    assert main(told) == 0
    assert "已重置毛研究员" in capsys.readouterr().out
    assert main(told) == 2
    assert main(["reset-factor", "no@example.org", *told[2:]]) == 2
    assert "没有邮箱为no@example.org的人员" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
@pytest.mark.parametrize("path", [INDEX, TOTP, "/accounts/2fa/webauthn/add/", RECOVERY])
def test_every_page_of_it_opens_in_both_languages(guarded, path, lang):
    client, secret = guarded
    enter(client)
    client.post(PASS, {"code": code_of(secret, 1)})
    confirm(client)
    if path == TOTP:
        Authenticator.objects.all().delete()
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == 200
