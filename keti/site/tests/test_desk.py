"""The desk: the order of what presses, what waits for a decision, who was reminded."""

import pytest

from keti.documents.actions import keep_upload
from keti.duties.models import Obligation
from keti.duties.tests.test_actions import PNG
from keti.meetings.actions import MinutesFacts, plan_meeting, record_minutes
from keti.notify.models import Message
from keti.reports.actions import Content, Handed, PlanItem, hand_in_by_file
from keti.site.queries import desk as reads
from tests.cast import Cast, Player, local

pytestmark = pytest.mark.django_db
DESK = "/p/cast/desk/"


def moon(cast: Cast, group: str = "cell.red") -> Obligation:
    return cast.duty("moon", group, "2030-04")


def handed_in(cast: Cast) -> None:
    act = cast.lu.act("2030-04-28T10:00")
    file = keep_upload(act, programme=cast.programme, name="scan.png", data=PNG)
    texts = {"gains": "成果", "snags": "无", "cures": "无"}
    handed = Handed(Content(texts, [PlanItem("无")]))
    hand_in_by_file(act, obligation=moon(cast), file=file, handed=handed)


def waits(player: Player) -> list[tuple[str, str]]:
    """What waits for this seat's answer: the deed, and where it is given."""
    parts = player.client.get(DESK).context["parts"]
    found = next(part.lines for part in parts if part.words == "等您回应")
    return [(one.title, one.url) for one in found]


def rail(player: Player) -> dict[str, int]:
    items = player.client.get(DESK).context["nav"]["items"]
    return {item["url"].removeprefix("/p/cast/"): item["count"] for item in items}


def test_a_report_waits_on_the_desk_of_who_accepts_it(cast: Cast) -> None:
    before = rail(cast.fang)
    handed_in(cast)
    cast.at("2030-04-29T09:00")
    answer = ("接收红组 · 4 月月度报告", moon(cast).report.path)
    assert waits(cast.fang) == waits(cast.qin) == [answer]
    for player in (cast.lu, cast.he, cast.mao, cast.ji, cast.gao, cast.ren):
        assert waits(player) == []
    after = rail(cast.fang)
    assert after["reports/"] == before["reports/"] + 1
    assert after["desk/"] == before["desk/"] + 1
    assert "去接收" in cast.fang.client.get(DESK).content.decode()


def test_minutes_wait_for_their_chair(cast: Cast) -> None:
    cast.at("2030-04-08T10:00")
    duty = cast.duty("talk", "cell.red")
    meeting = plan_meeting(
        cast.lu.act(key="plan"), obligation=duty, starts_at=local("2030-04-11T14:00"), place="一室"
    )
    cast.at("2030-04-11T17:00")
    minutes = MinutesFacts("讨论了框架。", {cast.lu.seat: "present"}, [], [])
    record_minutes(cast.qin.act(key="m"), meeting=meeting, minutes=minutes)
    assert [where for _deed, where in waits(cast.lu)] == [meeting.path]
    assert waits(cast.mao) == []


