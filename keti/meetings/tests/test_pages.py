"""Pages of meetings and minutes, as owner, neighbour and stranger see them."""

import io
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from keti.duties.models import Obligation
from keti.meetings import actions, notices, queries
from keti.meetings.actions import ItemFacts, MeetingPlan, MinutesFacts
from keti.meetings.models import Meeting
from keti.meetings.views.lists import AHEAD
from keti.notify.models import Announcement
from tests.cast import local


@pytest.fixture
def recorded(cast, planned):
    cast.at("2030-04-11T17:00")
    return actions.record_minutes(
        cast.lu.act(key="record"),
        meeting=planned,
        minutes=MinutesFacts(
            body="讨论了框架。",
            attendance={cast.lu.seat: "present", cast.mao.seat: "excused"},
            resolutions=["框架分三层"],
            action_items=[ItemFacts("补案例", cast.mao.seat, local("2030-04-20T00:00"))],
        ),
    )


def counted(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def minutes_form(meeting, **more):
    data = {f"who_{row.seat.public_id}": "present" for row in meeting.attendance.all()}
    return data | {"key": "m", "body": "讨论了框架。", "resolutions": "框架分三层\n"} | more


class TestArranging:
    def test_the_lead_arranges_from_the_duty(self, cast):
        cast.at("2030-04-08T10:00")
        duty = cast.duty("talk", "cell.red")
        there = cast.lu.client.get(f"/p/cast/meetings/for/{duty.public_id}/").url
        assert there == f"/p/cast/meetings/plan/{duty.public_id}/"
        page = cast.lu.client.get(there)
        assert "会邀请 3 人" in page.content.decode()
        data = {"key": "k", "starts_at": "2030-04-11T14:00", "mode": "room", "place": "三号"}
        answer = cast.lu.client.post(there, data | {"agenda": "通报进展\n\n讨论框架"})
        meeting = Meeting.objects.get()
        assert answer.url == f"/p/cast/meetings/{meeting.public_id}/"
        assert meeting.starts_at == local("2030-04-11T14:00")
        assert [line["text"] for line in meeting.agenda] == ["通报进展", "讨论框架"]

    def test_the_neighbour_is_told_why_not(self, cast):
        cast.at("2030-04-08T10:00")
        duty = cast.duty("talk", "cell.red")
        url = f"/p/cast/meetings/plan/{duty.public_id}/"
        page = cast.he.client.get(url).content.decode()
        assert "红组的会议由应办人、该组组长或秘书处办理" in page
        data = {"key": "k", "starts_at": "2030-04-11T14:00", "mode": "room"}
        assert cast.he.client.post(url, data).status_code == 422
        assert Meeting.objects.count() == 0

    def test_moved_by_click_with_text_to_paste(self, cast, planned):
        data = {"key": "mv", "starts_at": "2030-04-10T09:30", "place": "线上", "reason": "冲突"}
        answer = cast.lu.client.post(f"{planned.path}move/", data)
        assert answer.url == f"{planned.path}#announce"
        text = cast.lu.client.get(planned.path).context["text"]
        assert "小组会改到 2030-04-10 周三 09:30 举行，线下，地点：线上" in text
        cast.lu.client.post(f"{planned.path}announce/", {"key": "an"})
        cast.lu.client.post(f"{planned.path}announce/", {"key": "an"})
        assert Announcement.objects.get().text == text

    def test_a_time_past_the_due_date_is_said_and_not_forbidden(self, cast, planned):
        duty = planned.obligation
        due = duty.due_instant
        words = notices.deadline(cast.programme, due).zh
        form = cast.lu.client.get(f"{planned.path}move/").content.decode()
        assert f"须在 {words} 前召开。安排得更晚也可以，但期限不随之改变，请另行延期。" in form
        assert "晚于期限" not in cast.lu.client.get(planned.path).content.decode()
        late = {"key": "mv", "starts_at": f"{cast.programme.local(due):%Y-%m-%dT%H:%M}"}
        assert cast.lu.client.post(f"{planned.path}move/", late).status_code == 302
        planned.refresh_from_db()
        assert planned.starts_at == due
        warned = cast.lu.client.get(planned.path)
        assert warned.context["timing"] == [
            f"会议时间晚于期限 {words}；请另行延期，或把会议改到期限之前。"
        ]
        assert "请另行延期" in warned.content.decode()
        assert cast.mao.client.get(planned.path).context["timing"] == []

    def test_a_meeting_planned_in_the_past_is_said_and_not_forbidden(self, cast):
        cast.at("2030-04-08T10:00")
        url = f"/p/cast/meetings/plan/{cast.duty('talk', 'cell.red').public_id}/"
        assert "须在" in cast.lu.client.get(url).context["hold_before"]
        data = {"key": "k", "starts_at": "2030-04-07T14:00", "mode": "room", "place": ""}
        assert cast.lu.client.post(url, data).status_code == 302
        page = cast.lu.client.get(Meeting.objects.get().path)
        assert page.context["timing"] == ["开始时间早于安排会议的时间；如是笔误，请改期。"]

    def test_of_a_meeting_that_is_over_only_the_missing_minutes_are_said(self, cast, planned):
        due = cast.programme.local(planned.obligation.due_instant)
        late = {"key": "mv", "starts_at": f"{due:%Y-%m-%dT%H:%M}"}
        cast.lu.client.post(f"{planned.path}move/", late)
        cast.at(f"{due + timedelta(hours=23):%Y-%m-%dT%H:%M}")
        assert "晚于期限" in cast.lu.client.get(planned.path).content.decode()
        cast.at(f"{due + timedelta(days=1):%Y-%m-%dT%H:%M}")
        page = cast.lu.client.get(planned.path)
        assert page.context["timing"] == ["纪要未录"]
        text = page.content.decode()
        assert "记录纪要" in text and "加入日历" not in text and "群公告" not in text
        assert "纪要未录" in cast.mao.client.get("/p/cast/meetings/").content.decode()

    def test_the_list_names_every_meeting_the_rail_counts(self, cast):
        page = cast.lu.client.get("/p/cast/meetings/")
        owed = Obligation.objects.filter(seat=cast.lu.seat, form="meeting").open()
        far = [one for one in owed if one.due_instant > local("2030-03-01T09:00") + AHEAD]
        assert far
        assert [row["duty"].pk for row in page.context["to_arrange"]] == [one.pk for one in owed]
        assert f"/p/cast/meetings/plan/{far[0].public_id}/" in page.content.decode()

    def test_cancelled_by_click_needs_a_reason(self, cast, planned):
        url = f"{planned.path}cancel/"
        assert cast.lu.client.post(url, {"c-key": "x", "c-reason": ""}).status_code == 422
        assert cast.lu.client.post(url, {"c-key": "x", "c-reason": "改为书面"}).status_code == 302
        planned.refresh_from_db()
        assert planned.state == "cancelled"

    def test_a_called_meeting_needs_a_name(self, cast):
        cast.at("2030-04-08T10:00")
        data = {"key": "k", "starts_at": "2030-04-09T14:00", "mode": "online", "place": ""}
        url = "/p/cast/meetings/call/"
        assert cast.lu.client.post(url, data).status_code == 422
        assert cast.lu.client.post(url, data | {"title": "临时碰头"}).status_code == 302
        assert Meeting.objects.get().title_zh == "临时碰头"
        assert cast.mao.client.post(url, data | {"title": "无权"}).status_code == 422

    def test_calendar_file(self, cast, planned):
        file = cast.mao.client.get(f"{planned.path}meeting.ics")
        event = icalendar.Calendar.from_ical(file.content).walk("VEVENT")[0]
        assert event["uid"] == f"{planned.public_id}@keti"
        assert event["dtstart"].dt == local("2030-04-11T14:00")
        assert str(event["location"]) == "三号会议室（演示）"
        assert file["Content-Type"] == "text/calendar; charset=utf-8"


class TestMinutes:
    def test_recorded_and_confirmed_by_clicks(self, cast, planned):
        cast.at("2030-04-11T17:00")
        form = minutes_form(planned, what_0="补案例", owner_0=cast.mao.seat.public_id)
        url = f"{planned.path}record/"
        short = cast.lu.client.post(url, form | {"due_0": ""})
        assert short.status_code == 422
        assert "请写全" in short.content.decode()
        assert "讨论了框架。" in short.content.decode()
        assert cast.lu.client.post(url, form | {"due_0": "2030-04-20T00:00"}).status_code == 302
        page = cast.lu.client.get(planned.path)
        assert "请确认纪要" in page.content.decode()
        assert cast.lu.client.post(f"{planned.path}confirm/", {"key": "c"}).status_code == 302
        planned.refresh_from_db()
        assert planned.state == "confirmed"
        item = queries.items_of(planned).get()
        duty = item.obligation
        assert cast.mao.client.get(f"/p/cast/tasks/for/{duty.public_id}/").url == item.path
        done = {"f-key": "f", "f-note": "补了两个"}
        assert cast.mao.client.post(f"{item.path}finish/", done).status_code == 302
        item.refresh_from_db()
        assert (item.state, item.note) == ("done", "补了两个")

    def test_a_member_reads_but_does_not_record(self, cast, planned):
        cast.at("2030-04-11T17:00")
        page = cast.mao.client.get(f"{planned.path}record/")
        assert "红组的会议由应办人" in page.content.decode()
        answer = cast.mao.client.post(f"{planned.path}record/", minutes_form(planned))
        assert answer.status_code == 422
        planned.refresh_from_db()
        assert planned.state == "planned"

    def test_files(self, cast, recorded):
        word = cast.mao.client.get(f"{recorded.path}docx/")
        text = "\n".join(part.text for part in Document(io.BytesIO(word.content)).paragraphs)
        assert "框架分三层" in text
        pdf = cast.mao.client.get(f"{recorded.path}pdf/")
        assert pdf.content[:5] == b"%PDF-"
        assert pdf["Content-Disposition"].startswith("attachment")

    def test_english(self, cast, recorded):
        cast.lu.client.cookies["django_language"] = "en"
        text = cast.lu.client.get(recorded.path).content.decode()
        assert "Minutes: Cell meeting" in text
        assert "Please confirm the minutes" in text


class TestWhoSees:
    @pytest.mark.parametrize("tail", ["", "move/", "record/", "meeting.ics", "docx/", "pdf/"])
    def test_neighbour_and_stranger_find_nothing(self, cast, recorded, tail):
        for player in (cast.he, cast.hua, cast.ren, cast.wu):
            assert player.client.get(f"{recorded.path}{tail}").status_code == 404

    def test_monitor_and_secretariat_read(self, cast, recorded):
        for player in (cast.ji, cast.qin, cast.gao):
            assert player.client.get(recorded.path).status_code == 200

    def test_an_item_shows_to_its_owner_and_not_next_door(self, cast, recorded):
        item = queries.items_of(recorded).get()
        assert cast.mao.client.get(item.path).status_code == 200
        assert cast.he.client.get(item.path).status_code == 404


class TestQueries:
    def test_the_list_costs_the_same_at_one_and_three(self, cast, recorded):
        url = "/p/cast/meetings/"
        first = counted(cast.lu.client, url)
        for number in (1, 2):
            plan = MeetingPlan(
                local("2030-04-11T18:00") + timedelta(hours=number), title=f"会{number}"
            )
            called = cast.lu.act(key=f"c{number}")
            meeting = actions.call_meeting(called, group=cast.group("cell.red"), plan=plan)
            cast.at(f"2030-04-1{number + 1}T09:00")
            late = cast.lu.act(key=f"r{number}")
            item = ItemFacts(f"事{number}", cast.mi.seat, local("2030-05-01T00:00"))
            actions.record_minutes(
                late,
                meeting=meeting,
                minutes=MinutesFacts("谈", {cast.lu.seat: "present"}, [], [item]),
            )
        assert counted(cast.lu.client, url) == first
