"""The life of a finding: who raises, answers, closes; who is refused; what is owed and told."""

import pytest
from django.db import DatabaseError, transaction

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.kernel.acts import Subject
from keti.kernel.refusals import Refused
from keti.ledger.queries import entries
from keti.monitoring.actions import (
    answer_finding,
    close_finding,
    raise_finding,
    reopen_finding,
)
from keti.monitoring.enums import FindingState, Severity
from keti.monitoring.models import Finding
from keti.monitoring.permissions import sees, visible
from keti.monitoring.queries import blocking, open_findings
from keti.notify.models import Message
from tests.cast import local, seen_by

pytestmark = pytest.mark.django_db
ABOUT = Subject("reports.report", "r1", "红组月报", "/p/cast/reports/r1/")


def raised(cast, who="ji", group="cell.red", about=ABOUT, **act):
    return raise_finding(
        cast.players[who].act("2030-04-10T10:00", **act),
        programme=cast.programme,
        subject=about,
        group=cast.group(group) if group else None,
        title="数据来源不明",
        text="第二节没有写明数据来源。",
        severity=Severity.BLOCKING,
    )


def duty(finding, what):
    return Obligation.objects.get(key=f"finding.{what}@{finding.public_id}/{finding.round}")


def codes(run):
    with pytest.raises(Refused) as refused:
        run()
    return refused.value.code


def test_the_lead_of_the_group_owes_an_answer_by_the_charters_clock(cast):
    finding = raised(cast)
    assert (finding.number, finding.state) == (1, FindingState.RAISED)
    assert finding.owed_by.pk == cast.lu.seat.pk
    owed = duty(finding, "answer")
    assert (owed.form, owed.seat_id, owed.state) == ("finding", cast.lu.seat.pk, DutyState.OPEN)
    assert owed.due_at == local("2030-04-16T00:00")
    told = Message.objects.filter(kind="monitoring.raised")
    assert [one.recipient_label for one in told] == ["卢组长（演示）"]
    assert "2030-04-15 周一 24:00" in told[0].body
    line = entries(cast.programme).last()
    assert line.kind == "monitoring.finding.raised"
    assert line.content["facts"]["on"] == ["reports.report", "r1", "红组月报"]


def test_the_whole_life(cast):
    finding = raised(cast)
    answered = answer_finding(cast.lu.act("2030-04-11T10:00"), finding=finding, text="已补充来源。")
    assert answered.state == FindingState.ANSWERED
    assert duty(finding, "answer").state == DutyState.MET
    assert duty(finding, "verify").due_at == local("2030-04-15T00:00")
    again = reopen_finding(cast.ji.act("2030-04-12T10:00"), finding=answered, reason="仍缺第三节。")
    assert (again.state, again.round) == (FindingState.RAISED, 2)
    assert duty(again, "answer").due_at == local("2030-04-18T00:00")
    answer_finding(cast.lu.act("2030-04-13T10:00"), finding=finding, text="已全部补充。")
    closed = close_finding(cast.ji.act("2030-04-14T10:00"), finding=finding, reason="已核实。")
    assert closed.closed_at == local("2030-04-14T10:00")
    assert Obligation.objects.filter(subject_id=finding.public_id).open().count() == 0
    assert [step.kind for step in closed.steps.all()] == [
        "raised", "answered", "reopened", "answered", "closed",
    ]  # fmt: skip
    told = Message.objects.filter(kind="monitoring.closed").order_by("pk")
    assert [one.recipient_label for one in told] == ["纪监控（演示）", "卢组长（演示）"]
    assert list(open_findings(cast.programme)) == []


def test_only_the_raiser_closes(cast):
    finding = raised(cast)
    answer_finding(cast.lu.act("2030-04-11T10:00"), finding=finding, text="已补充。")
    assert (
        codes(
            lambda: close_finding(cast.lu.act("2030-04-11T11:00"), finding=finding, reason="好了")
        )
        == "monitoring.not-by-the-corrected"
    )
    for who in ("qin", "mao", "gao", "he"):
        act = cast.players[who].act("2030-04-11T11:00")
        assert (
            codes(lambda act=act: close_finding(act, finding=finding, reason="好了"))
            == "monitoring.only-the-raiser"
        )
    assert (
        codes(
            lambda: close_finding(cast.wu.act("2030-04-11T11:00"), finding=finding, reason="好了")
        )
        == "groups.no-seat"
    )
    assert (
        codes(lambda: close_finding(cast.ji.act("2030-04-11T11:00"), finding=finding, reason=" "))
        == "monitoring.give-a-reason"
    )
    assert Finding.objects.get().state == FindingState.ANSWERED


def test_the_corrected_party_may_not_close_in_another_seat_even_when_it_raised_it_for_itself(cast):
    mine = raised(cast, who="lu")
    assert mine.owed_by.pk == cast.fang.seat.pk
    with pytest.raises(Refused) as refused:
        close_finding(cast.fang.act("2030-04-11T11:00"), finding=mine, reason="好了")
    assert (
        refused.value.sentence()
        == "答复整改的一方不能自行核销：请等提出人卢组长（演示）（组长）核实。"
    )


