"""What minutes name to be done is a task: who does it, what corrected minutes make of it, who
reads it."""

import pytest
from django.db import DatabaseError, transaction

from keti.duties.enums import DutyState
from keti.kernel.refusals import Refused
from keti.ledger.queries import entries
from keti.meetings import actions, queries
from keti.meetings.actions import ItemFacts, MeetingPlan, MinutesFacts
from keti.notify.models import Message
from keti.work.actions import TaskSpec, assign_task, decline_task, finish_task
from keti.work.models import Task
from tests.cast import local

DUE = local("2030-04-20T00:00")
OLD = "/p/cast/meetings/items/{}/"


def minutes(cast, *items):
    return MinutesFacts("讨论了框架。", {cast.lu.seat: "present"}, ["框架分三层"], items)


def write(cast, meeting, *items, key="", who="lu"):
    act = cast.players[who].act(key=key)
    return actions.record_minutes(act, meeting=meeting, minutes=minutes(cast, *items))


@pytest.fixture
def item(cast):
    return ItemFacts("补案例", cast.mao.seat, DUE)


@pytest.fixture
def recorded(cast, planned, item):
    cast.at("2030-04-11T17:00")
    return write(cast, planned, item, key="rec")


@pytest.fixture
def task(recorded):
    return queries.items_of(recorded).get()


def named(meeting):
    return [(one.title, one.order, one.state) for one in queries.items_of(meeting)]


def test_the_task_says_what_it_came_from_and_is_owed(cast, recorded, task):
    assert (task.source, task.group, task.order) == (recorded.subject(), recorded.group, 1)
    assert (task.assigned_at, task.assigned_by) == (cast.lu.moment, "卢组长（演示）（组长）")
    duty = task.obligation
    said = (duty.key, duty.kind, duty.form, duty.seat, duty.due_at, duty.subject_id)
    whole = f"work.task/{task.public_id}"
    assert said == (whole, "work.task", "task", cast.mao.seat, DUE, task.public_id)
    told = Message.objects.get(kind="meetings.item")
    assert (told.recipient_label, told.path) == ("毛研究员（演示）", task.path)
    line = entries(cast.programme).get(kind="work.task.assigned")
    assert (line.subject_id, line.content["facts"]["from"]) == (task.public_id, recorded.label)


@pytest.mark.parametrize("name", ["lu", "mi", "he", "hua", "qin", "ji", "gao", "ren"])
@pytest.mark.parametrize("does", ["finish", "decline"])
def test_only_its_holder_finishes_or_declines(cast, task, name, does):
    act = cast.players[name].act(key="f")
    with pytest.raises(Refused) as refused:
        if does == "finish":
            finish_task(act, task=task, note="x")
        else:
            decline_task(act, task=task, reason="x")
    assert refused.value.code == "work.not-your-task"
    task.refresh_from_db()
    assert (task.state, task.note) == ("open", "")


def test_its_holder_finishes_once(cast, task):
    for _ in range(2):
        finish_task(cast.mao.act(key="f"), task=task, note="好了")
    with pytest.raises(Refused) as refused:
        finish_task(cast.mao.act(key="g"), task=task, note="又")
    assert refused.value.code == "work.task-is-closed"
    task.obligation.refresh_from_db()
    duty = task.obligation
    assert (duty.state, duty.with_kind, duty.with_path) == ("met", "work.task", task.path)


def test_the_holder_may_decline_and_the_lead_gives_it_to_another(cast, recorded, task):
    decline_task(cast.mao.act(key="d"), task=task, reason="出差")
    told = Message.objects.get(kind="work.task.declined")
    assert told.recipient_label == "卢组长（演示）"
    write(cast, recorded, ItemFacts("补案例", cast.mi.seat, DUE), key="again")
    assert named(recorded) == [("补案例", 1, "open")]
    assert queries.items_of(recorded).get().seat == cast.mi.seat
    task.refresh_from_db()
    assert (task.state, task.order, task.note) == ("declined", None, "出差")


