"""Drafting, handing in, returning, accepting."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from keti.duties.models import Obligation
from keti.kernel.refusals import Refused
from keti.ledger.models import Entry
from keti.notify.models import Message
from keti.reports.actions import (
    Content,
    PlanItem,
    accept_report,
    hand_in_by_file,
    quote_parts,
    return_report,
    save_draft,
    send_back,
    start_report,
    submit_report,
)
from keti.reports.models import Report, Version
from keti.work.models import Task
from tests.cast import Cast, local

from .conftest import TEXTS, Desk


def refusal(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.sentence("zh-hans")
    assert caught.value.sentence("en")
    return caught.value.code


def test_the_lead_hands_in_the_month(cast: Cast, desk: Desk) -> None:
    version = desk.submitted()
    report = Report.objects.get()
    assert (report.state, report.latest, version.number) == ("submitted", 1, 1)
    assert [one["text"] for one in version.sections] == ["做成了一件事。", "无", "继续观察。"]
    assert len(version.sha256) == 64
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert (duty.state, duty.met_at, duty.with_id) == (
        "met",
        local("2030-04-28T10:00"),
        version.public_id,
    )
    task = Task.objects.get()
    assert (task.title, task.seat_id, task.due_at) == (
        "写案例",
        cast.mao.seat.pk,
        local("2030-05-21T00:00"),
    )
    told = Message.objects.filter(kind="reports.submitted").values_list("recipient_id", flat=True)
    assert list(told) == [cast.fang.person.public_id]
    line = Entry.objects.get(kind="reports.report.submitted")
    assert line.content["facts"]["sha256"] == version.sha256


def test_starting_twice_gives_one_report(cast: Cast, desk: Desk) -> None:
    assert desk.start().pk == desk.start().pk
    assert Entry.objects.filter(kind="reports.report.started").count() == 1


def test_neighbour_and_monitor_do_not_write(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    for player in (cast.he, cast.hua, cast.ji, cast.ren, cast.fang):
        assert refusal(start_report, player.act(), obligation=duty) == "reports.not-your-group"
    assert refusal(start_report, cast.wu.act(), obligation=duty) == "groups.no-seat"


def test_a_member_drafts_but_only_the_lead_hands_in(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    save_draft(
        cast.mao.act(), report=report, content=Content(TEXTS | {"gains": "毛补充。"}, []), base=1
    )
    assert refusal(submit_report, cast.mao.act(), report=report) == "duties.not-yours"


def test_a_duty_of_another_form_is_no_report(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("wind_up")
    assert refusal(start_report, cast.qin.act(), obligation=duty) == "reports.not-a-report"


def test_an_empty_section_is_refused_and_a_stated_none_counts(cast: Cast, desk: Desk) -> None:
    report = desk.written(snags="  ")
    assert refusal(submit_report, cast.lu.act(), report=report) == "reports.section-empty"
    assert Version.objects.count() == 0
    save_draft(cast.lu.act(), report=report, content=Content(TEXTS, [PlanItem("无")]), base=1)
    assert submit_report(cast.lu.act(), report=report).number == 1
    assert Task.objects.count() == 0


@pytest.mark.parametrize("fault", ["nobody", "neighbour", "date", "title"])
def test_a_plan_item_needs_all_three(cast: Cast, desk: Desk, fault: str) -> None:
    seat = {"nobody": "", "neighbour": cast.hua.seat.public_id}.get(fault, cast.mao.seat.public_id)
    due = None if fault == "date" else date(2030, 5, 20)
    item = PlanItem("" if fault == "title" else "写案例", seat, due)
    report = desk.start()
    save_draft(cast.lu.act(), report=report, content=Content(TEXTS, [item]), base=0)
    assert refusal(submit_report, cast.lu.act(), report=report) == "reports.plan-item-incomplete"
    assert (Version.objects.count(), Task.objects.count()) == (0, 0)


def test_an_absent_plan_is_refused(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    save_draft(cast.lu.act(), report=report, content=Content(TEXTS, []), base=0)
    assert refusal(submit_report, cast.lu.act(), report=report) == "reports.plan-empty"


def test_a_stale_save_is_refused_and_nothing_changes(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    mine = Content(TEXTS | {"gains": "卢的新文字。"}, [])
    save_draft(
        cast.mao.act(), report=report, content=Content(TEXTS | {"gains": "毛的。"}, []), base=1
    )
    assert (
        refusal(save_draft, cast.lu.act(), report=report, content=mine, base=1)
        == "reports.stale-draft"
    )
    report.refresh_from_db()
    assert (report.sections["gains"], report.revision) == ("毛的。", 2)


def test_the_same_save_twice_is_one(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    content = Content(TEXTS, [])
    for _ in range(2):
        save_draft(cast.lu.act(), report=report, content=content, base=0)
    report.refresh_from_db()
    assert report.revision == 1


def test_a_double_submit_gives_one_version(cast: Cast, desk: Desk) -> None:
    report = desk.written()
    first = submit_report(cast.lu.act(key="k1"), report=report)
    again = submit_report(cast.lu.act(key="k1"), report=report)
    assert (again.pk, Version.objects.count(), Task.objects.count()) == (first.pk, 1, 1)
    assert refusal(submit_report, cast.lu.act(key="k2"), report=report) == "reports.no-such-move"


def test_returned_revised_accepted(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    assert (
        refusal(return_report, cast.fang.act(), report=report, reason=" ")
        == "reports.give-a-reason"
    )
    return_report(cast.fang.act(), report=report, reason="成果没有依据。")
    assert cast.duty("moon", "cell.red", "2030-04").state == "returned"
    told = Message.objects.get(kind="reports.returned")
    assert (told.recipient_id, "成果没有依据。" in told.body) == (cast.lu.person.public_id, True)
    cast.at("2030-04-29T09:00")
    report.refresh_from_db()
    save_draft(
        cast.lu.act(),
        report=report,
        base=report.revision,
        content=Content(TEXTS | {"gains": "依据是报表。"}, report.content().plan),
    )
    second = submit_report(cast.lu.act(), report=report)
    accept_report(cast.fang.act(), report=report)
    report.refresh_from_db()
    assert (report.state, report.latest, second.number) == ("accepted", 2, 2)
    first = Version.objects.get(number=1)
    assert first.sections[0]["text"] == "做成了一件事。"
    assert first.sha256 != second.sha256
    assert Task.objects.count() == 1
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert (duty.state, duty.met_at) == ("met", local("2030-04-28T10:00"))


def test_who_accepts_and_who_does_not(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    for player in (cast.he, cast.mao, cast.ji, cast.ren, cast.tao):
        assert refusal(accept_report, player.act(), report=report) == "reports.reader-decides"
    assert refusal(accept_report, cast.lu.act(), report=report) == "reports.not-your-own"
    assert refusal(accept_report, cast.wu.act(), report=report) == "groups.no-seat"
    accept_report(cast.qin.act(), report=report)
    report.refresh_from_db()
    assert report.state == "accepted"


def test_a_submitted_text_is_frozen_until_it_is_returned(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    assert (
        refusal(save_draft, cast.lu.act(), report=report, content=Content({}, []), base=1)
        == "reports.not-editable"
    )


def test_a_gate_sends_an_accepted_report_back(cast: Cast, desk: Desk) -> None:
    report = desk.plain("lu", "halfway", **TEXTS).report
    accept_report(cast.fang.act(), report=report)
    send_back(cast.ren.act(), report=report, reason="请补充数据。")
    report.refresh_from_db()
    assert report.state == "returned"
    assert cast.duty("halfway", "cell.red").state == "returned"


def test_one_decision_sends_two_reports_back(cast: Cast, desk: Desk) -> None:
    reports = [desk.plain(who, "halfway", **TEXTS).report for who in ("lu", "he")]
    for _ in range(2):
        for report in reports:
            send_back(cast.ren.act(key="g"), report=report, reason="请补充数据。")
    states = Report.objects.filter(kind="halfway").values_list("state", flat=True)
    assert list(states) == ["returned", "returned"]
    assert Entry.objects.filter(kind="reports.report.returned").count() == 2


def test_on_paper_on_the_30th_recorded_on_the_2nd_is_on_time(cast: Cast, desk: Desk) -> None:
    cast.at("2030-05-02T10:00")
    scan = desk.file()
    act = cast.qin.act(on_behalf_of=cast.lu.seat, happened=local("2030-04-30T17:00"), evidence=scan)
    duty = cast.duty("moon", "cell.red", "2030-04")
    handed = desk.handed(gains="办了两次研讨。")
    version = hand_in_by_file(act, obligation=duty, file=scan, handed=handed)
    assert (version.recorded_late, version.on_behalf) == (True, True)
    assert (version.at, version.recorded_at) == (
        local("2030-04-30T17:00"),
        local("2030-05-02T10:00"),
    )
    duty.refresh_from_db()
    assert (duty.state, duty.met_at, duty.recorded_late) == (
        "met",
        local("2030-04-30T17:00"),
        True,
    )
    assert duty.met_at < duty.due_instant == local("2030-05-01T00:00")
    told = Message.objects.get(kind="groups.on-behalf")
    assert told.recipient_id == cast.lu.person.public_id
    assert "2030-04-30 17:00" in told.body
    assert [(one["key"], one["text"]) for one in version.sections] == [
        ("gains", "办了两次研讨。"),
        ("snags", "无"),
        ("cures", "继续观察。"),
    ]
    assert Task.objects.get().seat_id == cast.mao.seat.pk
    line = Entry.objects.get(kind="reports.report.submitted")
    assert (line.content["late"], line.content["behalf"]) == (True, cast.lu.seat.label)


def test_late_recording_needs_the_scan(cast: Cast, desk: Desk) -> None:
    cast.at("2030-05-02T10:00")
    act = cast.qin.act(on_behalf_of=cast.lu.seat, happened=local("2030-04-30T17:00"))
    duty = cast.duty("moon", "cell.red", "2030-04")
    assert (
        refusal(hand_in_by_file, act, obligation=duty, file=desk.file(), handed=desk.handed())
        == "groups.late-recording-needs-evidence"
    )
    assert Report.objects.count() == 0


def test_the_same_file_sent_twice_is_one_version(cast: Cast, desk: Desk) -> None:
    duty = cast.duty("moon", "cell.red", "2030-04")
    file = desk.file()
    made = [
        hand_in_by_file(cast.lu.act(key="f"), obligation=duty, file=file, handed=desk.handed())
        for _ in range(2)
    ]
    assert made[0].pk == made[1].pk
    assert Version.objects.count() == 1


def test_the_consolidated_report_quotes_the_groups_and_pins_them(cast: Cast, desk: Desk) -> None:
    red = desk.submitted()
    report = desk.start("fang", "sum")
    text = report.sections["whole"]
    assert "二、本月成果\n\n（一）红组\n做成了一件事。" in text
    assert text.startswith("一、未交\n- 蓝组")
    version = submit_report(cast.fang.act(), report=report)
    pins = [(one["group"], one["number"], one["sha256"]) for one in version.collected]
    assert pins == [("cell.red", 1, red.sha256), ("cell.blue", 0, "")]
    told = Message.objects.filter(kind="reports.submitted").order_by("pk").last()
    assert told.recipient_id == cast.gao.person.public_id


def test_groups_that_come_later_are_quoted_on_request(cast: Cast, desk: Desk) -> None:
    report = desk.start("fang", "sum")
    assert report.sections == {}
    assert refusal(quote_parts, cast.fang.act(), report=report) == "reports.nothing-collected"
    desk.submitted("he")
    report = quote_parts(cast.fang.act(key="q"), report=report)
    again = quote_parts(cast.fang.act(key="q"), report=report)
    assert again.sections["whole"].count("（一）蓝组\n") == 4
    assert "（一）蓝组\n- 写案例 · 华研究员（演示）（组员） · 2030-05-20" in again.sections["whole"]


def test_the_final_report_pins_the_newest_chapters(cast: Cast, desk: Desk) -> None:
    red = desk.plain("lu", "part", matter="红组正文。")
    version = desk.plain("tao", "whole_book", frame="总论。")
    assert [(one["group"], one["version"]) for one in version.chapters] == [
        ("cell.red", red.public_id),
        ("cell.blue", ""),
    ]
    assert version.paper_number == "测总报告〔2030〕1号"


def test_a_frozen_version_is_never_changed(cast: Cast, desk: Desk) -> None:
    version = desk.submitted()
    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(words="x"),
        lambda: Version.objects.filter(pk=version.pk).delete(),
        lambda: Report.objects.filter(pk=version.report_id).update(latest=3),
        lambda: Report.objects.filter(pk=version.report_id).update(period="2031-01"),
        lambda: Version.objects.create(
            programme=cast.programme,
            report=version.report,
            number=1,
            sections=[],
            sha256="",
            seat_label="",
            by_label="",
            at=version.at,
            recorded_at=version.at,
        ),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_one_report_per_group_and_period(cast: Cast, desk: Desk) -> None:
    report = desk.start()
    other = Obligation.objects.filter(key="moon@cell.red/2030-05").get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            programme=cast.programme,
            obligation=other,
            group=report.group,
            kind=report.kind,
            period=report.period,
            saved_at=report.saved_at,
            saved_by="",
        )


def test_hostile_text_stays_text(cast: Cast, desk: Desk) -> None:
    version = desk.submitted(gains="<script>alert(1)</script>\u202e[x](javascript:alert(1))")
    assert "\u202e" not in version.sections[0]["text"]
