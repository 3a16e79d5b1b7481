"""Signing in: with the password one set, with a code by mail, and where no mail leaves."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_person, open_account

pytestmark = pytest.mark.django_db
QIN = PersonFacts("秦秘书（演示）", mail="qin.signs@example.org")
WORDS = "qingjian-shizhong-2022"


@pytest.fixture
def secretary():
    user = open_account(enter_person(QIN), password=WORDS)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client: Client, password: str):
    facts = {"login": QIN.mail, "password": password}
    return client.post("/accounts/login/", facts, headers={"accept-language": "zh-hans"})


def test_somebody_signs_in_with_the_password_that_was_set(client, secretary):
    page = client.get("/accounts/login/").content.decode()
    assert 'name="password"' in page
    assert "没有设密码请留空" in page
    answer = sign_in(client, WORDS)
    assert (answer.status_code, answer.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(secretary.pk)
    assert mail.outbox == []


def test_a_wrong_password_is_refused_in_words(client, secretary):
    answer = sign_in(client, "another-password")
    assert answer.status_code == 200
    assert "您提供的邮箱和/或密码不正确" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_without_a_password_a_code_comes_by_mail(client, secretary):
    answer = sign_in(client, "")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/code/confirm/")
    assert [one.to for one in mail.outbox] == [[QIN.mail]]


def test_where_no_mail_leaves_the_page_says_so(client, secretary, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    answer = sign_in(client, "")
    assert answer.status_code == 503
    assert "发不出邮件" in answer.content.decode()
    assert "_auth_user_id" not in client.session
