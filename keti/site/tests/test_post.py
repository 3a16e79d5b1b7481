"""The secretariat sees how letters fared and sends again what is stranded."""

from datetime import timedelta

import pytest

from keti.kernel.acts import Text
from keti.ledger.models import Entry
from keti.notify.actions import Letter, post
from keti.notify.enums import DeliveryState
from keti.notify.models import Message
from keti.notify.queries import STUCK
from keti.notify.tests.conftest import mail_of, mails
from keti.site import doctor, tick
from tests.cast import Cast
from tests.office import Office, opened

BOX = "/p/cast/mailbox/"


@pytest.fixture
def letter(cast: Cast) -> Message:
    mails().update(state=DeliveryState.SENT)
    said = Letter("x.told", "k", Text("请留意"), Text("正文"))
    return post(cast.programme, said, to=[cast.lu.person], at=cast.moment)[0]


def again(cast: Cast, letter: Message, who: str = "qin", key: str = "again-1"):
    client = getattr(cast, who).client
    return client.post(f"{BOX}{letter.public_id}/again/", {"key": key})


@pytest.mark.parametrize("state", ["uncertain", "failed", "no_address"])
def test_what_is_stranded_is_said_why_and_sent_again_with_its_id(cast, letter, settings, state):
    settings.KETI_MODE = "normal"
    mails(pk=letter.pk).update(
        state=state, attempts=6, fault="notify.reply-lost", error="timed out"
    )
    page = cast.qin.client.get(f"{BOX}?box=out&state={state}").content.decode()
    assert "可能已送达" in page
    assert f"{BOX}{letter.public_id}/again/" in page
    assert again(cast, letter).url == f"{BOX}?box=out&again=1"
    assert again(cast, letter).status_code == 302
    assert Entry.objects.filter(kind="site.letter.sent-again").count() == 1
    with opened(Office()) as office:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        assert tick.send() == 1
    assert office.ids() == {f"<{letter.public_id}@keti>": 1}
    mail = mail_of(letter)
    assert (mail.state, mail.fault, mail.error) == ("sent", "", "")


@pytest.mark.parametrize("state", ["waiting", "sent"])
def test_what_goes_by_itself_or_went_is_not_sent_again(cast, letter, state):
    mails(pk=letter.pk).update(state=state)
    answer = again(cast, letter)
    assert (answer.status_code, mail_of(letter).state) == (422, state)
    assert (
        f"{letter.public_id}/again/" not in cast.qin.client.get(f"{BOX}?box=out").content.decode()
    )


def test_only_the_secretariat_sends_again(cast, letter):
    mails(pk=letter.pk).update(state="failed")
    for who in ("lu", "ji", "gao", "wu"):
        assert again(cast, letter, who).status_code == 404
    assert mail_of(letter).state == "failed"


def test_letters_that_no_server_takes_are_seen(cast, letter):
    assert dict(doctor.examine())["post"] == ""
    assert "没有答复" not in cast.qin.client.get(f"{BOX}?box=out").content.decode()
    cast.at("2030-03-01T10:00")
    assert cast.moment + STUCK + timedelta(minutes=1) < cast.qin.moment
    assert dict(doctor.examine())["post"].startswith("1 letters wait since 2030-03-01 01:00")
    assert "没有答复" in cast.qin.client.get(f"{BOX}?box=out").content.decode()


@pytest.fixture
def held(cast, settings):
    """A letter to Lu and Mao that the secretary wrote a moment ago."""
    settings.KETI_MODE, settings.KETI_MAIL_HOLD = "normal", 15
    said = Letter("x.told", "held", Text("写错的信"), Text("正文"))
    people = [cast.lu.person, cast.mao.person]
    return post(cast.programme, said, to=people, at=cast.qin.moment, by=cast.qin.person)


def take_back(cast: Cast, letter: Message, who: str, **more: str):
    client = getattr(cast, who).client
    return client.post(f"{BOX}{letter.public_id}/recall/", {"key": "recall-1", **more})


def test_who_sees_the_outbox_recalls_what_nobody_has_yet(cast, held):
    page = cast.qin.client.get(f"{BOX}?box=out").content.decode()
    until = cast.programme.local(held[0].held_until)
    assert f"至 {until:%H:%M} 可撤回" in page
    assert "写错的信" not in cast.lu.client.get(BOX).content.decode()
    assert take_back(cast, held[0], "qin", reason="日期写错").url == f"{BOX}?box=out&recalled=2"
    assert take_back(cast, held[0], "qin", reason="日期写错").status_code == 302
    line = Entry.objects.get(kind="site.letter.recalled")
    assert line.content["facts"] == {"copies": 2, "reason": "日期写错"}
    cast.at("2030-04-02T10:00")
    assert "写错的信" not in cast.lu.client.get(BOX).content.decode()
    assert "已撤回" in cast.qin.client.get(f"{BOX}?box=out&state=recalled").content.decode()


def test_recalled_too_late_is_said_in_words(cast, held):
    cast.at("2030-04-02T10:00")
    answer = take_back(cast, held[0], "qin")
    assert answer.status_code == 422
    assert "另写一封更正" in answer.content.decode()
    assert "写错的信" in cast.lu.client.get(BOX).content.decode()


def test_who_wrote_it_recalls_it_and_nobody_else_sees_it_went_out(cast, held):
    for who in ("lu", "ji", "gao"):
        assert take_back(cast, held[0], who).status_code == 404
        assert "写错的信" not in getattr(cast, who).client.get(f"{BOX}?box=out").content.decode()
    Message.objects.filter(key="held").update(by_id=cast.ji.person.public_id)
    assert "写错的信" in cast.ji.client.get(f"{BOX}?box=out").content.decode()
    assert take_back(cast, held[0], "ji").status_code == 302
