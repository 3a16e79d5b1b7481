"""News gathered into one letter a day: at eight, by programme, and nothing is lost."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from keti.accounts.models import Person
from keti.kernel.acts import Act, Text
from keti.kernel.refusals import Refused
from keti.notify.actions import Letter, deliver_due, post, prefer, send_again
from keti.notify.enums import DeliveryState as S
from keti.notify.enums import Sort, Way
from keti.notify.models import Delivery, Message
from keti.notify.rules import next_morning
from keti.notify.tests.conftest import mail_of, mails
from keti.programmes.models import Programme
from tests.cast import local
from tests.office import BE_SILENT, words

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NOW = local("2030-04-02T10:00")
MORNING = local("2030-04-03T08:00")


def wish(person: Person, duties: str = "mail", news: str = "daily", at: datetime = NOW) -> None:
    prefer(Act(by=person, recorded_at=at), person=person, duties=duties, news=news)


def told(programme, person, key: str, at: datetime = NOW, **more) -> Message:
    letter = Letter("x.told", key, Text(f"题{key}"), Text(f"正文{key}。"), "/p/cast/", **more)
    return post(programme, letter, to=[person], at=at)[0]


@pytest.fixture
def other(cast) -> Programme:
    """A second programme, on another wall clock."""
    return Programme.objects.create(
        slug="other", title_zh="第二课题", title_en="The second", zone="Europe/Berlin",
        starts_at=NOW - timedelta(days=9), ends_at=NOW + timedelta(days=900),
    )  # fmt: skip


MORNINGS = {
    "2030-04-02T10:00": "2030-04-03T08:00",
    "2030-04-02T08:00": "2030-04-02T08:00",
    "2030-04-02T08:00:01": "2030-04-03T08:00",
    "2030-04-02T00:00": "2030-04-02T08:00",
    "2030-04-01T23:59:59": "2030-04-02T08:00",
    "2030-02-28T12:00": "2030-03-01T08:00",
    "2032-02-28T23:00": "2032-02-29T08:00",
    "2032-02-29T09:00": "2032-03-01T08:00",
    "2030-12-31T20:00": "2031-01-01T08:00",
}


@pytest.mark.parametrize("at", MORNINGS)
def test_the_morning_is_the_next_eight_o_clock(at):
    assert next_morning(local(at), SHANGHAI) == local(MORNINGS[at])


def test_the_morning_is_by_the_wall_clock_when_the_clocks_change():
    eve = datetime(2030, 3, 30, 12, tzinfo=BERLIN)
    assert next_morning(eve, BERLIN) - eve == timedelta(hours=20)
    assert next_morning(eve, BERLIN).utcoffset() == timedelta(hours=2)


@pytest.mark.parametrize("begun", ["2030-04-02T00:00", "2032-02-28T23:59", "2030-02-28T10:00"])
def test_one_letter_at_eight_with_all_of_it(cast, office, begun):
    person, at = cast.lu.person, local(begun)
    wish(person)
    eight = next_morning(at, SHANGHAI)
    for number in range(3):
        told(cast.programme, person, f"n{number}", at)
    assert deliver_due(eight - timedelta(seconds=1)) == 0
    assert deliver_due(eight) == 1
    ((_, letter),) = office.kept
    assert words(letter) == "消息汇总：3 件"
    parts = {one.get_content_type(): one for one in letter.walk()}
    for kind in ("text/plain", "text/html"):
        text = parts[kind].get_payload(decode=True).decode()
        assert all(f"题n{n}" in text and f"正文n{n}。" in text for n in range(3))
        assert text.count("https://keti.example/p/cast/") == 3
        assert cast.programme.title.zh in text
    assert {mail_of(one).state for one in Message.objects.filter(kind="x.told")} == {S.SENT}
    assert deliver_due(eight + timedelta(days=2)) == 0


def test_programmes_are_told_apart_in_the_one_letter(cast, other, office):
    told(cast.programme, cast.lu.person, "first")
    mails(kind="x.told").update(state=S.SENT)
    wish(cast.lu.person)
    told(other, cast.lu.person, "b")
    told(cast.programme, cast.lu.person, "a")
    assert deliver_due(MORNING) == 1
    text = office.kept[0][1].get_payload(0).get_payload(decode=True).decode()
    assert text.index(cast.programme.title.zh) < text.index("题a") < text.index("第二课题")
    assert text.index("第二课题") < text.index("题b")
    assert deliver_due(MORNING + timedelta(hours=8)) == 0


def test_each_is_written_to_in_their_language_and_alone(cast, office):
    for who in (cast.lu, cast.mao):
        wish(who.person)
    Person.objects.filter(pk=cast.mao.person.pk).update(language="en")
    for who in (cast.lu, cast.mao):
        told(cast.programme, Person.objects.get(pk=who.person.pk), "n")
    assert deliver_due(MORNING) == 2
    assert {words(mail) for _, mail in office.kept} == {"消息汇总：1 件", "What happened: 1"}


def test_duties_codes_and_links_are_no_news(cast, office):
    wish(cast.lu.person, duties="mail")
    told(cast.programme, cast.lu.person, "duty", sort=Sort.DUTY)
    told(cast.programme, cast.lu.person, "reminder", sort=Sort.REMINDER)
    told(cast.programme, cast.lu.person, "code", sort=Sort.PERSONAL)
    assert deliver_due(NOW) == 3


def test_box_only_is_no_mail_but_codes_and_links_always_go(cast, office):
    wish(cast.lu.person, duties="box", news="box")
    for sort in Sort:
        told(cast.programme, cast.lu.person, f"s-{sort}", sort=sort)
    assert deliver_due(NOW + timedelta(days=3)) == 1
    assert words(office.kept[0][1]) == "题s-personal"
    ways = Delivery.objects.filter(message__kind="x.told", way=Way.BOX)
    assert set(ways.values_list("state", flat=True)) == {S.SENT}


def test_what_cannot_be_sent_in_the_morning_is_not_lost(cast, office, settings):
    wish(cast.lu.person)
    told(cast.programme, cast.lu.person, "a")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliver_due(MORNING) == 0
    settings.EMAIL_PORT = port
    office.to_letter["lu"] = "451 later"
    assert deliver_due(MORNING + timedelta(minutes=1)) == 0
    told(cast.programme, cast.lu.person, "b", MORNING + timedelta(minutes=2))
    office.to_letter.clear()
    assert deliver_due(MORNING + timedelta(minutes=5)) == 1
    assert words(office.kept[-1][1]) == "消息汇总：1 件"
    assert deliver_due(MORNING + timedelta(days=1)) == 1
    assert {mail_of(one).state for one in Message.objects.filter(kind="x.told")} == {S.SENT}


def test_one_whose_answer_was_lost_is_marked_item_by_item(cast, office):
    wish(cast.lu.person)
    rows = [told(cast.programme, cast.lu.person, f"n{number}") for number in range(3)]
    office.to_letter["lu"] = BE_SILENT
    assert deliver_due(MORNING) == 0
    assert [mail_of(one).state for one in rows] == [S.UNCERTAIN] * 3
    office.to_letter.clear()
    assert deliver_due(MORNING + timedelta(days=1)) == 0
    assert send_again(rows[0], at=MORNING)
    assert deliver_due(MORNING) == 1
    assert words(office.kept[-1][1]) == "题n0"
    assert [mail_of(one).state for one in rows] == [S.SENT, S.UNCERTAIN, S.UNCERTAIN]


def test_at_once_again_lets_go_what_was_gathered(cast, office):
    wish(cast.lu.person)
    told(cast.programme, cast.lu.person, "a")
    wish(cast.lu.person, news="once")
    assert deliver_due(NOW) == 1
    assert words(office.kept[0][1]) == "题a"


def test_nobody_else_says_how_somebody_is_told(cast):
    with pytest.raises(Refused):
        prefer(cast.qin.act(), person=cast.lu.person, duties="box", news="box")


def test_the_page_says_and_keeps_it(cast):
    page = cast.mao.client.get("/me/").content.decode()
    assert "每天早上八点汇总成一封" in page
    sent = {"key": "k", "duties": "mail", "news": "daily"}
    assert cast.mao.client.post("/me/letters/", sent).status_code == 302
    page = cast.mao.client.get("/me/").content.decode()
    assert "checked" in page[page.index('value="daily"') :][:80]
    wrong = cast.mao.client.post("/me/letters/", {"key": "k2", "duties": "mail", "news": "fax"})
    assert wrong.status_code == 422