def test_what_corrected_minutes_leave_out_is_taken_back_and_told(cast, recorded, task):
    write(cast, recorded, key="again")
    assert named(recorded) == []
    task.refresh_from_db()
    assert (task.state, task.order, task.answered_at) == ("withdrawn", None, cast.lu.moment)
    assert task.obligation.state == DutyState.CANCELLED
    told = Message.objects.get(kind="work.task.withdrawn")
    assert told.recipient_label == "毛研究员（演示）"
    assert told.body.startswith(f"{recorded.label}的纪要重新整理后，不再有“补案例”这一项")
    assert told.other_body.startswith("The minutes of Cell meeting 2030-04-11 were written again")
    line = entries(cast.programme).get(kind="work.task.withdrawn")
    assert line.content["facts"] == {"from": recorded.label, "to": cast.mao.seat.label}
    page = cast.mao.client.get(task.path).content.decode()
    assert "纪要重新整理后，不再有这一项" in page and "报告重新提交后" not in page


def test_what_is_finished_stays_and_is_named_no_more(cast, recorded, task):
    finish_task(cast.mao.act(key="f"), task=task, note="好了")
    write(cast, recorded, key="again")
    task.refresh_from_db()
    assert (task.state, task.order, named(recorded)) == ("done", None, [])
    assert Message.objects.filter(kind="work.task.withdrawn").count() == 0


def test_the_same_stays_in_its_new_place_and_is_told_once(cast, recorded, task, item):
    other = ItemFacts("查政策", cast.mi.seat, local("2030-04-25T00:00"))
    write(cast, recorded, other, item, key="again")
    assert named(recorded) == [("查政策", 1, "open"), ("补案例", 2, "open")]
    assert queries.items_of(recorded).get(order=2).pk == task.pk
    assert Message.objects.filter(kind="meetings.item").count() == 2
    assert entries(cast.programme).filter(kind="work.task.assigned").count() == 2


def test_what_minutes_name_twice_is_two_tasks_however_often_they_are_written(cast, planned, item):
    cast.at("2030-04-11T17:00")
    for number in range(3):
        write(cast, planned, item, item, key=f"r{number}")
    assert [one.order for one in Task.objects.order_by("pk")] == [1, 2]
    write(cast, planned, item, key="less")
    left = Task.objects.order_by("state").values_list("order", "state")
    assert list(left) == [(1, "open"), (None, "withdrawn")]


def test_a_double_click_writes_nothing_twice(cast, recorded, item):
    write(cast, recorded, key="rec")
    assert named(recorded) == [("补案例", 1, "open")]


@pytest.mark.parametrize(
    "change",
    [
        {"title": "别的"},
        {"due_at": local("2030-04-21T00:00")},
        {"source_id": "x"},
        {"order": 2},
        {"order": None},
        {"frozen": False},
    ],
)
def test_the_database_keeps_what_confirmed_minutes_name(cast, recorded, task, change):
    actions.confirm_minutes(cast.lu.act(key="ok"), meeting=recorded)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(seat=cast.mi.seat)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=task.pk).delete()
    done = finish_task(cast.mao.act(key="f"), task=task, note="补了两个")
    assert (done.state, done.frozen) == ("done", True)


@pytest.mark.parametrize("change", [{"order": 1}, {"frozen": True}])
def test_no_other_task_has_a_place_in_minutes(cast, planned, change):
    group = cast.group("cell.red")
    spec = TaskSpec(cast.programme, group, cast.mao.seat, "写案例", DUE)
    other = assign_task(cast.lu.act(key="t"), spec=spec)
    with pytest.raises(DatabaseError), transaction.atomic():
        Task.objects.filter(pk=other.pk).update(**change)


@pytest.fixture
def lent(cast, planned):
    """The red cell's meeting asks something of somebody of the blue one, who was not there."""
    cast.at("2030-04-11T17:00")
    write(cast, planned, ItemFacts("核对数据", cast.hua.seat, DUE), key="rec")
    return queries.items_of(planned).get()


def seen(cast, path):
    return {
        name
        for name, player in cast.players.items()
        if player.client.get(path).status_code in (200, 302)
    }


