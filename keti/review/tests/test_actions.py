"""Opening, declaring, voting, deciding, sending back: what happens, and what is refused."""

import pytest
from django.db import DatabaseError, transaction

from keti.duties.actions import hand_in_file
from keti.duties.enums import DutyState
from keti.duties.rules import is_late
from keti.ledger.queries import entries
from keti.monitoring.actions import close_finding, raise_finding
from keti.notify.models import Message
from keti.programmes.models import Programme
from keti.reports.actions import accept_report, save_draft, submit_report
from keti.reports.models import Report, Version
from keti.reports.rules import Content
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.enums import GateState
from keti.review.models import Conflict, Decision, Gate, Input, Opinion
from keti.review.queries import approved, bench, facts
from keti.review.rules import review_set
from keti.review.tests.bench import SECTIONS, gate, halfway, opened, paper, refused, scan, vote
from tests.cast import local

pytestmark = pytest.mark.django_db


def test_founding_declares_every_gate_with_its_duty(cast):
    gates = Gate.objects.filter(programme=cast.programme).order_by("order")
    assert [one.key for one in gates] == [
        "setup@core", "half@cell.red", "half@cell.blue", "panel@core", "end@core",
    ]  # fmt: skip
    assert {one.obligation.form for one in gates} == {"decision"}
    assert {one.state for one in gates} == {GateState.WAITING}


def test_a_gate_says_why_not_yet(cast):
    refusal = refused(lambda: open_gate(cast.qin.act("2030-05-10T09:00"), gate=gate(cast)))
    assert refusal.code == "review.not-yet"
    assert refusal.sentence() == (
        "现在还不能开启：评审自 2030-05-15 周三 24:00 起进行；"
        "尚未收到中期报告 · 红组（卢组长（演示）（组长））"
    )
    refusal = refused(
        lambda: open_gate(cast.qin.act("2030-07-02T09:00"), gate=gate(cast, "panel@core"))
    )
    assert "尚未完成：中期评审 · 红组：通过；尚未完成：中期评审 · 蓝组：通过" in refusal.sentence()
    assert "not settled yet: Half-way review, Red cell: Approved" in refusal.sentence("en")


def test_opening_pins_the_version_and_a_later_one_changes_nothing(cast):
    report = halfway(cast)
    first = Version.objects.get(report=report)
    on = open_gate(cast.qin.act("2030-05-16T09:00"), gate=gate(cast))
    pin = Input.objects.get(gate=on)
    assert (pin.version, pin.sha256, pin.subject_id) == (1, first.sha256, first.public_id)
    assert on.review_set == review_set([("halfway@cell.red", first.sha256)])
    told = Message.objects.filter(kind="review.opened").order_by("pk")
    assert [one.recipient_label[0] for one in told] == ["任", "荣", "芮"]
    from_outside = on.review_set
    Report.objects.filter(pk=report.pk).update(latest=2)
    Version.objects.create(
        programme=cast.programme, report=report, number=2, sections={}, sha256="f" * 64,
        seat_label="", by_label="", at=first.at, recorded_at=first.recorded_at,
    )  # fmt: skip
    vote(cast, "ren", "approve", on)
    vote(cast, "rong", "approve", on)
    made = decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve", reasons="同意")
    assert made.review_set == from_outside
    assert Input.objects.get(gate=on).sha256 == first.sha256
    assert (
        refused(lambda: open_gate(cast.qin.act("2030-05-19T09:00"), gate=on)).code
        == "review.already-decided"
    )


@pytest.mark.parametrize(
    ("who", "code"),
    [("mao", "review.secretariat-or-decider"), ("he", "review.secretariat-or-decider"),
     ("lu", "review.secretariat-or-decider"), ("wu", "groups.no-seat")],
)  # fmt: skip
def test_who_may_not_open(cast, who, code):
    halfway(cast)
    act = cast.players[who].act("2030-05-16T09:00")
    assert refused(lambda: open_gate(act, gate=gate(cast))).code == code


def test_a_declaration_comes_before_an_opinion(cast):
    on = opened(cast)
    early = refused(
        lambda: give_opinion(cast.ren.act("2030-05-17T09:00"), gate=on, verdict="approve")
    )
    assert early.code == "review.declare-first"
    vote(cast, "ren", "approve", on)
    twice = refused(
        lambda: give_opinion(cast.ren.act("2030-05-17T10:00"), gate=on, verdict="revise")
    )
    assert twice.code == "review.opinion-given"
    assert Opinion.objects.get().effect == "approve"


