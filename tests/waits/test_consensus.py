"""Consensus first, else a second vote by the share; and who abstains."""

from fractions import Fraction

import pytest

from conftest import CHARTER
from keti.charter.actions import CharterFile
from keti.charter.rules import load
from keti.charter.rules.compiled import GateRule
from keti.charter.rules.lint import lint
from keti.planning.actions import Proposal, propose_amendment
from keti.play.judging import asked
from keti.review.actions import decide, declare_conflict, give_opinion, vote_again
from keti.review.enums import GateState
from keti.review.models import Input
from keti.review.queries import bench, standing
from keti.review.rules import Votes
from keti.review.rules import standing as stands
from keti.review.tests.bench import opened, refused, vote

EFFECTS = {"approve": "approve", "revise": "revise", "abstain": "abstain"}
Y, N, A = "approve", "revise", "abstain"
OLD = "rule: {quorum: 2, approve: 2/3, conflicts: recuse}\n    inputs: [halfway]"
NEW = OLD.replace("conflicts: recuse", "consensus_first: true, of: cast")
WORDS = CHARTER.read_text("utf-8")


def came(votes, *, of="", consensus=False, seats=None):
    rule = GateRule(2, Fraction(2, 3), consensus_first=True, of=of)
    tally = Votes(seats or len(votes), 0, tuple(votes))
    found = stands(rule, EFFECTS, tally, consensus=consensus)
    return found.code or found.outcomes


@pytest.mark.parametrize(
    ("votes", "of", "expected"),
    [((Y, Y, A, A), "cast", ("approve",)), ((Y, Y, A, A), "present", ("revise",)),
     ((Y, Y, N, A), "cast", ("approve",)), ((Y, Y, N, A), "present", ("revise",)),
     ((Y, N, A), "cast", ("revise",)), ((A, A, A), "cast", ("revise",)),
     ((Y, A), "cast", ("approve",))],
)  # fmt: skip
def test_abstentions_count_for_the_quorum_and_as_the_rule_says_for_the_share(votes, of, expected):
    assert came(votes, of=of) == expected


def test_a_silent_vote_may_still_turn_it():
    assert came((Y, N, A), of="cast", seats=4) == "review.votes-missing"


def test_consensus_is_what_all_agree_on_who_do_not_abstain():
    assert came((Y, Y, Y), consensus=True) == ("approve",)
    assert came((Y, Y, A), of="cast", consensus=True) == ("approve",)
    assert came((N, N, N), consensus=True) == ("revise",)
    assert came((Y, Y, N), consensus=True) == "review.no-consensus"
    assert came((A, A), of="cast", consensus=True) == "review.no-consensus"
    assert came((Y, Y), consensus=True, seats=3) == "review.votes-missing"
    assert came((Y, Y, N)) == ("approve",)


@pytest.fixture
def sought(cast):
    """The half-way gate of the red cell, open, where consensus is sought first."""
    proposal = Proposal(CharterFile("cast.yaml", WORDS.replace(OLD, NEW)), "先求一致。")
    propose_amendment(cast.gao.act(), programme=cast.programme, proposal=proposal)
    return cast, opened(cast)


@pytest.mark.django_db
def test_who_do_not_agree_vote_again_on_the_same_versions(sought):
    cast, on = sought
    qin = cast.qin.act("2030-05-18T09:00")
    assert refused(lambda: vote_again(qin, gate=on)).code == "review.no-second-vote"
    for who, verdict in (("ren", "approve"), ("rong", "approve"), ("rui", "revise")):
        vote(cast, who, verdict, on)
    assert refused(lambda: decide(qin, gate=on, outcome="approve")).code == "review.no-consensus"
    outsider = cast.mao.act("2030-05-18T09:00")
    assert refused(lambda: vote_again(outsider, gate=on)).code == "review.not-a-decider"
    on = vote_again(qin, gate=on)
    assert (on.state, on.round, on.turn, on.by_share) == (GateState.OPEN, 2, 1, True)
    first, second = (Input.objects.get(gate=on, round=number) for number in (1, 2))
    assert (first.sha256, first.subject_id) == (second.sha256, second.subject_id)
    assert standing(on, bench(on, qin.recorded_at)).code == "review.quorum-missing"
    for who, verdict in (("ren", "approve"), ("rong", "approve"), ("rui", "revise")):
        act = cast.players[who].act("2030-05-19T09:00")
        give_opinion(act, gate=on, verdict=verdict, comment="同前。")
    made = decide(cast.qin.act("2030-05-20T09:00"), gate=on, outcome="approve", reasons="按比例。")
    assert (made.outcome, made.round) == ("approve", 2)
    assert made.record["count"]["votes"] == {"approve": 2, "revise": 1}


@pytest.mark.django_db
def test_to_send_back_is_another_round_and_consensus_is_sought_anew(sought):
    cast, on = sought
    for who, verdict in (("ren", "revise"), ("rong", "revise"), ("rui", "approve")):
        vote(cast, who, verdict, on)
    on = vote_again(cast.qin.act("2030-05-18T09:00"), gate=on)
    for who in ("ren", "rong", "rui"):
        act = cast.players[who].act("2030-05-18T10:00")
        give_opinion(act, gate=on, verdict="revise", comment="请改。")
    decide(cast.qin.act("2030-05-18T11:00"), gate=on, outcome="revise", reasons="请改。")
    on.refresh_from_db()
    assert (on.state, on.round, on.turn, on.by_share) == (GateState.WAITING, 3, 2, False)


@pytest.mark.django_db
def test_the_page_offers_to_abstain_and_the_second_vote(sought):
    cast, on = sought
    vote(cast, "ren", "abstain", on, comment="")
    declare_conflict(cast.rong.act("2030-05-17T09:00"), gate=on, has=False)
    cast.at("2030-05-17T10:00")
    assert "弃权" in cast.rong.client.get(on.path).content.decode()
    assert "再次表决" not in cast.qin.client.get(on.path).content.decode()
    vote(cast, "rong", "approve", on)
    vote(cast, "rui", "revise", on)
    cast.at("2030-05-18T10:00")
    assert "再次表决" in cast.qin.client.get(on.path).content.decode()
    sent = cast.qin.client.post(f"{on.path}again/", {"key": "k"})
    on.refresh_from_db()
    assert (sent.status_code, on.by_share) == (302, True)
    for who in ("rong", "rui"):
        act = cast.players[who].act("2030-05-19T09:00")
        give_opinion(act, gate=on, verdict="approve", comment="")
    give_opinion(cast.ren.act("2030-05-19T09:00"), gate=on, verdict="abstain")
    decide(cast.qin.act("2030-05-20T09:00"), gate=on, outcome="approve", reasons="同意。")
    cast.at("2030-05-21T10:00")
    shown = cast.qin.client.get(on.path).content.decode()
    assert "弃权 1" in shown
    assert ">abstain" not in shown


def test_where_all_must_agree_there_is_no_second_step():
    words = WORDS.replace(
        OLD, "rule: {unanimous: true, consensus_first: true}\n    inputs: [halfway]"
    )
    told = {one.number: one.path for one in lint(words, "cast.yaml")}
    assert told["GAT316"] == "gates.half.rule.consensus_first"
    charter, _ = load(WORDS.replace(OLD, NEW), "cast.yaml")
    assert charter.gate("half@cell.red").rule == GateRule(
        2, Fraction(2, 3), consensus_first=True, of="cast"
    )
    assert asked(charter, ["more_time=refuse"]) == {"more_time": "refuse"}
