"""The outbox: written once for each key, delivered once, failures seen."""

from datetime import timedelta

import pytest
from django.core import mail

from keti.accounts.models import Person
from keti.kernel.acts import Text
from keti.notify.actions import TRIES, Letter, deliver_due, post
from keti.notify.enums import MessageState
from keti.notify.models import Message
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def letter(key: str = "k") -> Letter:
    return Letter("test.letter", key, Text("题目", "Subject"), Text("正文", "Body"), "/p/cast/")


@pytest.fixture
def empty(cast: Cast) -> Cast:
    Message.objects.all().delete()
    return cast


def test_the_same_letter_is_written_once(empty: Cast) -> None:
    people = [empty.lu.person, empty.lu.person, empty.mao.person]
    assert len(post(empty.programme, letter(), to=people, at=empty.moment)) == 2
    assert post(empty.programme, letter(), to=people, at=empty.moment) == []
    assert len(post(empty.programme, letter("other"), to=people, at=empty.moment)) == 2


def test_each_reads_it_in_their_language(empty: Cast) -> None:
    empty.lu.person.language = "en"
    (message,) = post(empty.programme, letter(), to=[empty.lu.person], at=empty.moment)
    assert (message.subject, message.body) == ("Subject", "Body")


def test_a_person_without_mail_is_told_otherwise(empty: Cast) -> None:
    silent = Person.objects.create(name="无邮箱（演示）")
    (message,) = post(empty.programme, letter(), to=[silent], at=empty.moment)
    assert message.state == MessageState.NO_ADDRESS
    assert deliver_due(empty.moment) == 0


def test_delivery_happens_once(empty: Cast, settings) -> None:
    settings.KETI_MODE = "normal"
    post(empty.programme, letter(), to=[empty.lu.person], at=empty.moment)
    assert deliver_due(empty.moment - timedelta(seconds=1)) == 0
    assert deliver_due(empty.moment) == 1
    assert deliver_due(empty.moment) == 0
    (sent,) = mail.outbox
    assert sent.to == ["lu@example.org"]
    assert "/p/cast/" in sent.body


def test_a_failure_waits_and_at_last_says_so(empty: Cast, settings, monkeypatch) -> None:
    settings.KETI_MODE = "normal"
    post(empty.programme, letter(), to=[empty.lu.person], at=empty.moment)

    def refuse(self, fail_silently: bool = False) -> int:
        raise OSError("connection refused")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    now = empty.moment
    for _ in range(TRIES):
        assert deliver_due(now) == 0
        now += timedelta(days=1)
    message = Message.objects.get()
    assert (message.state, message.attempts) == (MessageState.FAILED, TRIES)
    assert message.error == "connection refused"


def test_a_demo_sends_nothing_out(empty: Cast, settings) -> None:
    settings.KETI_MODE = "demo"
    post(empty.programme, letter(), to=[empty.lu.person], at=empty.moment)
    assert deliver_due(empty.moment) == 1
    assert mail.outbox == []