def test_the_order_of_what_presses(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    parts = cast.qin.client.get(DESK).context["parts"]
    assert [part.words for part in parts if part.count] == [
        "已过期限",
        "别人已过期限",
        "以后",
        "在等别人",
    ]
    late = next(part.lines for part in parts if part.words == "别人已过期限")
    assert all(row.line.due_at <= local("2030-05-02T09:00") for row in late)


def test_after_a_reminder_the_row_says_who_and_when(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    duty = moon(cast)
    answer = cast.qin.client.post(f"{DESK}remind/{duty.public_id}/", {"key": "r"})
    assert answer.url == f"{DESK}?reminded={duty.public_id}"
    text = cast.qin.client.get(answer.url).content.decode()
    assert "已提醒 卢组长（演示），信已写入信箱" in text
    assert "已提醒 卢组长（演示） · <time" in " ".join(text.split())
    assert "今天已提醒" in text
    assert f"remind/{duty.public_id}/" not in text
    cast.at("2030-05-03T09:00")
    text = cast.qin.client.get(DESK).content.decode()
    assert "已提醒 卢组长（演示） · <time" in " ".join(text.split())
    assert f"remind/{duty.public_id}/" in text


def test_the_way_to_record_leads_to_the_right_form(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    text = cast.qin.client.get(DESK).content.decode()
    assert f"{moon(cast).path}?file=1" in text
    for kind, tail in (
        ("moon", "reports/for/{}/file/"),
        ("talk", "meetings/for/{}/"),
        ("brief", "duties/{}/?record=1#hand-in"),
    ):
        duty = cast.duty(kind, "cell.red")
        there = cast.qin.client.get(f"{duty.path}?file=1").url
        assert there == f"/p/cast/{tail.format(duty.public_id)}"
    form = cast.qin.client.get(cast.qin.client.get(f"{moon(cast).path}?file=1").url)
    assert form.context["form"]["on_behalf_of"].value() == cast.lu.seat.public_id


def test_what_has_no_line_of_its_own_is_counted_all_the_same(cast: Cast, monkeypatch) -> None:
    before = rail(cast.fang)
    handed_in(cast)
    cast.at("2030-04-29T09:00")
    monkeypatch.setattr(reads, "SHOWN", 0)
    assert waits(cast.fang) == []
    assert rail(cast.fang)["reports/"] == before["reports/"] + 1
    page = cast.fang.client.get(DESK).content.decode()
    assert "还有 1 件，看列表" in page
    listed = cast.fang.client.get("/p/cast/duties/list/?whose=mine").content.decode()
    assert "接收红组 · 4 月月度报告" in listed


def test_what_waits_for_others_is_on_the_list_of_who_is_awaited(cast: Cast) -> None:
    handed_in(cast)
    cast.at("2030-05-01T09:00")
    parts = cast.qin.client.get(DESK).context["parts"]
    mine = {line.title for part in parts if part.kind == "mine" for line in part.lines}
    assert "接收红组 · 4 月月度报告" in mine
    told = cast.lu.client.get("/p/cast/duties/list/?whose=others").content.decode()
    assert "接收红组" in told and "核心组组长" in told


def test_an_answer_that_is_late_stands_among_what_is_overdue(cast: Cast) -> None:
    handed_in(cast)
    cast.at("2030-05-06T09:00")
    parts = cast.fang.client.get(DESK).context["parts"]
    late = next(part.lines for part in parts if part.words == "已过期限")
    assert [one.title for one in late] == ["接收红组 · 4 月月度报告"]
    assert waits(cast.fang) == []


def test_whoever_of_a_pool_is_asked_may_be_reminded(cast: Cast) -> None:
    handed_in(cast)
    cast.at("2030-05-01T09:00")
    answer = Obligation.objects.get(form="accept")
    sent = cast.qin.client.post(f"{DESK}remind/{answer.public_id}/", {"key": "r"})
    assert sent.status_code == 302
    letter = Message.objects.get(kind="site.reminder")
    assert letter.recipient_id == cast.fang.person.public_id


def test_the_meeting_one_is_invited_to_stands_on_the_desk(cast: Cast) -> None:
    cast.at("2030-04-08T10:00")
    meeting = plan_meeting(
        cast.lu.act(key="plan"),
        obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-11T14:00"),
        place="一室",
    )
    for player, invited in ((cast.lu, [meeting]), (cast.mao, [meeting]), (cast.qin, [])):
        assert player.client.get(DESK).context["invited"] == invited
    page = cast.lu.client.get(DESK).content.decode()
    assert "受邀的会议" in page and meeting.path in page and "一室" in page
    cast.at("2030-04-11T16:00")
    assert cast.lu.client.get(DESK).context["invited"] == [meeting]
    cast.at("2030-04-11T17:30")
    assert cast.lu.client.get(DESK).context["invited"] == []
