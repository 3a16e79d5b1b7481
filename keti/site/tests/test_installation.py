"""The page of the installation: what is not set up comes first; more than one keeps it."""

import pytest
from django.core import mail
from django.urls import reverse

from keti.accounts.actions import PersonFacts, drop_founder, name_founder
from keti.accounts.models import Person
from keti.intake.tests.test_applications import refused
from keti.ledger.models import Entry
from tests.cast import Cast, Player

pytestmark = pytest.mark.django_db
PAGE = "/installation/"


def test_what_is_not_set_up_comes_first_and_only_for_founders(cast: Cast, settings) -> None:
    settings.KETI_URL, settings.KETI_NAME = "http://127.0.0.1:8000", "甲协会课题平台"
    settings.KETI_MAIL = False
    page = cast.qin.client.get(PAGE).content.decode()
    for words in ("只有这台机器能打开", "验证码、任职告知和提醒都发不出去", "还没有备份"):
        assert words in page
    assert page.index("公开网址") < page.index("甲协会课题平台</p>")
    assert "用手机扫一扫" not in page
    settings.KETI_URL = "https://keti.example"
    assert "用手机扫一扫" in cast.qin.client.get(PAGE).content.decode()
    for stranger in (cast.lu, cast.gao, cast.wu):
        assert stranger.client.get(PAGE).status_code == 404
        assert stranger.client.post(reverse("site:test_letter"), {"key": "k"}).status_code == 404
    assert PAGE in cast.qin.client.get("/me/").content.decode()
    assert PAGE not in cast.lu.client.get("/me/").content.decode()


def test_a_letter_to_oneself_says_how_it_went(cast: Cast, settings) -> None:
    where = reverse("site:test_letter")
    settings.KETI_MAIL = False
    assert cast.qin.client.post(where, {"key": "k"}).status_code == 404
    settings.KETI_MAIL = True
    shown = cast.qin.client.post(where, {"key": "k"}, follow=True).content.decode()
    assert "已交给邮件服务器" in shown
    assert [one.to for one in mail.outbox] == [["qin@example.org"]]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    shown = cast.qin.client.post(where, {"key": "k2"}, follow=True).content.decode()
    assert "连不上邮件服务器" in shown
    assert "Errno" not in shown


def test_more_than_one_keeps_the_installation_and_never_nobody(cast: Cast) -> None:
    form = {"key": "k", "name": "新管理（演示）", "mail": "xin@example.org"}
    assert cast.lu.client.post(reverse("site:add_founder"), form).status_code == 404
    only = reverse("site:end_founder", args=[cast.qin.person.public_id])
    last = cast.qin.client.post(only, {"key": "l"})
    assert (last.status_code, "最后一位" in last.content.decode()) == (422, True)
    assert cast.qin.client.post(reverse("site:add_founder"), form).status_code == 302
    assert cast.qin.client.post(reverse("site:add_founder"), form).status_code == 302
    person = Person.objects.get(mail="xin@example.org")
    xin = Player(person, None, cast.moment)
    assert xin.client.get(PAGE).status_code == 200
    assert xin.client.post(only, {"key": "m"}).status_code == 302
    assert cast.qin.client.get(PAGE).status_code == 404
    kinds = Entry.objects.filter(kind__startswith="accounts.founder.").order_by("seq")
    told = list(kinds.values_list("kind", flat=True))
    assert told == ["accounts.founder.named", "accounts.founder.ended"]
    act, facts = cast.qin.act(), PersonFacts("甲", mail="jia@example.org")
    assert refused(lambda: name_founder(act, facts=facts)).code == "accounts.only-founders"
    assert refused(lambda: drop_founder(act, person=person)).code == "accounts.only-founders"
    bare = PersonFacts("甲")
    mine = xin.act()
    assert refused(lambda: name_founder(mine, facts=bare)).code == "accounts.founder-needs-mail"
