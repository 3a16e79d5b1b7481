"""Mail through a real server on this machine: each letter once, to its person alone."""

from datetime import datetime, timedelta

import pytest

from keti.kernel.acts import Text
from keti.notify.actions import Letter, deliver_due, post
from keti.notify.channels.smtp import round as sending
from keti.notify.enums import DeliveryState
from keti.notify.tests.conftest import NOW, mails
from tests.cast import Cast
from tests.office import words


def letters(cast: Cast, key: str = "k1", at: datetime = NOW) -> None:
    """The same letter to Lu, Mao and He."""
    letter = Letter("x.told", key, Text("请留意：月报"), Text("卢组长您好。"), "/p/cast/desk/")
    people = [cast.lu.person, cast.mao.person, cast.he.person]
    post(cast.programme, letter, to=people, at=at)


def states(key: str = "k1") -> list[str]:
    return list(mails(key=key).values_list("state", flat=True))


def test_each_letter_goes_out_once_and_to_one_address(cast, office):
    letters(cast)
    letters(cast)
    assert deliver_due(NOW, programme=cast.programme) == 3
    assert deliver_due(NOW, programme=cast.programme) == 0
    arrived = [one for one in office.kept if "月报" in words(one[1])]
    addresses = ["he@example.org", "lu@example.org", "mao@example.org"]
    assert sorted(to for envelope, _ in arrived for to in envelope) == addresses
    for envelope, letter in arrived:
        assert [letter["To"]] == envelope
        assert (letter["Cc"], letter["Bcc"]) == (None, None)
        others = set(addresses) - set(envelope)
        assert not any(one in letter.as_string() for one in others)
        assert "https://keti.example/p/cast/desk/" in letter.get_payload(decode=True).decode()
    assert len({letter["Message-ID"] for _, letter in arrived}) == 3
    assert states() == [DeliveryState.SENT] * 3


def test_a_server_that_is_down_costs_no_try(cast, office, settings):
    """However long it is away: letters wait, and go when it is back."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    letters(cast)
    for day in range(10):
        assert deliver_due(NOW + timedelta(days=day), programme=cast.programme) == 0
    assert states() == [DeliveryState.WAITING] * 3
    assert set(mails(key="k1").values_list("attempts", flat=True)) == {0}
    settings.EMAIL_PORT = port
    assert deliver_due(NOW + timedelta(days=11), programme=cast.programme) == 3
    assert states() == [DeliveryState.SENT] * 3


def test_after_the_last_try_it_is_said_to_have_failed(cast, office):
    office.to_recipient["*"] = "450 try later"
    letters(cast)
    assert deliver_due(NOW, programme=cast.programme) == 0
    assert deliver_due(NOW + timedelta(seconds=30), programme=cast.programme) == 0
    assert office.asked["lu@example.org"] == 1
    for day in range(1, sending.TRIES):
        assert states() == [DeliveryState.WAITING] * 3
        deliver_due(NOW + timedelta(days=day), programme=cast.programme)
    assert states() == [DeliveryState.FAILED] * 3
    rows = mails(key="k1")
    assert set(rows.values_list("attempts", "fault", "error")) == {
        (sending.TRIES, "notify.server-busy", "450 try later")
    }
    assert deliver_due(NOW + timedelta(days=9), programme=cast.programme) == 0


@pytest.mark.fault
def test_a_crash_after_handing_over_is_never_sent_twice(cast, office, monkeypatch):
    """The power fails after the server took the letter and before we noted it."""

    class PowerCut(BaseException):
        """Not an error anything catches."""

    def cut(*args: object, **kwargs: object) -> None:
        raise PowerCut

    letters(cast)
    monkeypatch.setattr(sending, "_note", cut)
    with pytest.raises(PowerCut):
        deliver_due(NOW, programme=cast.programme)
    monkeypatch.undo()
    assert states() == [DeliveryState.UNCERTAIN, DeliveryState.WAITING, DeliveryState.WAITING]
    assert deliver_due(NOW + timedelta(days=1), programme=cast.programme) == 2
    assert states() == [DeliveryState.UNCERTAIN, DeliveryState.SENT, DeliveryState.SENT]
    assert len(office.kept) == 3
    assert set(office.ids().values()) == {1}


@pytest.mark.fault
def test_a_crash_before_handing_over_leaves_the_letter_waiting(cast, office, monkeypatch):
    """Nothing is uncertain that the server never saw."""
    letters(cast)

    class PowerCut(BaseException):
        """Not an error anything catches."""

    def cut(*args: object, **kwargs: object) -> bool:
        raise PowerCut

    monkeypatch.setattr(sending.Round, "_claimed", cut)
    with pytest.raises(PowerCut):
        deliver_due(NOW, programme=cast.programme)
    monkeypatch.undo()
    assert states() == [DeliveryState.WAITING] * 3
    assert deliver_due(NOW, programme=cast.programme) == 3


@pytest.mark.parametrize("mode", ["demo", "play"])
def test_in_demo_and_play_nothing_leaves_the_house(cast, office, settings, mode):
    settings.KETI_MODE = mode
    letters(cast)
    assert deliver_due(NOW, programme=cast.programme) == 3
    assert states() == [DeliveryState.SENT] * 3
    assert office.kept == []


def test_who_has_no_address_is_told_by_other_means(cast, office):
    person = cast.hua.person
    person.mail = ""
    person.save()
    letter = Letter("x.told", "k2", Text("请留意"), Text("正文"))
    post(cast.programme, letter, to=[person], at=NOW)
    assert states("k2") == [DeliveryState.NO_ADDRESS]
    deliver_due(NOW, programme=cast.programme)
    assert states("k2") == [DeliveryState.NO_ADDRESS]
