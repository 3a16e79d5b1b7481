"""A stop ends what the gate is about; who has no voice is neither heard nor counted."""

from dataclasses import replace

import pytest

from keti.duties.enums import DutyState
from keti.duties.models import Obligation
from keti.groups.actions import Place, appoint
from keti.ledger.queries import entries
from keti.notify.models import Message
from keti.programmes.models import Programme
from keti.review import permissions
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.doors import mark
from keti.review.queries import bench, standing
from keti.review.tests.bench import gate, opened, paper, refused, vote


def stopped(cast):
    """The programme's first gate decided: it goes no further."""
    paper(cast)
    on = open_gate(cast.qin.act("2030-03-16T09:00"), gate=gate(cast, "setup@core"))
    act = cast.gao.act("2030-03-17T09:00")
    declare_conflict(act, gate=on, has=False)
    return decide(act, gate=on, outcome="stop", reasons="条件不具备。")


def test_a_stop_of_the_whole_cancels_what_is_owed_and_ends_the_programme(cast):
    owed = Obligation.objects.filter(programme=cast.programme).open().count()
    decision = stopped(cast)
    every = Obligation.objects.filter(programme=cast.programme)
    assert not every.open().exists()
    gone = every.filter(state=DutyState.CANCELLED)
    assert gone.count() == owed - 2
    reason = f"开题评审：不予通过（{decision.number}）"
    assert set(gone.values_list("reason", flat=True)) == {reason}
    over = Programme.objects.get()
    assert (over.closed_at, over.phase) == (decision.happened_at, "gathering")
    assert over.phase_zh == "已终止（不予通过）"
    line = entries(cast.programme).get(kind="review.gate.decided")
    assert line.content["facts"]["cancelled"] == owed - 2
    assert Message.objects.filter(
        kind="review.stopped", recipient_id=cast.mao.person.public_id
    ).exists()


def test_what_was_met_before_the_stop_stays_met(cast):
    stopped(cast)
    assert cast.duty("paper").state == DutyState.MET


def test_a_gate_that_was_cancelled_is_not_opened_and_says_so(cast):
    stopped(cast)
    on = gate(cast, "end@core")
    act = cast.qin.act("2030-07-11T09:00")
    assert refused(lambda: open_gate(act, gate=on)).code == "duties.cancelled"
    assert mark(on, permissions.spec_of(on), "zh-hans") == ("waived", "已取消")


def test_a_stop_in_one_group_leaves_the_others_and_the_programme(cast, monkeypatch):
    on = opened(cast)
    spec = permissions.spec_of(on)
    ends = replace(spec.outcomes[1], key="stop", effect="stop")
    with_stop = replace(spec, outcomes=(*spec.outcomes, ends))
    monkeypatch.setattr(permissions, "spec_of", lambda one: with_stop)
    vote(cast, "ren", "stop", on)
    vote(cast, "rong", "stop", on)
    decide(cast.qin.act("2030-05-18T09:00"), gate=on, outcome="stop", reasons="不再继续。")
    every = Obligation.objects.filter(programme=cast.programme)
    assert not every.filter(group__key="cell.red").open().exists()
    assert not every.exclude(group__key="cell.red").filter(state=DutyState.CANCELLED).exists()
    assert every.filter(group__key="cell.blue").open().exists()
    assert Programme.objects.get().closed_at is None


@pytest.fixture
def silenced(cast, monkeypatch):
    """The half-way gate of the red cell, where watchers have no voice, and Ren is one."""
    on = opened(cast)
    spec = permissions.spec_of(on)
    quiet = replace(spec, rule=replace(spec.rule, no_voice=("watcher",)))
    monkeypatch.setattr(permissions, "spec_of", lambda one: quiet)
    place = Place(cast.group("core"), cast.role("watcher"), person=cast.ren.person)
    appoint(cast.qin.act("2030-05-16T10:00"), place=place)
    return on


def test_who_has_no_voice_is_not_counted_and_is_told_why(cast, silenced):
    on_bench = bench(silenced, cast.at("2030-05-17T09:00"))
    assert on_bench.of(cast.ren.seat).aside == "review.no-voice"
    assert (on_bench.tally.seats, on_bench.tally.aside) == (len(on_bench.deciders) - 1, 0)
    act = cast.ren.act("2030-05-17T09:00")
    declare_conflict(act, gate=silenced, has=False)
    said = refused(lambda: give_opinion(act, gate=silenced, verdict="approve"))
    assert said.code == "review.stands-aside"


def test_the_others_carry_the_vote_without_them(cast, silenced):
    others = [one.seat for one in bench(silenced, cast.at("2030-05-17T09:00")).deciders]
    others = [seat for seat in others if seat.pk != cast.ren.seat.pk]
    names = [name for name, one in cast.players.items() if one.seat in others]
    for name in names:
        vote(cast, name, "approve", silenced)
    now = bench(silenced, cast.at("2030-05-18T09:00"))
    assert standing(silenced, now).outcomes == ("approve",)
