"""The grid, the duty page, the feed, the announcement: owner, neighbour, stranger."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from keti.accounts.models import DutyLink
from keti.duties import actions, notices
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.duties.tests.test_actions import PNG, stored
from keti.duties.views.wishes import stretch_of, stretches
from keti.groups.doors import unchanged
from keti.notify.models import Announcement
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def page(duty: Obligation, tail: str = "") -> str:
    return f"/p/cast/duties/{duty.public_id}/{tail}"


def moon(cast: Cast) -> Obligation:
    return cast.duty("moon", "cell.red", "2030-04")


def queries_of(do: Callable[[], object]) -> int:
    """Statements where nothing is kept yet."""
    unchanged.forget()
    with CaptureQueriesContext(connection) as caught:
        do()
    return len(caught)


@pytest.mark.parametrize("tail", ["", "list/", "export.csv", "export.xlsx", "announce/"])
def test_strangers_find_nothing(cast: Cast, client, tail: str) -> None:
    url = f"/p/cast/duties/{tail}"
    assert cast.wu.client.get(url).status_code == 404
    answer = client.get(url)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={url}")


def test_the_grid_shows_lateness_only_to_whom_the_charter_allows(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    shown = {}
    for who in ("lu", "qin", "ji", "he", "mao"):
        text = getattr(cast, who).client.get("/p/cast/duties/?kind=moon").content.decode()
        red = text.split("红组</a>")[1].split("蓝组</a>")[0]
        shown[who] = ("月度报告：逾期" in red, "月度报告：未交" in red)
    assert shown == {
        "lu": (True, False),
        "qin": (True, False),
        "ji": (True, False),
        "he": (False, True),
        "mao": (False, True),
    }


def test_the_on_time_rate_is_seen_only_by_who_sees_lateness(cast: Cast) -> None:
    duty = moon(cast)
    actions.meet(cast.lu.act("2030-04-20T10:00"), obligation=duty, with_=duty.subject())
    cast.at("2030-05-02T09:00")
    rows = cast.qin.client.get("/p/cast/duties/?kind=moon").context["rows"]
    assert [row.rate for row in rows] == ["", "100%", "0%"]
    rows = cast.he.client.get("/p/cast/duties/?kind=moon").context["rows"]
    assert [row.rate for row in rows] == ["", "", "0%"]
    assert cast.mao.client.get("/p/cast/duties/?kind=moon").context["rated"] is False


def test_only_not_yet_received(cast: Cast) -> None:
    cast.at("2030-05-02T09:00")
    everything = cast.qin.client.get("/p/cast/duties/?kind=moon")
    missing = cast.qin.client.get("/p/cast/duties/?kind=moon&missing=1")
    assert (everything.context["count"], missing.context["count"]) == (6, 2)


def test_the_grid_costs_the_same_for_one_and_for_three(cast: Cast) -> None:
    url = "/p/cast/duties/"
    cast.qin.client.get(url)
    Obligation.objects.exclude(pk=moon(cast).pk).update(nature="promise")
    one = queries_of(lambda: cast.qin.client.get(url))
    Obligation.objects.filter(kind="moon").update(nature="charter")
    many = queries_of(lambda: cast.qin.client.get(url))
    Obligation.objects.update(nature="charter")
    assert one == many == queries_of(lambda: cast.qin.client.get(url))


def test_the_list_and_the_files_follow_the_filter(cast: Cast) -> None:
    sent = cast.lu.client.get("/p/cast/duties/export.csv?kind=moon")
    text = b"".join(sent.streaming_content).decode("utf-8-sig")
    assert [line.split(",")[:2] for line in text.splitlines()[:3]] == [
        ["事项", "组别"],
        ["4 月月度报告", "红组"],
        ["4 月月度报告", "蓝组"],
    ]
    assert len(text.splitlines()) == 7
    data = cast.lu.client.get("/p/cast/duties/export.xlsx?kind=moon").getvalue()
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert len(sheet) == 7
    listed = cast.lu.client.get("/p/cast/duties/list/?kind=moon")
    assert listed.context["list"].page.paginator.count == 6


def test_inner_duties_of_another_group_do_not_exist(cast: Cast) -> None:
    duty = actions.owe(
        cast.programme,
        actions.Debt(
            "task@x",
            "task",
            "task",
            moon(cast).title,
            cast.group("cell.red"),
            cast.mao.seat,
            moon(cast).due_at,
        ),
    )
    assert cast.mao.client.get(page(duty)).status_code == 200
    assert cast.he.client.get(page(duty)).status_code == 404
    assert cast.ji.client.get(page(duty)).status_code == 200


def test_what_was_handed_in_is_read_inside_only(cast: Cast) -> None:
    duty = cast.duty("talk", "cell.red", "2030-04")
    act = cast.lu.act()
    filing = actions.hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["机密摘要"])
    url = page(duty, f"filings/{filing.public_id}/")
    for who, status in (
        ("lu", 200),
        ("mao", 200),
        ("qin", 200),
        ("ji", 200),
        ("he", 404),
        ("wu", 404),
    ):
        assert getattr(cast, who).client.get(url).status_code == status
    got = cast.lu.client.get(url)
    assert b"".join(got.streaming_content) == PNG
    assert got.headers["Content-Disposition"] == 'attachment; filename="scan.png"'
    assert "机密摘要" in cast.mao.client.get(page(duty)).content.decode()
    outside = cast.he.client.get(page(duty))
    assert outside.status_code == 200
    assert "机密摘要" not in outside.content.decode()


def upload() -> SimpleUploadedFile:
    return SimpleUploadedFile("scan.png", PNG, "image/png")


def test_handing_in_by_file_and_sending_twice(cast: Cast) -> None:
    duty = cast.duty("paper")
    for _ in range(2):
        data = {"key": "k1", "file": upload(), "line1": "合作书已签"}
        answer = cast.tao.client.post(page(duty, "file/"), data)
        assert (answer.status_code, answer.url) == (302, page(duty))
    duty.refresh_from_db()
    assert (duty.state, duty.filings.count()) == (DutyState.MET, 1)


def test_a_refused_file_keeps_what_was_typed(cast: Cast) -> None:
    duty = cast.duty("paper")
    data = {"key": "k1", "file": upload(), "line1": "我写的摘要"}
    answer = cast.he.client.post(page(duty, "file/"), data)
    assert answer.status_code == 422
    assert "我写的摘要" in answer.content.decode()
    assert "此事由" in answer.content.decode()


def test_only_the_secretariat_extends_and_waives_by_page(cast: Cast) -> None:
    duty = moon(cast)
    form = {"key": "e", "to": "2030-05-04T00:00", "reason": "出差"}
    assert cast.lu.client.post(page(duty, "extend/"), form).status_code == 422
    answer = cast.qin.client.post(page(duty, "extend/"), form, follow=True)
    assert answer.redirect_chain == [(f"/p/cast/duties/announce/?duty={duty.public_id}", 302)]
    said = answer.context["form"]["text"].value()
    assert said.startswith("【延期】")
    assert "延至 2030-05-03 周五 24:00。理由：出差。" in said
    duty.refresh_from_db()
    assert duty.extended_to == duty.due_at + timedelta(days=3)
    assert cast.lu.client.post(page(duty, "waive/"), {"key": "w", "reason": "x"}).status_code == 422
    assert (
        cast.qin.client.post(page(duty, "waive/"), {"key": "w", "reason": "x"}).status_code == 302
    )
    duty.refresh_from_db()
    assert duty.state == DutyState.WAIVED
    assert cast.wu.client.post(page(duty, "waive/"), {"key": "w", "reason": "x"}).status_code == 404


def test_the_link_is_shown_once_with_its_warning(cast: Cast) -> None:
    duty = moon(cast)
    answer = cast.qin.client.post(page(duty, "link/"), {"key": "l"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "只发给本人，不要发到群里" in text
    assert "<svg" in text
    assert DutyLink.objects.count() == 1
    assert cast.lu.client.post(page(duty, "link/"), {"key": "l"}).status_code == 422


def test_what_became_of_a_duty_is_told_by_who_asks(cast: Cast) -> None:
    """Others hear what its date and state show; of links the secretariat alone hears."""
    duty = moon(cast)
    actions.issue_link(cast.qin.act(), obligation=duty)
    later = duty.due_at + timedelta(days=2)
    actions.extend(cast.qin.act(), obligation=duty, to=later, reason="出差")

    def told(who: str) -> list[str]:
        return [one["words"] for one in cast.players[who].client.get(page(duty)).context["history"]]

    assert {who: len(told(who)) for who in ("qin", "lu", "mao", "he")} == {
        "qin": 2,
        "lu": 1,
        "mao": 1,
        "he": 1,
    }
    assert told("he") == told("lu") == ["延长期限"]


def test_the_announcement_names_the_same_thing_of_several_groups_once(cast: Cast) -> None:
    duties = [cast.duty("moon", group, "2030-04") for group in ("cell.red", "cell.blue")]
    assert duties[0].due_instant == duties[1].due_instant
    now = duties[0].due_instant - timedelta(hours=2)
    due = notices.deadline(cast.programme, duties[0].due_instant)
    title, red, blue = duties[0].titled, *(duty.group.title for duty in duties)

    def said(some: list[Obligation], at: datetime, lang: str) -> list[str]:
        rows = Obligation.objects.filter(pk__in=[one.pk for one in some]).order_by("due", "pk")
        told = [notices.Told(*row) for row in rows.values_list(*notices.TOLD)]
        return notices.announcement(cast.programme, told, at, "URL", lang).split("\n")[2:-1]

    assert said(duties, now, "zh-hans") == [
        f"· {due.zh} 前　{title.zh}（2 个组：{red.zh}、{blue.zh}）"
    ]
    assert said(duties, now, "en") == [f"· by {due.en}: {title.en} (2 groups: {red.en}; {blue.en})"]
    assert said(duties[:1], now, "zh-hans") == [f"· {due.zh} 前　{title.zh}（{red.zh}）"]
    late = said(duties, duties[0].due_instant, "zh-hans")
    assert late == [f"· {title.zh}（2 个组：{red.zh}、{blue.zh}）　原定 {due.zh} 前"]


def test_the_announcement_is_logged(cast: Cast) -> None:
    cast.at("2030-04-25T09:00")
    text = cast.qin.client.get("/p/cast/duties/announce/").content.decode()
    assert "月度报告" in text
    sent = cast.qin.client.post("/p/cast/duties/announce/", {"key": "a", "text": "各位老师"})
    assert sent.status_code == 302
    assert Announcement.objects.get().text == "各位老师"


def test_the_feed_has_own_titles_stable_ids_and_cancellations(cast: Cast, client) -> None:
    duty = moon(cast)
    url = f"/cal/{cast.lu.person.feed_token}.ics"
    first = client.get(url).content.decode().replace("\r\n ", "")
    assert f"UID:{duty.public_id}@keti" in first
    assert "DTSTART;VALUE=DATE:20300430" in first
    assert f"UID:{cast.duty('moon', 'cell.blue', '2030-04').public_id}@keti" not in first
    actions.extend(
        cast.qin.act(), obligation=duty, to=duty.due_at + timedelta(days=1), reason="机密理由"
    )
    actions.waive(
        cast.qin.act(), obligation=cast.duty("moon", "cell.red", "2030-05"), reason="机密理由"
    )
    second = client.get(url).content.decode().replace("\r\n ", "")
    event = next(part for part in second.split("BEGIN:VEVENT") if f"UID:{duty.public_id}@" in part)
    assert "SEQUENCE:1" in event
    assert "DTSTART;VALUE=DATE:20300501" in event
    assert second.count("STATUS:CANCELLED") == 1
    assert "机密理由" not in second
    assert client.get("/cal/unknown.ics").status_code == 404


@pytest.mark.parametrize("tail", ["list/", "list/?missing=1", "list/?whose=others", "export.csv"])
def test_lists_and_files_cost_the_same_however_many_duties(cast: Cast, tail: str) -> None:
    cast.at("2030-05-02T09:00")
    url = f"/p/cast/duties/{tail}"

    def read() -> None:
        answer = cast.qin.client.get(url)
        assert answer.status_code == 200
        if answer.streaming:
            assert b"".join(answer.streaming_content)

    read()
    Obligation.objects.exclude(pk=moon(cast).pk).update(nature="promise", state=DutyState.MET,
                                                        met_at=cast.moment)  # fmt: skip
    one = queries_of(read)
    Obligation.objects.update(nature="charter", state=DutyState.OPEN)
    assert queries_of(read) == one


def test_a_page_reads_only_the_rows_it_shows(cast: Cast, monkeypatch) -> None:
    made: list[str] = []
    born = Obligation.from_db.__func__

    def counting(cls, db, names, values):
        made.append(cls.__name__)
        return born(cls, db, names, values)

    monkeypatch.setattr(Obligation, "from_db", classmethod(counting))
    monkeypatch.setattr("keti.lists.doors.showing.PAGE", 2)
    monkeypatch.setattr("keti.duties.views.grid.GROUPS", 1)
    cast.at("2030-05-02T09:00")
    assert cast.qin.client.get("/p/cast/duties/list/").context["list"].page.paginator.count > 10
    assert len(made) == 2
    made.clear()
    second = cast.qin.client.get("/p/cast/duties/?kind=moon&page=2").context
    assert [row.title for row in second["rows"]] == ["红组"]
    assert len(made) == 3
    made.clear()
    cast.qin.client.get("/p/cast/")
    assert len(made) == 3 + 5
    made.clear()
    monkeypatch.setattr("keti.site.queries.desk.SHOWN", 1)
    desk = cast.qin.client.get("/p/cast/desk/")
    late = next(part for part in desk.context["parts"] if part.words == "别人已过期限")
    of_others = Obligation.objects.exclude(seat=cast.qin.seat).open()
    whole = sum(duty.due_instant <= cast.qin.moment for duty in of_others)
    assert (len(late.lines), late.count) == (1, whole)
    link = f'<a href="/p/cast/duties/list/?whose=others">还有 {whole - 1} 件，看列表</a>'
    assert link in desk.content.decode()


def test_the_grid_shows_a_stretch_of_months_at_a_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.at("2030-05-02T09:00")
    monkeypatch.setattr("keti.duties.views.wishes.STRETCH", 99)
    whole = cast.qin.client.get("/p/cast/duties/")
    assert whole.context["stretches"] == []
    heads = [words for words, _now in whole.context["months"]]
    monkeypatch.setattr("keti.duties.views.wishes.STRETCH", 2)
    unchanged.forget()
    parts = cast.qin.client.get("/p/cast/duties/?missing=1").context["stretches"]
    shown: list[str] = []
    for part in parts:
        answer = cast.qin.client.get(f"/p/cast/duties/?{part.query}")
        assert "missing=1" in part.query
        assert [one.title for one in answer.context["stretches"] if one.shown] == [part.title]
        shown += [words.split("年 ")[-1] for words, _now in answer.context["months"]]
    assert len(parts) == -(-len(heads) // 2)
    assert shown == [words.split("年 ")[-1] for words in heads]
    now = cast.qin.client.get("/p/cast/duties/?since=hostile")
    assert [now_here for _words, now_here in now.context["months"]].count(True) == 1


def test_the_stretch_is_the_one_asked_for_or_the_one_nearest_to_today() -> None:
    months = [f"{year}-{month:02d}" for year in (2022, 2023, 2024) for month in range(1, 13)][4:]
    starts = [one[0] for one in stretches(months)]
    assert starts == ["2022-05", "2023-05", "2024-05"]
    assert [len(one) for one in stretches(months)] == [12, 12, 8]
    asked = {
        ("2024-06", "2022-08"): "2024-05",
        ("", "2023-05"): "2023-05",
        ("x", "2021-01"): "2022-05",
        ("", "2030-01"): "2024-05",
    }
    for (month, today), first in asked.items():
        assert stretch_of(months, month, today)[0] == first
    assert list(stretch_of([], "", "2022-08")) == []
