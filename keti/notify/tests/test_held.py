"""Letters wait a quarter of an hour, in which they can be recalled."""

from datetime import timedelta

import pytest

from keti.kernel.acts import Text
from keti.notify.actions import Letter, deliver_due, post, readdress, recall
from keti.notify.enums import DeliveryState as S
from keti.notify.enums import Sort, Way
from keti.notify.models import Delivery, Message
from keti.notify.queries import mailbox
from keti.notify.tests.conftest import NOW, mail_of

QUARTER = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


@pytest.fixture
def held(office, settings):
    settings.KETI_MAIL_HOLD = 15
    return office


def told(cast, key="news", text="正文", **more):
    letter = Letter("x.told", key, Text("题"), Text(text), **more)
    return post(cast.programme, letter, to=[cast.lu.person, cast.mao.person], at=NOW)


def test_news_waits_to_the_second_by_every_way(cast, held):
    told(cast)
    assert deliver_due(NOW + QUARTER - SECOND) == 0
    assert not mailbox(cast.programme, cast.lu.person, NOW + QUARTER - SECOND).filter(key="news")
    assert mailbox(cast.programme, cast.lu.person, NOW + QUARTER).filter(key="news")
    assert deliver_due(NOW + QUARTER) == 2
    assert held.addresses() == ["lu@example.org", "mao@example.org"]
    assert set(Delivery.objects.filter(message__key="news").values_list("way", "state")) == {
        (Way.BOX, S.SENT), (Way.MAIL, S.SENT),
    }  # fmt: skip


AT_ONCE = {
    "a reminder by the clock": {"sort": Sort.REMINDER, "about": NOW + timedelta(days=3)},
    "a code or a link": {"sort": Sort.PERSONAL},
    "due within the hour": {"sort": Sort.DUTY, "about": NOW + timedelta(hours=1)},
    "due already": {"sort": Sort.DUTY, "about": NOW - timedelta(days=1)},
}


@pytest.mark.parametrize("what", AT_ONCE)
def test_what_cannot_wait_goes_at_once(cast, held, what):
    told(cast, **AT_ONCE[what])
    assert deliver_due(NOW) == 2
    assert recall(cast.programme, "news", at=NOW) == []


def test_what_is_due_later_is_held(cast, held):
    told(cast, sort=Sort.DUTY, about=NOW + timedelta(hours=1) + SECOND)
    assert deliver_due(NOW) == 0


def test_to_an_address_of_its_own_at_once(cast, held):
    letter = Letter("x.told", "own", Text("题"), Text("文"))
    post(cast.programme, letter, to=[cast.lu.person], at=NOW, address="old@example.org")
    assert deliver_due(NOW) == 1


@pytest.mark.parametrize("mode", ["demo", "play"])
def test_where_nothing_leaves_the_house_nothing_waits(cast, held, settings, mode):
    settings.KETI_MODE = mode
    told(cast)
    assert deliver_due(NOW) == 2


def test_recalled_it_reaches_nobody_and_written_again_it_is_one_letter(cast, held):
    first = told(cast)
    assert recall(cast.programme, "news", at=NOW + QUARTER) == []
    assert len(recall(cast.programme, "news", at=NOW + QUARTER - SECOND)) == 2
    assert recall(cast.programme, "news", at=NOW + QUARTER - SECOND) == []
    assert deliver_due(NOW + timedelta(days=1)) == 0
    assert not mailbox(cast.programme, cast.lu.person, NOW + timedelta(days=1)).filter(key="news")
    again = told(cast, text="改过的正文")
    assert [one.public_id for one in again] == [one.public_id for one in first]
    assert Message.objects.filter(key="news").count() == 2
    assert deliver_due(NOW + QUARTER) == 2
    assert set(held.ids().values()) == {1}
    assert told(cast) == []


def test_one_that_was_handed_over_is_not_recalled(cast, held):
    """Whatever the clocks say: the row decides."""
    lu, mao = told(cast)
    Delivery.objects.filter(message=lu, way=Way.MAIL).update(state=S.UNCERTAIN)
    assert recall(cast.programme, "news", at=NOW) == [mao]
    assert mail_of(lu).state == S.UNCERTAIN


def test_an_address_that_comes_meanwhile_does_not_shorten_the_wait(cast, held):
    person = cast.lu.person
    person.mail, mail = "", person.mail
    person.save()
    told(cast)
    person.mail = mail
    person.save()
    assert readdress(person, programme=cast.programme, at=NOW) >= 1
    assert (
        mail_of(Message.objects.get(key="news", recipient_id=person.public_id)).state == S.WAITING
    )
    deliver_due(NOW)
    assert held.addresses() == []
    deliver_due(NOW + QUARTER)
    assert "lu@example.org" in held.addresses()


def test_what_is_asked_of_somebody_goes_before_news(cast, held, settings):
    settings.KETI_MAIL_HOLD = 0
    told(cast)
    letter = Letter("x.due", "due", Text("题"), Text("文"), sort=Sort.REMINDER)
    post(cast.programme, letter, to=[cast.he.person], at=NOW)
    assert deliver_due(NOW, limit=1) == 1
    assert held.addresses() == ["he@example.org"]
