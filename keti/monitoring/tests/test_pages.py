"""Pages of findings: who gets in, what the list shows, the signed link, constant queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keti.groups.doors import Door
from keti.groups.permissions import sight_of
from keti.kernel.acts import Subject
from keti.monitoring.actions import answer_finding, raise_finding
from keti.monitoring.doors import raise_link
from keti.monitoring.models import Finding
from tests.cast import local

pytestmark = pytest.mark.django_db
ABOUT = Subject("reports.report", "r1", "红组月报", "/p/cast/reports/r1/")
LIST = "/p/cast/findings/"


def raised(cast, group="cell.red", at="2030-04-10T10:00", title="数据来源不明"):
    return raise_finding(
        cast.ji.act(at), programme=cast.programme, subject=ABOUT, group=cast.group(group),
        title=title, text="没有写明。", severity="blocking",
    )  # fmt: skip


def door(player, cast):
    at = local("2030-04-10T10:00")
    seat = player.seat
    return Door(None, cast.programme, player.person, seat, [seat], at, sight_of(seat))


def test_the_link_opens_the_form_and_the_form_raises(cast):
    cast.at("2030-04-10T10:00")
    link = raise_link(door(cast.ji, cast), ABOUT, cast.group("cell.red"))
    page = cast.ji.client.get(link)
    assert page.status_code == 200
    assert "将由卢组长（演示）（组长）答复" in page.content.decode()
    form = page.context["form"]
    sent = {
        "key": form.initial["key"], "about": form.initial["about"], "title": "数据来源不明",
        "text": "第二节没有来源。", "severity": "ordinary",
    }  # fmt: skip
    first = cast.ji.client.post("/p/cast/findings/new/", sent)
    again = cast.ji.client.post("/p/cast/findings/new/", sent)
    made = Finding.objects.get()
    assert (first.status_code, first.url, again.url) == (302, made.path, made.path)
    assert (made.subject_id, made.group.key) == ("r1", "cell.red")


def test_a_changed_link_is_refused_and_a_seat_that_may_not_raise_gets_none(cast):
    cast.at("2030-04-10T10:00")
    link = raise_link(door(cast.ji, cast), ABOUT)
    page = cast.ji.client.get(link[:-2])
    assert page.status_code == 422
    assert "链接不完整或已被改动" in page.content.decode()
    assert cast.ji.client.get("/p/cast/findings/new/?kind=reports.report&id=r1").status_code == 422
    assert raise_link(door(cast.gao, cast), ABOUT) == ""
    page = cast.gao.client.get(link)
    assert "监控意见由督察、组长、组员提出" in page.content.decode()
    assert cast.wu.client.get(link).status_code == 404


def test_typed_text_is_kept_when_something_is_missing(cast):
    cast.at("2030-04-10T10:00")
    link = raise_link(door(cast.ji, cast), ABOUT)
    about = link.partition("about=")[2]
    page = cast.ji.client.post(
        "/p/cast/findings/new/", {"key": "k", "about": about, "title": "", "text": "写了很多。"}
    )
    assert page.status_code == 422
    assert "写了很多。" in page.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("ji", 200), ("lu", 200), ("mao", 200), ("he", 404), ("ren", 404), ("wu", 404)],
)
def test_owner_neighbour_stranger(cast, who, status):
    cast.at("2030-04-10T11:00")
    finding = raised(cast)
    client = cast.players[who].client
    assert client.get(finding.path).status_code == status
    listing = client.get(LIST)
    assert ("数据来源不明" in listing.content.decode()) is (status == 200)
    sheet = client.get(f"{LIST}findings.xlsx")
    assert sheet.status_code == (404 if who == "wu" else 200)


def test_answer_verify_and_close_on_the_page(cast):
    cast.at("2030-04-10T11:00")
    finding = raised(cast)
    page = cast.lu.client.get(finding.path)
    assert "提交答复" in page.content.decode()
    assert "核销意见" not in page.content.decode()
    sent = cast.lu.client.post(f"{finding.path}answer/", {"a-key": "k1", "a-text": "已补充。"})
    assert sent.status_code == 302
    refused = cast.lu.client.post(f"{finding.path}close/", {"c-key": "k2", "c-reason": "好了"})
    assert refused.status_code == 422
    assert "答复整改的一方不能自行核销" in refused.content.decode()
    page = cast.ji.client.get(finding.path)
    assert "核销意见" in page.content.decode()
    cast.ji.client.post(f"{finding.path}reopen/", {"r-key": "k3", "r-reason": "还缺。"})
    assert Finding.objects.get().round == 2
    late = cast.ji.client.post(f"{finding.path}close/", {"c-key": "k4", "c-reason": "撤回。"})
    assert late.status_code == 302
    assert Finding.objects.get().state == "closed"


def test_the_secretary_records_an_answer_for_the_lead(cast):
    cast.at("2030-04-10T11:00")
    finding = raised(cast)
    sent = {"a-key": "k1", "a-text": "电话里说已补。", "a-on_behalf_of": cast.lu.seat.public_id}
    assert cast.qin.client.post(f"{finding.path}answer/", sent).status_code == 302
    page = cast.lu.client.get(finding.path).content.decode()
    assert "代录" in page
    own = cast.qin.client.post(f"{finding.path}close/", {"c-key": "k2", "c-reason": "好"})
    assert own.status_code == 422


def test_filters_and_counts(cast):
    cast.at("2030-04-11T11:00")
    one, _ = raised(cast), raised(cast, group="cell.blue", title="另一件")
    answer_finding(cast.lu.act("2030-04-11T09:00"), finding=one, text="已补。")
    page = cast.ji.client.get(LIST).content.decode()
    assert "共 2 条" in page
    page = cast.ji.client.get(f"{LIST}?state=answered").content.decode()
    assert "共 1 条" in page
    assert "另一件" not in page


def test_from_the_desk_to_the_finding(cast):
    cast.at("2030-04-10T11:00")
    finding = raised(cast)
    duty = cast.lu.seat.obligations.get(form="finding")
    answer = cast.lu.client.get(f"/p/cast/findings/for/{duty.public_id}/")
    assert (answer.status_code, answer.url) == (302, finding.path)
    assert cast.he.client.get(f"/p/cast/findings/for/{duty.public_id}/").status_code == 404


def test_the_list_asks_the_same_number_of_queries_for_one_and_three(cast):
    cast.at("2030-04-12T11:00")
    raised(cast)
    cast.ji.client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        cast.ji.client.get(LIST)
    raised(cast, group="cell.blue")
    raised(cast, group="core")
    with CaptureQueriesContext(connection) as three:
        cast.ji.client.get(LIST)
    assert len(one) == len(three)
