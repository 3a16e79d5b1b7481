"""Meetings: who arranges, what minutes store, what the database refuses."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from keti.documents.actions import keep_produced
from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.ledger.queries import entries
from keti.meetings import actions, permissions, queries
from keti.meetings.actions import ItemFacts, MeetingPlan, MinutesFacts
from keti.meetings.models import Meeting
from keti.monitoring.actions import raise_finding
from keti.notify.models import Message
from keti.work.actions import TaskSpec, assign_task, finish_task
from keti.work.enums import SourceKind
from keti.work.models import Task
from tests.cast import local, seen_by


@pytest.fixture
def duty(cast):
    cast.at("2030-04-08T10:00")
    return cast.duty("talk", "cell.red")


@pytest.fixture
def meeting(cast, duty):
    return actions.plan_meeting(
        cast.lu.act(key="plan"),
        obligation=duty,
        starts_at=local("2030-04-11T14:00"),
        place="三号会议室（演示）",
    )


def said(cast, **more):
    facts = {
        "body": "讨论了框架。",
        "attendance": {cast.lu.seat: "present", cast.mao.seat: "excused"},
        "resolutions": ["框架分三层"],
        "action_items": [ItemFacts("补案例", cast.mao.seat, local("2030-04-20T00:00"))],
    }
    return MinutesFacts(**(facts | more))


@pytest.fixture
def recorded(cast, meeting):
    cast.at("2030-04-11T17:00")
    return actions.record_minutes(cast.lu.act(key="rec"), meeting=meeting, minutes=said(cast))


@pytest.fixture
def confirmed(cast, recorded):
    return actions.confirm_minutes(cast.lu.act(key="ok"), meeting=recorded)


class TestArranging:
    def test_the_group_is_invited_and_told(self, cast, duty, meeting):
        assert (meeting.chair, meeting.obligation, meeting.state) == (
            cast.lu.seat,
            duty,
            "planned",
        )
        names = [row.seat.label for row in meeting.attendance.select_related("seat")]
        assert names == [
            "卢组长（演示）（组长）",
            "毛研究员（演示）（组员）",
            "米研究员（演示）（组员）",
        ]
        told = Message.objects.filter(kind="meetings.planned").order_by("pk")
        assert [one.recipient_label for one in told] == ["毛研究员（演示）", "米研究员（演示）"]
        assert told[0].subject == "会议通知：红组 · 小组会（2030-04-11 周四 14:00）"
        duty.refresh_from_db()
        assert (duty.state, duty.begun_at) == ("open", local("2030-04-08T10:00"))

    def test_the_overall_meeting_invites_the_leads_and_no_external(self, cast, duty):
        made = actions.plan_meeting(
            cast.qin.act(key="p"),
            obligation=cast.duty("gather"),
            starts_at=local("2030-04-18T10:00"),
        )
        invited = {row.seat_id for row in made.attendance.all()}
        assert {cast.lu.seat.pk, cast.he.seat.pk, cast.ji.seat.pk} <= invited
        assert not {cast.ren.seat.pk, cast.mao.seat.pk} & invited

    def test_the_agenda_starts_from_what_is_open(self, cast, recorded):
        cast.at("2030-04-12T10:00")
        raise_finding(
            cast.ji.act(key="f"),
            programme=cast.programme,
            subject=Subject("groups.group", "x", "红组"),
            group=cast.group("cell.red"),
            title="案例不足",
            text="只有一个案例。",
            severity="ordinary",
        )
        lines = list(queries.starting_agenda(cast.group("cell.red"), local("2030-04-12T10:00")))
        assert lines[0] == "各成员通报进展"
        assert "待办事项：补案例（毛研究员（演示）（组员））" in lines
        assert "监控意见：1 案例不足" in lines
        assert "尚未收到：下达任务书" in lines
        assert not [line for line in lines if "小组会" in line]

    def test_what_a_report_planned_and_is_not_done_stands_on_the_agenda(self, cast):
        group, now = cast.group("cell.red"), local("2030-05-12T10:00")
        due, source = local("2030-05-21T00:00"), Subject(SourceKind.PLAN, "r", "四月月报")
        spec = TaskSpec(cast.programme, group, cast.mao.seat, "写案例", due, source)
        cast.at("2030-05-12T10:00")
        planned = assign_task(cast.lu.act(), spec=spec)
        known = queries.starting_agenda(group, now)
        assert known["任务：写案例（毛研究员（演示）（组员））"] == planned.path
        blue = queries.starting_agenda(cast.group("cell.blue"), now)
        assert planned.path not in blue.values()
        finish_task(cast.mao.act(), task=planned, note="已写。")
        assert planned.path not in queries.starting_agenda(group, now).values()

    def test_a_double_click_plans_once(self, cast, duty, meeting):
        again = actions.plan_meeting(
            cast.lu.act(key="plan"), obligation=duty, starts_at=local("2030-04-11T14:00")
        )
        assert again == meeting
        assert Meeting.objects.count() == 1

    def test_a_second_meeting_of_one_duty_is_refused_with_its_time(self, cast, duty, meeting):
        with pytest.raises(Refused) as refused:
            actions.plan_meeting(
                cast.lu.act(key="b"), obligation=duty, starts_at=local("2030-04-10T14:00")
            )
        assert refused.value.sentence("en") == (
            "This meeting is arranged already, for Thu 2030-04-11 14:00. Move it if it must change."
        )

    @pytest.mark.parametrize("name", ["he", "mao", "ji", "fang"])
    def test_neighbours_do_not_arrange(self, cast, duty, name):
        with pytest.raises(Refused) as refused:
            actions.plan_meeting(
                cast.players[name].act(key="b"),
                obligation=duty,
                starts_at=local("2030-04-10T14:00"),
            )
        assert refused.value.code == "meetings.only-the-lead-arranges"

    def test_the_secretariat_arranges_and_the_lead_stays_chair(self, cast, duty):
        made = actions.plan_meeting(
            cast.qin.act(key="b"), obligation=duty, starts_at=local("2030-04-10T14:00")
        )
        assert made.chair == cast.lu.seat

    def test_moved_at_once_logged_and_told(self, cast, meeting):
        moved = actions.move_meeting(
            cast.lu.act(key="m"),
            meeting=meeting,
            starts_at=local("2030-04-10T09:30"),
            reason="避开冲突",
        )
        assert (moved.starts_at, moved.sequence, moved.place) == (
            local("2030-04-10T09:30"),
            1,
            "三号会议室（演示）",
        )
        entry = entries(cast.programme).get(kind="meetings.meeting.moved")
        assert entry.content["facts"]["after"] == "2030-04-10T01:30:00.000Z"
        assert Message.objects.filter(kind="meetings.moved").count() == 2

    def test_a_move_to_where_it_stands_is_refused(self, cast, meeting):
        with pytest.raises(Refused) as refused:
            actions.move_meeting(cast.lu.act(key="m"), meeting=meeting, starts_at=meeting.starts_at)
        assert refused.value.code == "meetings.same-time"

    def test_cancelled_the_duty_stays_and_may_be_arranged_anew(self, cast, duty, meeting):
        actions.cancel_meeting(cast.lu.act(key="c"), meeting=meeting, reason="人数不足")
        fresh = actions.plan_meeting(
            cast.lu.act(key="again"), obligation=duty, starts_at=local("2030-04-11T16:00")
        )
        assert queries.meeting_of(duty) == fresh


class TestMinutes:
    def test_recorded_in_time_the_duty_is_met(self, cast, duty, recorded):
        duty.refresh_from_db()
        assert (duty.state, duty.met_at, duty.recorded_late) == (
            "met",
            local("2030-04-11T17:00"),
            False,
        )
        assert duty.with_id == recorded.public_id
        item = queries.items_of(recorded).get()
        owed = item.obligation
        assert (owed.form, owed.seat, owed.due_at) == (
            "task",
            cast.mao.seat,
            local("2030-04-20T00:00"),
        )
        kinds = {row.seat_id: row.kind for row in recorded.attendance.all()}
        assert kinds == {
            cast.lu.seat.pk: "present",
            cast.mao.seat.pk: "excused",
            cast.mi.seat.pk: "invited",
        }

    def test_a_meeting_held_in_time_is_not_late_because_its_minutes_are(self, cast, duty, meeting):
        cast.at("2030-04-15T09:00")
        actions.record_minutes(cast.lu.act(key="r"), meeting=meeting, minutes=said(cast))
        duty.refresh_from_db()
        assert (duty.met_at, duty.recorded_late) == (local("2030-04-11T14:00"), True)

    def test_arranged_after_the_fact_it_counts_from_its_recording(self, cast, duty):
        cast.at("2030-04-15T09:00")
        made = actions.plan_meeting(
            cast.lu.act(key="p"), obligation=duty, starts_at=local("2030-04-11T14:00")
        )
        actions.record_minutes(cast.lu.act(key="r"), meeting=made, minutes=said(cast))
        duty.refresh_from_db()
        assert duty.met_at == local("2030-04-15T09:00")

    def test_recorded_for_the_lead_late_with_evidence(self, cast, duty, meeting):
        cast.at("2030-04-15T09:00")
        paper = keep_produced(
            cast.qin.act(),
            programme=cast.programme,
            name="纪要.pdf",
            mime="application/pdf",
            data=b"%PDF-1.4",
        )
        act = cast.qin.act(
            key="r", on_behalf_of=cast.lu.seat, happened=local("2030-04-11T18:00"), evidence=paper
        )
        done = actions.record_minutes(act, meeting=meeting, minutes=said(cast))
        assert (done.on_behalf, done.recorded_late) == (True, True)
        duty.refresh_from_db()
        assert duty.met_at == local("2030-04-11T18:00")
        assert Message.objects.get(kind="groups.on-behalf").recipient_label == "卢组长（演示）"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"body": "  "}, "meetings.needs-minutes"),
            ({"attendance": {}}, "meetings.nobody-present"),
        ],
    )
    def test_what_minutes_need(self, cast, meeting, change, code):
        cast.at("2030-04-11T17:00")
        with pytest.raises(Refused) as refused:
            actions.record_minutes(
                cast.lu.act(key="r"), meeting=meeting, minutes=said(cast, **change)
            )
        assert refused.value.code == code
        assert Task.objects.count() == 0

    def test_not_before_it_starts(self, cast, meeting):
        with pytest.raises(Refused) as refused:
            actions.record_minutes(cast.lu.act(key="r"), meeting=meeting, minutes=said(cast))
        told = refused.value.sentence()
        assert told == "会议定于 2030-04-11 周四 14:00 开始，开始后才能记录纪要。"

    @pytest.mark.parametrize("name", ["he", "mao", "ji"])
    def test_others_do_not_record(self, cast, meeting, name):
        cast.at("2030-04-11T17:00")
        with pytest.raises(Refused) as refused:
            actions.record_minutes(
                cast.players[name].act(key="r"), meeting=meeting, minutes=said(cast)
            )
        assert refused.value.code == "meetings.only-the-lead-arranges"

    def test_recorded_again_keeps_same_items_and_ends_dropped_ones(self, cast, recorded):
        kept = queries.items_of(recorded).get()
        extra = ItemFacts("查政策", cast.mi.seat, local("2030-04-25T00:00"))
        again = said(cast, action_items=[extra, *said(cast).action_items], resolutions=["改为四层"])
        actions.record_minutes(cast.lu.act(key="r2"), meeting=recorded, minutes=again)
        assert [(one.title, one.pk == kept.pk) for one in queries.items_of(recorded)] == [
            ("查政策", False),
            ("补案例", True),
        ]
        assert [one.text for one in recorded.resolutions.all()] == ["改为四层"]
        gone = queries.items_of(recorded).get(title="查政策").obligation
        actions.record_minutes(cast.lu.act(key="r3"), meeting=recorded, minutes=said(cast))
        gone.refresh_from_db()
        assert gone.state == DutyState.CANCELLED
        assert queries.items_of(recorded).get().pk == kept.pk

    def test_confirmed_numbered_and_circulated(self, cast, confirmed):
        assert (confirmed.state, confirmed.number) == ("confirmed", "测〔2030〕1号")
        assert len(confirmed.sha256) == 64
        told = Message.objects.filter(kind="meetings.minutes").order_by("pk")
        assert [one.recipient_label for one in told] == ["毛研究员（演示）", "米研究员（演示）"]
        assert told[0].body.endswith("议定事项1项，待办事项1项。")

    @pytest.mark.parametrize("name", ["qin", "mao", "he"])
    def test_only_the_chair_confirms(self, cast, recorded, name):
        with pytest.raises(Refused) as refused:
            actions.confirm_minutes(cast.players[name].act(key="ok"), meeting=recorded)
        assert refused.value.sentence() == "纪要由卢组长（演示）（组长）确认。"

    def test_confirmed_minutes_are_not_recorded_again(self, cast, confirmed):
        with pytest.raises(Refused) as refused:
            actions.record_minutes(cast.lu.act(key="r9"), meeting=confirmed, minutes=said(cast))
        assert refused.value.code == "meetings.minutes-are-confirmed"

    def test_a_double_click_confirms_once(self, cast, confirmed):
        actions.confirm_minutes(cast.lu.act(key="ok"), meeting=confirmed)
        assert entries(cast.programme).filter(kind="meetings.minutes.confirmed").count() == 1


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "change",
        [
            {"minutes": "别的"},
            {"state": "recorded"},
            {"place": "别处"},
            {"agenda": []},
            {"sha256": "0" * 64},
            {"minutes_form": "md/1"},
            {"minutes_form": None},
        ],
    )
    def test_changing_confirmed_minutes(self, confirmed, change):
        with pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.filter(pk=confirmed.pk).update(**change)

    def test_changing_what_hangs_on_them(self, cast, confirmed):
        for rows, change in (
            (confirmed.resolutions, {"text": "别的"}),
            (confirmed.attendance, {"kind": "absent"}),
            (queries.items_of(confirmed).order_by(), {"title": "别的"}),
            (confirmed.resolutions, {"frozen": False}),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)

    def test_removing_any_of_it(self, confirmed):
        for rows in (confirmed.resolutions, confirmed.attendance, Task.objects):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.all().delete()

    def test_yet_an_item_may_be_finished(self, cast, confirmed):
        item = queries.items_of(confirmed).get()
        done = finish_task(cast.mao.act(key="f"), task=item, note="补了两个")
        assert (done.state, done.obligation.state) == ("done", "open")
        assert Obligation.objects.get(pk=done.obligation.pk).state == DutyState.MET

    def test_two_standing_meetings_of_one_duty(self, meeting):
        with pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.create(
                programme=meeting.programme,
                group=meeting.group,
                obligation=meeting.obligation,
                chair=meeting.chair,
                title_zh="再一次",
                starts_at=meeting.starts_at,
                arranged_at=meeting.arranged_at,
            )


class TestSight:
    def test_who_may_read_which_meetings(self, cast, meeting):
        actions.call_meeting(
            cast.he.act(key="c"),
            group=cast.group("cell.blue"),
            plan=MeetingPlan(local("2030-04-09T10:00"), title="蓝组会"),
        )
        actions.plan_meeting(
            cast.qin.act(key="p"),
            obligation=cast.duty("gather"),
            starts_at=local("2030-04-18T10:00"),
        )
        seen = {}
        for name, player in cast.players.items():
            found = set(permissions.visible(seen_by(player.seat), Meeting.objects.all()))
            seen[name] = sorted(one.title_zh for one in found)
        both = ["小组会", "碰头会"]
        assert seen["mao"] == ["小组会"]
        assert seen["lu"] == both
        assert seen["hua"] == ["蓝组会"]
        assert seen["ji"] == seen["qin"] == seen["gao"] == [*both, "蓝组会"]
        assert seen["wu"] == []


def test_the_calendar_sequence_rises_with_each_move(cast, meeting):
    for number in (1, 2):
        at = meeting.starts_at + timedelta(hours=number)
        moved = actions.move_meeting(cast.lu.act(key=f"m{number}"), meeting=meeting, starts_at=at)
        assert moved.sequence == number
