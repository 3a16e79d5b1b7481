"""The outbox: written once for each key, delivered once, failures seen."""

import pytest
from django.core import mail

from keti.accounts.models import Person
from keti.kernel.acts import Text
from keti.notify.actions import Letter, deliver_due, post
from keti.notify.enums import DeliveryState
from keti.notify.models import Message
from keti.notify.tests.conftest import mail_of
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
    assert mail_of(message).state == DeliveryState.NO_ADDRESS
    assert deliver_due(empty.moment) == 0


def test_a_demo_sends_nothing_out(empty: Cast, settings) -> None:
    settings.KETI_MODE = "demo"
    post(empty.programme, letter(), to=[empty.lu.person], at=empty.moment)
    assert deliver_due(empty.moment) == 1
    assert mail.outbox == []


def test_a_subject_is_one_line(empty: Cast) -> None:
    """Whatever a title of old brought into it."""
    said = Letter("x", "y", Text("题\r\nBcc: x@example.org\u2028目\x00"), Text("正文"))
    (message,) = post(empty.programme, said, to=[empty.lu.person], at=empty.moment)
    assert message.subject == "题 Bcc: x@example.org 目"
