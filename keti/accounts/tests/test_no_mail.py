"""Where mail is not set up the pages that need it say so, and no half-made account is left."""

import re

import allauth
import polib
import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext

from keti.accounts.models import User
from tests.house.sources import HOUSE

NEEDING = ["/accounts/signup/", "/accounts/password/reset/", "/accounts/login/code/"]
NEW = "new@example.org"
NO_WORDS = re.compile(r"%\(\w+\)s|\{\w+\}|\(回车\)\w+|<[^>]*>|https?://\S+")


@pytest.mark.parametrize("path", NEEDING)
@pytest.mark.django_db
def test_pages_that_need_mail_say_so_beforehand(client, settings, path):
    settings.KETI_MAIL = False
    for answer in (client.get(path), client.post(path, {"email": NEW})):
        assert answer.status_code == 503
        assert "没有设置发信" in answer.content.decode()
    assert "not set up" in client.get(path, headers={"accept-language": "en"}).content.decode()
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.django_db
def test_signing_in_says_that_no_code_comes(client, settings):
    assert "验证码会发到您的邮箱" in client.get("/accounts/login/").content.decode()
    settings.KETI_MAIL = False
    assert "只能用密码登录" in client.get("/accounts/login/").content.decode()
    answer = client.post("/accounts/login/", {"login": NEW, "password": ""})
    assert answer.status_code == 200
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_letter_that_could_not_be_sent_leaves_no_account(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    assert client.post("/accounts/signup/", {"email": NEW}).status_code == 503
    assert not User.objects.filter(email=NEW).exists()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert client.post("/accounts/signup/", {"email": NEW}).status_code == 302
    assert [one.to for one in mail.outbox] == [[NEW]]


@pytest.mark.django_db
def test_an_account_that_stood_before_stays(client, settings):
    User.objects.create_user(NEW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    client.post("/accounts/signup/", {"email": NEW})
    assert User.objects.filter(email=NEW).exists()


@pytest.mark.django_db
def test_letters_and_pages_carry_the_sites_own_name(client, settings):
    settings.KETI_NAME, settings.DEFAULT_FROM_EMAIL = "协会课题网", "keti@example.org"
    User.objects.create_user(NEW)
    client.post("/accounts/login/code/", {"email": NEW})
    (letter,) = mail.outbox
    assert "协会课题网" in letter.subject + letter.body
    assert letter.message()["From"].endswith("<keti@example.org>")
    assert "协会课题网" in client.get("/accounts/login/code/confirm/").content.decode()
    assert "验证码" in letter.subject + letter.body


def test_no_page_and_no_letter_says_code_otherwise(settings):
    """The library's Chinese as it is shown, and every text of the house."""
    known = f"{allauth.__path__[0]}/locale/zh_Hans/LC_MESSAGES/django.po"
    with translation.override("zh-hans"):
        shown = [gettext(one.msgid) for one in polib.pofile(known) if not one.obsolete]
    wrong = [one for one in shown if "代码" in one and "国家/地区" not in one]
    other = re.compile("电子邮件|[Ee]mail(?!_)|Hello|安全地忽略|感谢您使用|[账帐]号|帐户")
    wrong += [one for one in shown if other.search(NO_WORDS.sub("", one))]
    for file in (*HOUSE.rglob("*.html"), *HOUSE.rglob("*.py")):
        text = file.read_text() if "tests" not in file.parts else ""
        wrong += [
            f"{file} {words}" for words in ("登录" + "代码", "邮箱" + "代码") if words in text
        ]
    assert wrong == []
