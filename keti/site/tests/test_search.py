"""Search finds what is meant, however it was typed; in the search of the house and in its lists."""

import pytest

from keti.accounts.actions import PersonFacts, enter_person
from keti.groups.actions import Place, appoint
from keti.meetings.actions import MinutesFacts, plan_meeting, record_minutes
from keti.monitoring.actions import raise_finding
from keti.reports.tests.conftest import Desk
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """A report, minutes, a finding and a person with words that can be written otherwise."""
    person = enter_person(PersonFacts("闫砚秋", mail="yan@example.org"))
    place = Place(group=cast.group("cell.red"), role=cast.role("hand"), person=person)
    appoint(cast.qin.act(), place=place)
    cast.at("2030-04-28T10:00")
    Desk(cast).submitted(gains="工业数据ABC报告，见〔2030〕12号，另有蜂鸟。")
    met = plan_meeting(
        cast.lu.act(), obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-28T09:00"), place="三号会议室",
    )  # fmt: skip
    facts = MinutesFacts("讨论了機器人的标准。", {cast.lu.seat: "present"}, [])
    record_minutes(cast.lu.act(), meeting=met, minutes=facts)
    raise_finding(
        cast.ji.act(), programme=cast.programme, subject=cast.group("cell.red").subject(),
        group=cast.group("cell.red"), title="图表来源不明", text="缺少出处，ＸＹ表",
        severity="ordinary",
    )  # fmt: skip
    return cast


FOUND = {
    "工业": "reports", "工業": "reports", "數據": "reports", "ＡＢＣ": "reports", "abc": "reports",
    "[2030]12号": "reports", "（2030）12号": "reports", "蜂鸟 工業": "reports",
    "机器人": "meetings", "機器人 标准": "meetings",
    "圖表來源": "findings", "XY": "findings", "出处 图表": "findings",
    "闫 砚秋": "people", "閆砚秋": "people", "闫砚秋": "people",
}  # fmt: skip


@pytest.mark.parametrize("words", [*FOUND])
def test_it_is_found_in_whatever_writing(filled: Cast, words: str) -> None:
    answer = filled.qin.client.get("/search/", {"q": words})
    heads = {"reports": "报告", "meetings": "会议", "findings": "监控意见", "people": "人员与单位"}
    parts = [str(part[0]) for one in answer.context["results"] for part in one["parts"]]
    assert heads[FOUND[words]] in parts
    assert set(parts) <= {heads[FOUND[words]], "应办事项"}, "a duty is titled after its finding"


@pytest.mark.parametrize("words", ["蜂鸟 没有", "工业 机器人", "〔2031〕12号", "  "])
def test_each_word_must_stand_in_what_is_found(filled: Cast, words: str) -> None:
    assert filled.qin.client.get("/search/", {"q": words}).context["count"] == 0


def test_what_is_found_is_shown_with_the_words_around_it(filled: Cast) -> None:
    shown = filled.qin.client.get("/search/?q=蜂鳥").content.decode()
    assert "另有蜂鸟" in shown


@pytest.mark.parametrize("words", ["圖表", "来源 图表", "图表来源不明"])
def test_a_list_is_searched_alike(filled: Cast, words: str) -> None:
    answer = filled.qin.client.get("/p/cast/findings/", {"q": words})
    page = answer.content.decode()
    assert (len(answer.context["list"].lines), "图表来源不明" in page) == (1, True)
    assert filled.qin.client.get("/p/cast/findings/", {"q": "没有"}).context["list"].lines == []