def test_who_may_not_read_the_meeting_reads_its_tasks_as_little(cast, recorded, task):
    inside = {"lu", "mao", "mi", "qin", "ji", "gao"}
    assert seen(cast, task.path) == seen(cast, recorded.path) == inside
    assert seen(cast, OLD.format(task.public_id)) == inside
    rows = {
        name
        for name, player in cast.players.items()
        if "补案例" in player.client.get("/p/cast/tasks/?source=meeting").content.decode()
    }
    assert rows == inside


def test_who_was_lent_reads_the_task_and_not_the_meeting(cast, planned, lent):
    assert seen(cast, lent.path) == {"lu", "mao", "mi", "qin", "ji", "gao", "hua"}
    page = cast.hua.client.get(lent.path).content.decode()
    assert planned.label in page and planned.path not in page
    assert cast.hua.client.get(planned.path).status_code == 404
    assert f'href="{planned.path}"' in cast.mao.client.get(lent.path).content.decode()


def test_the_address_of_before_leads_to_the_task(cast, task):
    old = OLD.format(task.public_id)
    assert cast.mao.client.get(old).url == task.path
    spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mao.seat, "写案例", DUE)
    other = assign_task(cast.lu.act(key="t"), spec=spec)
    assert cast.mao.client.get(OLD.format(other.public_id)).status_code == 404


def test_the_list_says_and_narrows_by_what_a_task_came_from(cast, recorded, task):
    spec = TaskSpec(cast.programme, cast.group("cell.red"), cast.mao.seat, "写案例", DUE)
    assign_task(cast.lu.act(key="t"), spec=spec)
    found = {
        value: [line[0][1].text for line in cast.lu.client.get(url).context["tasks"].lines]
        for value in ("", "meeting", "task", "plan", "nothing")
        for url in [f"/p/cast/tasks/?source={value}"]
    }
    assert found == {
        "": ["补案例", "写案例"], "meeting": ["补案例"], "task": ["写案例"], "plan": [],
        "nothing": [],
    }  # fmt: skip
    page = cast.lu.client.get("/p/cast/tasks/").content.decode()
    assert "会议纪要" in page and recorded.label in page and "单独分派" in page
    cast.lu.client.cookies["django_language"] = "en"
    english = cast.lu.client.get("/p/cast/tasks/?source=meeting").content.decode()
    assert "Minutes of a meeting" in english and "Cell meeting 2030-04-11" in english


def test_minutes_print_what_they_name_and_their_page_what_became_of_it(cast, recorded, task):
    decline_task(cast.mao.act(key="d"), task=task, reason="出差")
    shown = cast.lu.client.get(recorded.path)
    assert "补案例（毛研究员（演示）（组员），2030-04-19 24:00" in shown.content.decode().replace(
        " 周五", ""
    )
    assert [(row["word"], row["mark"]) for row in shown.context["items"]] == [
        ("未接受", "returned")
    ]


def test_the_meetings_page_counts_what_is_open_and_leads_there(cast, recorded, task):
    page = cast.lu.client.get("/p/cast/meetings/")
    assert page.context["items"] == 1
    assert "/p/cast/tasks/?source=meeting" in page.content.decode()
    finish_task(cast.mao.act(key="f"), task=task, note="好了")
    assert cast.lu.client.get("/p/cast/meetings/").context["items"] == 0


def test_a_called_meeting_gives_work_as_well(cast):
    cast.at("2030-04-08T10:00")
    plan = MeetingPlan(local("2030-04-09T10:00"), title="临时碰头")
    made = actions.call_meeting(cast.he.act(key="c"), group=cast.group("cell.blue"), plan=plan)
    cast.at("2030-04-09T12:00")
    said = MinutesFacts("谈", {cast.he.seat: "present"}, [], [ItemFacts("甲", cast.hua.seat, DUE)])
    actions.record_minutes(cast.he.act(key="r"), meeting=made, minutes=said)
    assert Task.objects.get().obligation.group == cast.group("cell.blue")
