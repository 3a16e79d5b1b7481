"""Who logs an announcement, and who reads what was announced."""

import pytest

from keti.duties import actions
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.meetings.actions import announce_meeting, plan_meeting
from keti.notify.models import Announcement
from tests.cast import Cast, local

PAGE = "/p/cast/duties/announce/"
EVERYBODY = ("qin", "lu", "mao", "he", "hua", "ji", "ren", "gao", "tao")
SEES_ALL = {"qin", "ji", "gao"}


def readers(cast: Cast, words: str) -> set[str]:
    """Whom the page shows these words."""
    pages = {who: getattr(cast, who).client.get(PAGE).content.decode() for who in EVERYBODY}
    return {who for who, text in pages.items() if words in text}


@pytest.mark.parametrize("who", ["mao", "ren", "ji", "tao"])
def test_own_words_of_an_ordinary_seat_are_not_logged(cast: Cast, who: str) -> None:
    player = getattr(cast, who)
    with pytest.raises(Refused) as refused:
        actions.announce(player.act(), programme=cast.programme, text="请点此链接")
    assert refused.value.code == "duties.only-leads-announce"
    page = player.client.get(PAGE).content.decode()
    assert "群公告由秘书处或组长记入" in page
    assert "记为已公告" not in page
    answer = player.client.post(PAGE, {"key": "k", "text": "请点此链接"})
    assert answer.status_code == 422
    assert "请点此链接" in answer.content.decode()
    assert not Announcement.objects.exists()
    assert not Entry.objects.filter(kind="duties.announcement.copied").exists()


def test_the_secretariat_announces_to_everybody_a_lead_to_the_group(cast: Cast) -> None:
    actions.announce(cast.qin.act(), programme=cast.programme, text="全体公告文字")
    actions.announce(cast.lu.act(), programme=cast.programme, text="红组公告文字")
    assert readers(cast, "全体公告文字") == set(EVERYBODY)
    assert readers(cast, "红组公告文字") == SEES_ALL | {"lu", "mao"}


def test_the_text_about_a_meeting_is_read_by_its_group(cast: Cast) -> None:
    """Its link and password are nobody else's."""
    cast.at("2030-04-08T10:00")
    meeting = plan_meeting(
        cast.lu.act(), obligation=cast.duty("talk", "cell.red"), place="https://meet.example/",
        agenda=["甲"], starts_at=local("2030-04-11T14:00"),
    )  # fmt: skip
    announce_meeting(cast.lu.act(), meeting=meeting, text="口令 4711")
    assert readers(cast, "口令 4711") == SEES_ALL | {"lu", "mao"}


def test_of_rows_of_old_nobody_knows_whose_they_are(cast: Cast) -> None:
    Announcement.objects.create(
        programme=cast.programme, by_id="x", by_label="x", at=cast.moment, text="旧公告文字"
    )
    assert readers(cast, "旧公告文字") == SEES_ALL
