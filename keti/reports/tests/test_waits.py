"""A report that is handed in waits for its reader: owed once a version, ended by every way out."""

from dataclasses import replace

import pytest

from keti.duties.tests.waiting import responses, waiting, waits
from keti.groups.models import Group
from keti.intake.actions import end_membership
from keti.kernel.refusals import Refused
from keti.reports.actions import (
    accept_report,
    hand_in_by_file,
    lay_before_gate,
    return_report,
    send_back,
    submit_report,
)
from keti.reports.models import Report
from keti.reports.tests.conftest import Desk
from tests.cast import Cast, local

pytestmark = pytest.mark.django_db
KIND = "reports.accept"


def test_a_draft_waits_for_nobody(cast: Cast, desk: Desk) -> None:
    desk.written()
    assert waits(cast, KIND) == []


def test_what_is_handed_in_waits_for_the_lead_above_within_the_charters_term(
    cast: Cast, desk: Desk
) -> None:
    version = desk.submitted()
    assert waits(cast, KIND) == [("1", "open", ["fang"])]
    duty = waiting(cast, KIND)
    assert (duty.due_at, duty.caused_by) == (local("2030-05-06T00:00"), cast.lu.seat)
    assert (duty.about_path, duty.subject_id) == (version.report.path, version.report.public_id)
    assert (duty.title_zh, duty.group.key) == ("接收红组 · 4 月月度报告", "cell.red")


def test_a_file_waits_as_a_form_does(cast: Cast, desk: Desk) -> None:
    month = cast.duty("moon", "cell.red", "2030-04")
    hand_in_by_file(cast.lu.act(), obligation=month, file=desk.file("lu"), handed=desk.handed())
    assert waits(cast, KIND) == [("1", "open", ["fang"])]


def test_accepting_answers_it(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    cast.at("2030-04-29T09:00")
    accept_report(cast.fang.act(), report=report)
    assert waits(cast, KIND) == [("1", "met", [])]
    duty = responses(cast, KIND).get()
    assert (duty.met_at, duty.on_behalf) == (local("2030-04-29T09:00"), False)


def test_returning_answers_it_and_the_next_version_asks_anew(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    returned = return_report(cast.fang.act(), report=report, reason="补充数据。")
    assert waits(cast, KIND) == [("1", "met", [])]
    cast.at("2030-04-30T10:00")
    submit_report(cast.lu.act(), report=returned)
    assert waits(cast, KIND) == [("1", "met", []), ("2", "open", ["fang"])]
    assert waiting(cast, KIND).due_at == local("2030-05-08T00:00")


def test_the_secretariat_answers_in_its_place_and_on_its_behalf(cast: Cast, desk: Desk) -> None:
    one, other = desk.submitted("lu").report, desk.submitted("he").report
    accept_report(cast.qin.act(), report=one)
    act = replace(cast.qin.act(), on_behalf_of=cast.fang.seat, evidence=desk.file())
    accept_report(act, report=other)
    assert waits(cast, KIND) == [("1", "met", []), ("1", "met", [])]
    assert [duty.on_behalf for duty in responses(cast, KIND)] == [False, True]


def test_who_is_refused_answers_nothing(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    for player in (cast.lu, cast.he, cast.gao):
        with pytest.raises(Refused):
            accept_report(player.act(), report=report)
    assert waits(cast, KIND) == [("1", "open", ["fang"])]


def test_what_the_top_group_hands_in_waits_for_the_commissioner(cast: Cast) -> None:
    cast.at("2030-05-25T10:00")
    Desk(cast).plain("tao", "skeleton", bones="结构。")
    assert waits(cast, KIND) == [("1", "open", ["gao"])]


def test_without_a_lead_the_secretariat_is_asked_and_a_new_lead_after_it(
    cast: Cast, desk: Desk
) -> None:
    desk.submitted()
    end_membership(cast.qin.act(), seat=cast.fang.seat, reason="调离。")
    assert waits(cast, KIND) == [("1", "open", ["qin"])]


def test_laid_before_a_gate_no_reader_is_asked_then_or_later(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    other = desk.submitted("he").report
    lay_before_gate(cast.qin.act(), obligations=[report.obligation])
    assert waits(cast, KIND) == [("1", "cancelled", []), ("1", "open", ["fang"])]
    report = Report.objects.with_names().get(pk=report.pk)
    back = send_back(cast.ren.act(), report=report, reason="数据不足。")
    submit_report(cast.lu.act(), report=back)
    assert waits(cast, KIND) == [("1", "cancelled", []), ("1", "open", ["fang"])]
    accept_report(cast.fang.act(), report=other)
    assert waits(cast, KIND) == [("1", "cancelled", []), ("1", "met", [])]


def test_what_a_gate_sends_back_does_not_count_as_answered(cast: Cast, desk: Desk) -> None:
    report = desk.submitted().report
    send_back(cast.ren.act(), report=report, reason="数据不足。")
    assert waits(cast, KIND) == [("1", "cancelled", [])]


def test_a_group_moved_elsewhere_waits_for_who_leads_there(cast: Cast, desk: Desk) -> None:
    desk.submitted()
    Group.objects.filter(key="cell.red").update(parent=cast.group("cell.blue"))
    cast.reseat()
    assert waits(cast, KIND) == [("1", "open", ["he"])]
