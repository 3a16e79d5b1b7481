"""What was handed in by mistake is taken back: owed again, its readers told, the version kept."""

import pytest

from keti.kernel.refusals import Refused, sentence
from keti.notify.models import Message
from keti.reports.actions import accept_report, submit_report, take_back_report
from keti.reports.models import Report, Version
from keti.work.actions import finish_task
from keti.work.models import Task

WHY = "传错了文件（演示）。"


def refused(do):
    with pytest.raises(Refused) as found:
        do()
    return found.value.code


def test_taken_back_it_is_owed_again_and_handed_in_anew(desk, cast):
    version = desk.submitted()
    report = version.report
    took = take_back_report(cast.lu.act(), report=report, reason=WHY)
    assert (took.state, took.editable, took.latest) == ("draft", True, 1)
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert (duty.state, duty.met_at, duty.with_id) == ("open", None, "")
    [letter] = Message.objects.filter(kind="reports.taken-back")
    assert letter.recipient_id == cast.fang.person.public_id
    assert WHY in letter.body
    again = submit_report(cast.lu.act(), report=took)
    assert (again.number, again.report.state) == (2, "submitted")
    assert list(Version.objects.values_list("number", flat=True).order_by("number")) == [1, 2]


def test_late_where_its_day_is_past_when_it_comes_again(desk, cast):
    """Nobody hands in a blank page on the day, and the report after it."""
    version = desk.submitted()
    take_back_report(cast.lu.act(), report=version.report, reason=WHY)
    cast.at("2030-06-20T10:00")
    submit_report(cast.lu.act(), report=Report.objects.get())
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert duty.state == "met" and duty.met_at > duty.due_instant


def test_who_may_not_and_when_not(desk, cast):
    version = desk.submitted()
    report = version.report
    assert refused(lambda: take_back_report(cast.lu.act(), report=report, reason="  ")) == (
        "reports.why-taken-back"
    )
    for who in ("hua", "fang", "ji", "mao"):
        act = cast.players[who].act()
        assert refused(lambda act=act: take_back_report(act, report=report, reason=WHY))
    assert Report.objects.get().state == "submitted"
    accept_report(cast.fang.act(), report=report)
    assert refused(lambda: take_back_report(cast.lu.act(), report=report, reason=WHY)) == (
        "reports.no-such-move"
    )


def test_not_where_a_gate_judges_it(desk, cast):
    report = desk.submitted().report
    Report.objects.update(judged_at=report.obligation.due_at)
    assert refused(lambda: take_back_report(cast.lu.act(), report=report, reason=WHY)) == (
        "reports.judged-already"
    )


def test_twice_the_same_form_takes_back_once(desk, cast):
    report = desk.submitted().report
    act = cast.lu.act(key="once")
    for _time in range(2):
        take_back_report(act, report=report, reason=WHY)
    assert Message.objects.filter(kind="reports.taken-back").count() == 1


def test_through_the_pages(desk, cast):
    report = desk.submitted().report
    assert "交错了，收回" in cast.lu.client.get(report.path).content.decode()
    assert "交错了，收回" not in cast.fang.client.get(report.path).content.decode()
    url = f"{report.path}take-back/"
    assert cast.lu.client.post(url, {"key": "k", "reason": ""}).status_code == 422
    assert cast.lu.client.post(url, {"key": "k", "reason": WHY}).status_code == 302
    page = cast.lu.client.get(report.path).content.decode()
    assert "这一版已由提交人收回" in page and WHY in page
    assert cast.lu.client.get(f"{report.path}edit/").status_code == 200


def test_the_page_says_what_becomes_of_the_tasks_of_its_plan(desk, cast):
    report = desk.submitted().report
    task = Task.objects.get()
    page = cast.lu.client.get(f"{report.path}take-back/").content.decode()
    assert task.path in page and "再次提交时按新计划调整" in page
    take_back_report(cast.lu.act(), report=report, reason=WHY)
    task.refresh_from_db()
    assert task.state == "open"
    assert "任务照旧" in cast.lu.client.get(report.path).content.decode()
    finish_task(cast.mao.act(), task=task, note="已写。")
    again = submit_report(cast.lu.act(), report=Report.objects.get())
    page = cast.lu.client.get(f"{again.report.path}take-back/").content.decode()
    assert task.path not in page and "再次提交时按新计划调整" not in page


def test_before_handing_in_the_page_says_that_the_plan_lacks_something(desk, cast):
    """It said that every part was written, and refused."""
    report = desk.written()
    report.plan = []
    report.save()
    page = cast.lu.client.get(f"{report.path}submit/").content.decode()
    assert "各部分都已写好" not in page
    assert sentence("reports.plan-empty", {}, "zh-hans") in page
