"""A mail server and letters for it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db.models import QuerySet

from keti.accounts.actions import PersonFacts, enter_person
from keti.kernel.acts import Text
from keti.notify.actions import Letter, post
from keti.notify.enums import DeliveryState, Way
from keti.notify.models import Delivery, Message
from tests.cast import Cast, local
from tests.office import Office, opened

NOW = local("2030-04-02T10:00")


def mails(**of: object) -> QuerySet[Delivery]:
    """How the mail of messages with these facts fares."""
    rows = Delivery.objects.filter(way=Way.MAIL).order_by("pk")
    return rows.filter(**{f"message__{name}": fact for name, fact in of.items()})


def mail_of(message: Message) -> Delivery:
    """How the mail of this message fares."""
    return Delivery.objects.get(message=message, way=Way.MAIL)


@pytest.fixture
def mailing(cast: Cast, settings: Any) -> None:
    """An installation that sends mail; nothing written before the test waits."""
    settings.KETI_MODE = "normal"
    settings.KETI_URL = "https://keti.example"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 2
    mails().update(state=DeliveryState.SENT)


@pytest.fixture
def office(mailing: None, settings: Any) -> Iterator[Office]:
    """A mail server on a free local port."""
    with opened(Office()) as office:
        settings.EMAIL_PORT = office.port
        yield office


@pytest.fixture
def crowd(cast: Cast) -> Callable[..., list[Message]]:
    """Write one letter to each of as many invented people as are asked for."""

    def write(number: int, key: str = "crowd", subject: str = "请留意：月报") -> list[Message]:
        mails = [f"{'p' if key == 'crowd' else key}{n:03}@example.org" for n in range(number)]
        people = [enter_person(PersonFacts(f"众{one[:4]}（演示）", mail=one)) for one in mails]
        letter = Letter("x.told", key, Text(subject), Text("您好。"), "/p/cast/desk/")
        return post(cast.programme, letter, to=people, at=NOW)

    return write
