"""A data folder whose minutes had action items of their own keeps all of it as tasks."""

import json
import subprocess
import sys

DUE, RECORDED = "2030-04-19 16:00:00+00:00", "2030-04-11 08:00:00+00:00"
RUN = "import django; django.setup(); from keti.meetings.tests.items_of_before import main; main()"
OPEN = ("open", "", None, False, False)
DONE = ("done", "访谈了\n四家", "2030-04-13 06:00:00+00:00", True, True)


def task(key, title, order, became):
    """The row of an item that was: what it is, where it came from, what became of it."""
    state, note, *rest = became
    return [
        key, "cell.red", "毛研究员（演示）", key, title, DUE, "meetings.meeting", "met",
        "小组会 2030-04-11", "/p/cast/meetings/met/", order, True, state, RECORDED,
        "卢组长（演示）（组长）", note, *rest,
    ]  # fmt: skip


def duty(key, state="open", with_=("", "")):
    return [f"meetings.item/{key}", "work.task", "task", key, state, *with_, DUE]


def test_every_item_is_a_task_with_all_that_hung_on_it(elsewhere):
    env = elsewhere | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    ran = subprocess.run([sys.executable, "-c", RUN], env=env, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-3000:]
    said = json.loads(ran.stdout.splitlines()[-1])
    assert said["tasks"] == [
        task("a", "补案例", 1, OPEN), task("b", "访谈", 2, DONE), task("c", "补案例", 3, OPEN),
    ]  # fmt: skip
    assert said["duties"] == [
        duty("a"), duty("b", "met", ("work.task", "/p/cast/tasks/b/")), duty("c"), duty("dropped"),
    ]  # fmt: skip
    assert (said["reminded"], said["again"], said["ill"]) == (1, True, [])
    [[place, form, typed, begun]] = said["drafts"]
    assert (place, form) == ("/p/cast/tasks/a/", f"{place} {place}finish/ f-note")
    assert (json.loads(typed), json.loads(begun)) == ({"f-note": ["写到一半"]}, {"f-note": "x"})
    assert said["views"] == [
        ["tasks", "我的", "?q=写"],
        ["tasks", "我的 2", "?q=%E6%A1%88%E4%BE%8B&state=done&source=meeting&sort=-source"],
        ["tasks", "全部", "?state=&source=meeting"],
    ]
    assert said["refused"] == ["title", "frozen", "delete"]
    shown = said["shown"]
    assert shown.pop("owed").startswith("/p/cast/tasks/for/")
    assert shown == {
        "old": "/p/cast/tasks/a/", "next": "/p/cast/tasks/a/", "minutes": True, "task": True,
        "stranger": 404, "record": True,
    }  # fmt: skip
