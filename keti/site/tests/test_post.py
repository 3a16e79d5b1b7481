"""The secretariat sees how letters fared and sends again what is stranded."""

from datetime import timedelta

import pytest

from keti.kernel.acts import Text
from keti.ledger.models import Entry
from keti.notify.actions import Letter, post
from keti.notify.enums import MessageState
from keti.notify.models import Message
from keti.notify.queries import STUCK
from keti.site import doctor, tick
from tests.cast import Cast
from tests.office import Office, opened

BOX = "/p/cast/mailbox/"


@pytest.fixture
def letter(cast: Cast) -> Message:
    Message.objects.all().update(state=MessageState.SENT)
    said = Letter("x.told", "k", Text("请留意"), Text("正文"))
    return post(cast.programme, said, to=[cast.lu.person], at=cast.moment)[0]


def again(cast: Cast, letter: Message, who: str = "qin", key: str = "again-1"):
    client = getattr(cast, who).client
    return client.post(f"{BOX}{letter.public_id}/again/", {"key": key})


@pytest.mark.parametrize("state", ["uncertain", "failed", "no_address"])
def test_what_is_stranded_is_said_why_and_sent_again_with_its_id(cast, letter, settings, state):
    settings.KETI_MODE = "normal"
    Message.objects.filter(pk=letter.pk).update(
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
    letter.refresh_from_db()
    assert (letter.state, letter.fault, letter.error) == ("sent", "", "")


@pytest.mark.parametrize("state", ["waiting", "sent"])
def test_what_goes_by_itself_or_went_is_not_sent_again(cast, letter, state):
    Message.objects.filter(pk=letter.pk).update(state=state)
    answer = again(cast, letter)
    assert (answer.status_code, Message.objects.get(pk=letter.pk).state) == (422, state)
    assert (
        f"{letter.public_id}/again/" not in cast.qin.client.get(f"{BOX}?box=out").content.decode()
    )


def test_only_the_secretariat_sends_again(cast, letter):
    Message.objects.filter(pk=letter.pk).update(state="failed")
    for who in ("lu", "ji", "gao", "wu"):
        assert again(cast, letter, who).status_code == 404
    assert Message.objects.get(pk=letter.pk).state == "failed"


def test_letters_that_no_server_takes_are_seen(cast, letter):
    assert dict(doctor.examine())["post"] == ""
    assert "没有答复" not in cast.qin.client.get(f"{BOX}?box=out").content.decode()
    cast.at("2030-03-01T10:00")
    assert cast.moment + STUCK + timedelta(minutes=1) < cast.qin.moment
    assert dict(doctor.examine())["post"].startswith("1 letters wait since 2030-03-01 01:00")
    assert "没有答复" in cast.qin.client.get(f"{BOX}?box=out").content.decode()
