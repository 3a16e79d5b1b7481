"""The progress sheet: what whoever presides reads in one page, each as far as they may see."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from keti.duties import actions
from keti.duties.models import Obligation
from keti.groups.doors import unchanged
from tests.cast import Cast, Player, local
from tests.house.most import MOST_STATEMENTS

pytestmark = pytest.mark.django_db
NOW, WHY = "2030-05-06T10:00", "等第三方数据。"
PAGE = "/p/cast/progress/"


@pytest.fixture(autouse=True)
def only_a_few_wait(cast: Cast) -> None:
    """The duties of the founding are done with: the lines of the sheet are few."""
    early = Obligation.objects.filter(
        programme=cast.programme, due_at__lt=local("2030-04-20T00:00")
    )
    early.exclude(kind="gate.setup").update(state="waived")


def sheet(player: Player):
    return player.client.get(PAGE).context["sheet"]


def said(cast: Cast) -> Obligation:
    """A month that is late, with why and when it comes."""
    cast.at(NOW)
    duty = cast.duty("moon", "cell.red", "2030-04")
    day = date(2030, 5, 9)
    return actions.explain(cast.lu.act(), obligation=duty, text=WHY, expected=day)


def test_each_group_stands_with_what_it_did_and_does_next(cast: Cast) -> None:
    cast.at(NOW)
    duty = cast.duty("moon", "cell.blue", "2030-04")
    actions.meet(cast.he.act(), obligation=duty, with_=duty.subject())
    rows = {one.group.key: one for one in sheet(cast.gao).groups}
    assert list(rows) == ["core", "cell.red", "cell.blue"]
    red, blue = rows["cell.red"], rows["cell.blue"]
    assert (red.lead, red.done, red.last) == ("卢组长（演示）", 0, None)
    assert (blue.done, blue.owed, blue.missing) == (1, red.owed, red.missing - 1)
    assert blue.last == ("4 月月度报告", date(2030, 5, 6))
    assert blue.next[0] == "5 月小组会"
    assert [(one.title.zh, one.count) for one in sheet(cast.gao).achieved] == [("月度报告", 1)]


def test_why_something_is_late_is_heard_by_whom_lateness_is_shown(cast: Cast) -> None:
    duty = said(cast)
    for player, heard in ((cast.qin, True), (cast.lu, True), (cast.he, False), (cast.ren, False)):
        shown = player.client.get(PAGE)
        assert (WHY in shown.content.decode()) is heard
        assert "4 月月度报告" in shown.content.decode()
    [found] = [one for one in sheet(cast.qin).late if one.one.duty.pk == duty.pk]
    assert (found.why, found.expected, found.one.label) == (WHY, date(2030, 5, 9), "逾期")


def test_what_waits_for_the_decision_of_the_reader_alone(cast: Cast) -> None:
    cast.at(NOW)
    duty = cast.duty("gate.setup")
    mine = sheet(cast.gao)
    assert [one.title for one in mine.decide] == ["作出决定：开题评审"]
    assert mine.decide_count == 1
    assert duty.public_id in mine.decide[0].url
    assert sheet(cast.mao).decide == []
    assert "现在没有等您决定的事" in cast.mao.client.get(PAGE).content.decode()


def test_the_sheet_asks_no_more_than_a_page_may_and_the_same_for_many(cast: Cast) -> None:
    said(cast)
    cast.qin.client.get(PAGE)
    unchanged.forget()
    with CaptureQueriesContext(connection) as few:
        cast.qin.client.get(PAGE)
    Obligation.objects.filter(kind="talk").update(state="met", met_at=cast.moment)
    Obligation.objects.filter(kind="moon").update(said=WHY, said_at=cast.moment)
    unchanged.forget()
    with CaptureQueriesContext(connection) as many:
        cast.qin.client.get(PAGE)
    assert len(many) == len(few) <= MOST_STATEMENTS


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_it_is_taken_as_a_paper_and_the_desk_leads_to_it(cast: Cast, form: str) -> None:
    said(cast)
    at = reverse("site:progress_paper", args=["cast", form])
    assert at in cast.gao.client.get(PAGE).content.decode()
    assert PAGE in cast.gao.client.get("/p/cast/desk/").content.decode()
    assert cast.gao.client.get(at, follow=True).status_code == 200
    assert cast.wu.client.get(at).status_code == 404