def test_a_monitor_takes_over_when_the_raisers_seat_has_ended(cast):
    finding = raised(cast, who="mao")
    assert (
        codes(
            lambda: close_finding(cast.ji.act("2030-04-11T11:00"), finding=finding, reason="已核实")
        )
        == "monitoring.only-the-raiser"
    )
    seat = cast.mao.seat
    seat.ends_at = local("2030-04-12T00:00")
    seat.save()
    closed = close_finding(cast.ji.act("2030-04-12T11:00"), finding=finding, reason="已核实")
    assert closed.state == FindingState.CLOSED


def test_closing_for_the_raiser_needs_the_signed_paper(cast):
    finding = raised(cast)
    act = cast.qin.act("2030-04-11T11:00", on_behalf_of=cast.ji.seat)
    assert codes(lambda: close_finding(act, finding=finding, reason="来电核销")) == (
        "groups.on-behalf-needs-paper"
    )


@pytest.mark.parametrize("who", ["ji", "lu", "mao"])
def test_who_may_raise(cast, who):
    assert raised(cast, who=who).raised_by.pk == cast.players[who].seat.pk


@pytest.mark.parametrize("who", ["ren", "gao", "tao", "qin"])
def test_who_may_not_raise(cast, who):
    assert codes(lambda: raised(cast, who=who)) == "monitoring.may-not-raise"
    assert Finding.objects.count() == 0


def test_a_principal_disputes_what_was_recorded_for_them(cast):
    owed = cast.duty("paper")
    about = Subject("duties.filing", "f1", "合作书")
    assert codes(lambda: raised(cast, who="tao", group=None, about=about)) == (
        "monitoring.may-not-raise"
    )
    Obligation.objects.filter(pk=owed.pk).update(on_behalf=True, with_id="f1")
    finding = raised(cast, who="tao", group=None, about=about)
    assert finding.raised_by.pk == cast.tao.seat.pk
    assert finding.owed_by.pk == cast.fang.seat.pk


def test_only_the_accountable_seat_answers(cast):
    finding = raised(cast)
    for who in ("mao", "he", "qin", "ji"):
        act = cast.players[who].act("2030-04-11T10:00")
        assert codes(lambda act=act: answer_finding(act, finding=finding, text="好")) == (
            "monitoring.not-yours-to-answer"
        )
    assert (
        codes(lambda: answer_finding(cast.lu.act("2030-04-11T10:00"), finding=finding, text=" "))
        == "monitoring.say-what-was-done"
    )
    on_behalf = cast.qin.act("2030-04-11T10:00", on_behalf_of=cast.lu.seat)
    assert answer_finding(on_behalf, finding=finding, text="电话答复").steps.last().on_behalf


def test_moves_out_of_turn_are_refused_in_words(cast):
    finding = raised(cast)
    with pytest.raises(Refused) as refused:
        reopen_finding(cast.ji.act("2030-04-11T10:00"), finding=finding, reason="再改")
    assert refused.value.sentence() == "此意见现为“待答复”，还没有可退回的答复。"
    answer_finding(cast.lu.act("2030-04-11T10:00"), finding=finding, text="好")
    assert (
        codes(lambda: answer_finding(cast.lu.act("2030-04-11T10:01"), finding=finding, text="又"))
        == "monitoring.cannot-answer"
    )
    close_finding(cast.ji.act("2030-04-11T10:02"), finding=finding, reason="好")
    assert (
        codes(lambda: close_finding(cast.ji.act("2030-04-11T10:03"), finding=finding, reason="好"))
        == "monitoring.cannot-close"
    )


def test_a_second_send_makes_one_finding(cast):
    assert raised(cast, key="k1").pk == raised(cast, key="k1").pk
    assert Finding.objects.count() == 1


def test_who_sees_a_finding(cast):
    finding = raised(cast)
    seeing = {
        name
        for name, player in cast.players.items()
        if visible(seen_by(player.seat), Finding.objects.all()).filter(pk=finding.pk).exists()
    }
    assert seeing == {"qin", "ji", "gao", "lu", "mao", "mi"}
    told = {name for name, one in cast.players.items() if sees(seen_by(one.seat), finding)}
    assert seeing == told


def test_a_reviewer_sees_no_finding_of_the_group_they_sit_in(cast):
    finding = raised(cast, group="core")
    assert not sees(seen_by(cast.ren.seat), finding)
    assert sees(seen_by(cast.tao.seat), finding)


def test_only_grave_open_findings_block(cast):
    finding = raised(cast)
    assert blocking(cast.programme, ["r1", "x"]) == [finding]
    assert blocking(cast.programme, ["x"]) == []
    close_finding(cast.ji.act("2030-04-11T10:00"), finding=finding, reason="撤回")
    assert blocking(cast.programme, ["r1"]) == []


def test_the_database_keeps_every_step(cast):
    step = raised(cast).steps.get()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        type(step).objects.filter(pk=step.pk).update(text="别的")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        step.delete()
