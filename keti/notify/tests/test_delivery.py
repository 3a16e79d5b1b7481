"""Mail through a real server on this machine: each letter once, to its person alone."""

import smtplib
import socket
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from keti.kernel.acts import Text
from keti.notify import actions
from keti.notify.actions import TRIES, Letter, deliver_due, post
from keti.notify.enums import MessageState
from keti.notify.models import Message
from tests.cast import Cast, local

NOW = local("2030-04-02T10:00")


class Postman:
    """Keeps what arrives, with the envelope."""

    def __init__(self) -> None:
        self.kept: list[tuple[list[str], Any]] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.kept.append((list(envelope.rcpt_tos), message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def office(settings):
    """A mail server on a free local port, and an installation that sends to it."""
    postman = Postman()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(postman, hostname="127.0.0.1", port=port)
    server.start()
    settings.KETI_MODE = "normal"
    settings.KETI_URL = "https://keti.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 5
    settings.EMAIL_PORT = port
    yield postman
    server.stop()


def letters(cast: Cast, key: str = "k1", at: datetime = NOW) -> None:
    """The same letter to Lu, Mao and He."""
    letter = Letter("x.told", key, Text("请留意：月报"), Text("卢组长您好。"), "/p/cast/desk/")
    people = [cast.lu.person, cast.mao.person, cast.he.person]
    post(cast.programme, letter, to=people, at=at)


def subject(letter: Any) -> str:
    return str(make_header(decode_header(letter["Subject"])))


def states(key: str = "k1") -> list[str]:
    return list(Message.objects.filter(key=key).values_list("state", flat=True))


def test_each_letter_goes_out_once_and_to_one_address(cast, office):
    letters(cast)
    letters(cast)
    assert deliver_due(NOW, programme=cast.programme) >= 3
    assert deliver_due(NOW, programme=cast.programme) == 0
    arrived = [
        one for one in office.kept if "月报" in str(make_header(decode_header(one[1]["Subject"])))
    ]
    addresses = ["he@example.org", "lu@example.org", "mao@example.org"]
    assert sorted(to for envelope, _ in arrived for to in envelope) == addresses
    for envelope, letter in arrived:
        assert [letter["To"]] == envelope
        assert (letter["Cc"], letter["Bcc"]) == (None, None)
        others = set(addresses) - set(envelope)
        assert not any(one in letter.as_string() for one in others)
        assert "https://keti.example/p/cast/desk/" in letter.get_payload(decode=True).decode()
    assert len({letter["Message-ID"] for _, letter in arrived}) == 3
    assert states() == [MessageState.SENT] * 3


def test_a_server_that_is_down_is_tried_again_later(cast, office, settings):
    port = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    letters(cast)
    assert deliver_due(NOW, programme=cast.programme) == 0
    assert states() == [MessageState.WAITING] * 3
    settings.EMAIL_PORT = port
    assert deliver_due(NOW + timedelta(seconds=30), programme=cast.programme) == 0
    assert deliver_due(NOW + timedelta(minutes=2), programme=cast.programme) >= 3
    assert states() == [MessageState.SENT] * 3


def test_after_the_last_try_it_is_said_to_have_failed(cast, office, settings):
    settings.EMAIL_PORT = 1
    letters(cast)
    moment = NOW
    for _ in range(TRIES):
        deliver_due(moment, programme=cast.programme)
        moment += timedelta(days=1)
    assert states() == [MessageState.FAILED] * 3
    assert set(Message.objects.filter(key="k1").values_list("attempts", flat=True)) == {TRIES}
    assert deliver_due(moment, programme=cast.programme) == 0


@pytest.mark.fault
def test_a_crash_while_handing_over_is_never_sent_twice(cast, office, monkeypatch):
    """The power fails after the server took the letter and before we noted it."""

    class PowerCut(BaseException):
        """Not an error anything catches."""

    def cut(message: Message) -> str:
        handed = actions_hand_over(message)
        raise PowerCut(handed)

    actions_hand_over = actions._hand_over
    Message.objects.all().update(state=MessageState.SENT)
    letters(cast)
    monkeypatch.setattr(actions, "_hand_over", cut)
    with pytest.raises(PowerCut):
        deliver_due(NOW, programme=cast.programme)
    monkeypatch.undo()
    assert states() == [MessageState.UNCERTAIN, MessageState.WAITING, MessageState.WAITING]
    assert deliver_due(NOW + timedelta(days=1), programme=cast.programme) == 2
    assert states() == [MessageState.UNCERTAIN, MessageState.SENT, MessageState.SENT]
    assert len(office.kept) == 3


def test_a_refused_address_does_not_stop_the_others(cast, office, monkeypatch):
    def refuse(self: Any, recipient: str, options: Any = ()) -> tuple[int, bytes]:
        return (
            (550, b"no such person")
            if recipient.startswith("mao")
            else real(self, recipient, options)
        )

    real = smtplib.SMTP.rcpt
    Message.objects.all().update(state=MessageState.SENT)
    letters(cast)
    monkeypatch.setattr(smtplib.SMTP, "rcpt", refuse)
    assert deliver_due(NOW, programme=cast.programme) == 2
    waiting = Message.objects.get(state=MessageState.WAITING)
    assert waiting.recipient_label == cast.mao.person.name
    assert "550" in waiting.error


@pytest.mark.parametrize("mode", ["demo", "play"])
def test_in_demo_and_play_nothing_leaves_the_house(cast, office, settings, mode):
    settings.KETI_MODE = mode
    letters(cast)
    assert deliver_due(NOW, programme=cast.programme) >= 3
    assert states() == [MessageState.SENT] * 3
    assert office.kept == []


def test_who_has_no_address_is_told_by_other_means(cast, office):
    person = cast.hua.person
    person.mail = ""
    person.save()
    letter = Letter("x.told", "k2", Text("请留意"), Text("正文"))
    post(cast.programme, letter, to=[person], at=NOW)
    assert states("k2") == [MessageState.NO_ADDRESS]
    deliver_due(NOW, programme=cast.programme)
    assert states("k2") == [MessageState.NO_ADDRESS]