def test_a_declared_conflict_stands_aside_and_the_quorum_stays(cast):
    on = opened(cast)
    act = cast.ren.act("2030-05-17T09:00")
    assert refused(lambda: declare_conflict(act, gate=on, has=True)).code == (
        "review.say-which-conflict"
    )
    declare_conflict(act, gate=on, has=True, text="与组长合著过论文。")
    assert refused(lambda: give_opinion(act, gate=on, verdict="approve")).code == (
        "review.stands-aside"
    )
    assert refused(lambda: declare_conflict(act, gate=on, has=False)).code == (
        "review.conflict-stands"
    )
    assert refused(lambda: decide(act, gate=on, outcome="approve")).code == "review.stands-aside"
    vote(cast, "rong", "approve", on)
    short = refused(lambda: decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve"))
    assert (
        short.sentence()
        == "评审意见还没有到齐，或者结论未定，暂不能作出决定。此前份数和内容都不公开。"
    )
    vote(cast, "rui", "approve", on)
    made = decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve")
    assert made.record["count"] == {
        "seats": 3, "aside": 1, "cast": 2, "needed": 2, "votes": {"approve": 2},
    }  # fmt: skip
    asides = [(one["label"][0], one["aside"]) for one in made.record["deciders"]]
    assert asides == [("任", "review.conflict-declared"), ("荣", ""), ("芮", "")]


def test_two_recusals_leave_the_quorum_out_of_reach(cast):
    on = opened(cast)
    for who in ("ren", "rong"):
        act = cast.players[who].act("2030-05-17T09:00")
        declare_conflict(act, gate=on, has=True, text="合作关系。")
    vote(cast, "rui", "approve", on)
    refusal = refused(lambda: decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve"))
    assert refusal.code == "review.quorum-out-of-reach"
    assert "只剩1人（应到3人）" in refusal.sentence()


def test_a_conflict_declared_after_the_opinion_strikes_the_opinion(cast):
    on = opened(cast)
    vote(cast, "ren", "approve", on)
    declare_conflict(cast.ren.act("2030-05-17T11:00"), gate=on, has=True, text="刚发现有合作。")
    assert bench(on, local("2030-05-17T12:00")).tally.votes == ()


def test_the_same_unit_is_found_without_anybody_declaring_it(cast):
    unit = cast.lu.person.unit
    cast.ren.person.unit = unit
    cast.ren.person.save()
    on = opened(cast)
    place = bench(on, local("2030-05-17T09:00")).deciders[0]
    assert (place.seat.pk, place.aside) == (cast.ren.seat.pk, "review.conflict-same-unit")
    act = cast.ren.act("2030-05-17T09:00")
    declare_conflict(act, gate=on, has=False)
    assert refused(lambda: give_opinion(act, gate=on, verdict="approve")).code == (
        "review.stands-aside"
    )
    cast.rong.person.unit.affiliated_with = unit
    cast.rong.person.unit.save()
    assert bench(on, local("2030-05-17T09:00")).deciders[1].aside == (
        "review.conflict-affiliated-unit"
    )


def test_deciding_needs_what_the_votes_carry(cast):
    on = opened(cast)
    for who in ("lu", "mao", "he", "ji"):
        act = cast.players[who].act("2030-05-18T09:00")
        assert refused(lambda act=act: decide(act, gate=on, outcome="approve")).code == (
            "review.not-a-decider"
        )
    vote(cast, "ren", "approve", on)
    vote(cast, "rong", "revise", on)
    waiting = refused(lambda: decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve"))
    assert (
        waiting.sentence()
        == "评审意见还没有到齐，或者结论未定，暂不能作出决定。此前份数和内容都不公开。"
    )
    vote(cast, "rui", "revise", on)
    other = refused(lambda: decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve"))
    assert other.sentence() == "按已提交的意见，本轮结论只能是：修改后再审。"
    assert Decision.objects.count() == 0


def test_revision_returns_the_input_with_a_new_term_and_a_new_round(cast):
    on = opened(cast)
    for who in ("ren", "rong"):
        vote(cast, who, "revise", on)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="revise", reasons="补充案例。")
    on.refresh_from_db()
    assert (on.state, on.round, on.review_set) == (GateState.WAITING, 2, "")
    owed = cast.duty("halfway", "cell.red")
    assert owed.state == DutyState.RETURNED
    assert owed.extended_to == local("2030-05-24T00:00")
    assert on.obligation.state == DutyState.OPEN
    told = Message.objects.filter(kind="review.revise")
    assert [one.recipient_label for one in told] == ["卢组长（演示）"]
    report = Report.objects.get()
    save_draft(
        cast.lu.act("2030-05-20T09:00"), report=report,
        content=Content({**SECTIONS, "gains": "补充案例。"}, ()), base=report.revision,
    )  # fmt: skip
    submit_report(cast.lu.act("2030-05-20T09:10"), report=report)
    open_gate(cast.qin.act("2030-05-21T09:00"), gate=on)
    assert [(one.round, one.version) for one in Input.objects.order_by("pk")] == [(1, 1), (2, 2)]
    for who in ("ren", "rong"):
        give_opinion(
            cast.players[who].act("2030-05-22T09:00"), gate=on, verdict="revise", comment="还差。"
        )
    decide(cast.qin.act("2030-05-22T10:00"), gate=on, outcome="revise", reasons="仍不足。")
    on.refresh_from_db()
    assert (on.state, on.round, on.outcome) == (GateState.DECIDED, 2, "revise")
    assert not approved(cast.programme, "half")


def test_a_report_that_was_late_stays_late_after_a_revision(cast):
    halfway(cast, at="2030-05-17")
    on = open_gate(cast.qin.act("2030-05-17T10:00"), gate=gate(cast))
    for who in ("ren", "rong"):
        vote(cast, who, "revise", on, at="2030-05-17T11:00")
    decide(cast.qin.act("2030-05-17T12:00"), gate=on, outcome="revise", reasons="补充。")
    owed = cast.duty("halfway", "cell.red")
    assert owed.extended_to is None
    assert is_late(owed.clock(), local("2030-05-17T12:00"))


def test_an_open_finding_that_blocks_holds_up_opening_and_approval(cast):
    report = halfway(cast)
    facts_of = {"title": "来源不明", "text": "缺来源", "severity": "blocking"}
    first = raise_finding(
        cast.ji.act("2030-05-15T09:00"), programme=cast.programme, subject=report.subject(),
        group=cast.group("cell.red"), **facts_of,
    )  # fmt: skip
    held = refused(lambda: open_gate(cast.qin.act("2030-05-16T09:00"), gate=gate(cast)))
    assert held.sentence() == ("现在还不能开启：还有 1 条须先整改的监控意见没有核销")
    close_finding(cast.ji.act("2030-05-16T09:10"), finding=first, reason="已补")
    on = open_gate(cast.qin.act("2030-05-16T09:20"), gate=gate(cast))
    for who in ("ren", "rong"):
        vote(cast, who, "approve", on)
    raise_finding(
        cast.ji.act("2030-05-17T10:00"), programme=cast.programme,
        subject=Version.objects.get().subject(), group=cast.group("cell.red"), **facts_of,
    )  # fmt: skip
    assert (
        refused(lambda: decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve")).code
        == "review.findings-open"
    )


def test_the_commissioner_decides_by_click_and_the_phase_is_entered(cast):
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    act = cast.gao.act("2030-03-18T09:00", key="d1")
    assert refused(lambda: decide(act, gate=on, outcome="approve")).code == "review.declare-first"
    declare_conflict(act, gate=on, has=False)
    made = decide(act, gate=on, outcome="approve")
    assert (made.number, made.reasons, made.effect) == ("测〔2030〕1号", "通过", "approve")
    assert decide(act, gate=on, outcome="approve").pk == made.pk
    assert Programme.objects.get().phase == "working"
    on.refresh_from_db()
    assert on.obligation.state == DutyState.MET
    assert facts(cast.programme)["setup.approve@core"] is True
    assert facts(cast.programme)["setup.stop@core"] is False
    assert facts(cast.programme)["half.approve@cell.red"] is None
    line = entries(cast.programme).get(kind="review.gate.decided")
    assert line.content["facts"]["review_set"] == on.review_set
    second = refused(lambda: decide(cast.gao.act("2030-03-19T09:00"), gate=on, outcome="stop"))
    assert second.sentence() == "此关口已于 2030-03-18 09:00 作出决定：通过。"


def test_the_signed_sheet_is_recorded_on_behalf_and_counts_from_when_it_was_signed(cast):
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    bare = cast.qin.act("2030-04-02T09:00", on_behalf_of=cast.gao.seat)
    assert refused(lambda: declare_conflict(bare, gate=on, has=False)).code == (
        "groups.on-behalf-needs-paper"
    )
    sheet = scan(cast.qin, "2030-04-02T09:00")
    act = cast.qin.act(
        "2030-04-02T09:00", on_behalf_of=cast.gao.seat, happened=local("2030-03-28T15:00"),
        evidence=sheet,
    )  # fmt: skip
    declare_conflict(act, gate=on, has=False)
    made = decide(act, gate=on, outcome="approve", scan=sheet)
    assert made.evidence == sheet
    assert (made.on_behalf, made.happened_at) == (True, local("2030-03-28T15:00"))
    on.refresh_from_db()
    duty = on.obligation
    assert (duty.met_at, duty.recorded_late, duty.on_behalf) == (
        local("2030-03-28T15:00"), True, True,
    )  # fmt: skip
    assert not is_late(duty.clock(), local("2030-04-02T09:00"))
    told = Message.objects.filter(kind="groups.on-behalf")
    assert "高主任（演示）" in {one.recipient_label for one in told}


def test_a_late_decision_counts_and_is_late(cast):
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    act = cast.gao.act("2030-04-05T09:00")
    declare_conflict(act, gate=on, has=False)
    decide(act, gate=on, outcome="approve")
    on.refresh_from_db()
    assert is_late(on.obligation.clock(), local("2030-04-05T09:00"))


def test_a_returned_file_is_handed_in_again(cast):
    filing = paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    act = cast.gao.act("2030-03-17T09:00")
    declare_conflict(act, gate=on, has=False)
    assert refused(lambda: decide(act, gate=on, outcome="revise")).code == "review.give-a-reason"
    decide(act, gate=on, outcome="revise", reasons="补签字。")
    assert cast.duty("paper").state == DutyState.RETURNED
    again = cast.tao.act("2030-03-18T09:00")
    hand_in_file(again, obligation=cast.duty("paper"), file=filing.file, lines=["补签字"])
    open_gate(cast.qin.act("2030-03-19T09:00"), gate=on)
    assert Input.objects.latest("pk").version == 2
    act = cast.gao.act("2030-03-20T09:00")
    offered = refused(lambda: decide(act, gate=on, outcome="revise", reasons="再改"))
    assert offered.sentence() == "本关口共2轮，这是最后一轮，不能再退回。可选：通过、不予通过。"
    decide(act, gate=on, outcome="stop", reasons="不合格")
    assert Programme.objects.get().phase == "gathering"


def test_the_phase_waits_for_every_gate_of_the_kind(cast):
    groups = {"lu": "cell.red", "he": "cell.blue"}
    for day, (lead, group) in enumerate(groups.items(), start=13):
        halfway(cast, lead, group, at=f"2030-05-{day}")
    for day, group in enumerate(groups.values(), start=16):
        opening = cast.qin.act(f"2030-05-{day}T09:00")
        on = open_gate(opening, gate=gate(cast, f"half@{group}"))
        for who in ("ren", "rong"):
            vote(cast, who, "approve", on, at=f"2030-05-{day}T10:00")
        assert Programme.objects.get().phase == "gathering"
        decide(cast.qin.act(f"2030-05-{day}T11:00"), gate=on, outcome="approve")
    assert Programme.objects.get().phase == "judging"


def test_an_opinion_on_behalf_needs_the_signed_paper(cast):
    on = opened(cast)
    declare_conflict(cast.ren.act("2030-05-17T09:00"), gate=on, has=False)
    act = cast.qin.act("2030-05-17T10:00", on_behalf_of=cast.ren.seat)
    assert refused(lambda: give_opinion(act, gate=on, verdict="approve")).code == (
        "groups.on-behalf-needs-paper"
    )
    form = scan(cast.qin, "2030-05-17T10:00", "意见表.png")
    act = cast.qin.act("2030-05-17T10:00", on_behalf_of=cast.ren.seat, evidence=form)
    given = give_opinion(act, gate=on, verdict="approve")
    assert (given.seat_id, given.evidence) == (cast.ren.seat.pk, form)


def test_the_ledger_does_not_tell_how_somebody_voted_before_the_decision(cast):
    on = opened(cast)
    vote(cast, "ren", "revise", on, comment="不同意见")
    line = entries(cast.programme).get(kind="review.opinion.given")
    assert line.content["facts"] == {
        "gate": "half@cell.red", "round": 1, "decider": "任专家（演示）（评审人）",
    }  # fmt: skip


def test_an_accepted_report_is_judged_too(cast):
    report = halfway(cast)
    accept_report(cast.fang.act("2030-05-15T09:00"), report=report)
    on = open_gate(cast.ren.act("2030-05-16T09:00"), gate=gate(cast))
    assert on.state == GateState.OPEN


@pytest.mark.parametrize("model", [Input, Conflict, Opinion, Decision])
def test_the_database_refuses_to_change_what_was_said(cast, model):
    on = opened(cast)
    vote(cast, "ren", "approve", on)
    vote(cast, "rong", "approve", on)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="approve")
    row = model.objects.first()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(round=9)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        row.delete()
