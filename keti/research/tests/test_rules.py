"""Doubt, gaps and merging as pure functions, against the same reckoned by brute force."""

from random import Random

import pytest

from keti.research.rules.confidence import AGREEMENT, EVIDENCE, confidence, reckoned, wrong
from keti.research.rules.gaps import Gap, Point, Rule, gaps, rules_of, voices
from keti.research.rules.graph import CARRYING, Tie, fingerprint, roots, suspects
from keti.research.rules.matrix import by_facets, by_links

KINDS = ("rests_on", "answers", "addresses", "part_of", "illustrates", "contradicts")


def by_force(nodes, ties):
    """Asked of each node anew, until nothing more is found."""
    found = set()
    while True:
        more = {
            node
            for node in nodes
            if any(
                tie.first == node and tie.kind in CARRYING and (tie.stale or tie.second in found)
                for tie in ties
            )
        }
        if more == found:
            return found
        found = more


@pytest.mark.parametrize("seed", range(60))
def test_what_is_suspect_equals_brute_force(seed):
    dice = Random(seed)
    nodes = range(dice.randint(1, 14))
    ties = [
        Tie(key, dice.choice(nodes), dice.choice(nodes), dice.choice(KINDS), dice.random() < 0.15)
        for key in range(dice.randint(0, 40))
    ]
    assert suspects(ties) == by_force(nodes, ties)


def test_doubt_goes_up_and_not_down_and_not_by_examples():
    ties = [
        Tie(1, 10, 20, "rests_on", stale=True),
        Tie(2, 5, 10, "answers"),
        Tie(3, 20, 30, "rests_on"),
        Tie(4, 40, 10, "illustrates"),
    ]
    assert suspects(ties) == {10, 5}


@pytest.mark.parametrize("seed", range(30))
def test_what_a_merged_node_is_read_as(seed):
    dice = Random(seed)
    into, standing = {}, list(range(12))
    while len(standing) > 1 and dice.random() < 0.85:
        gone = dice.choice(standing)
        standing.remove(gone)
        into[gone] = dice.choice(standing)
    found = roots(into)
    for one in into:
        here = one
        while here in into:
            here = into[here]
        assert found[one] == here


def test_a_fingerprint_is_of_words_not_of_blanks():
    plain = fingerprint("finding", ["甲 乙"], {"a": "1", "b": "2"}, True)
    assert plain == fingerprint("finding", [" 甲\n乙 "], {"b": "2", "a": " 1 "}, True)
    assert plain != fingerprint("finding", ["甲 乙"], {"a": "1", "b": "2"}, False)
    assert plain != fingerprint("finding", ["甲 丙"], {"a": "1", "b": "2"}, True)


RULES = rules_of(
    {
        "rule.two": {"each": "finding", "needs": {"source": 2, "independent": True}},
        "rule.sent": {"each": "recommendation", "needs": {"addressee": 1, "measure": 1}},
        "rule.case": {"each": "element", "needs": {"case": 1}, "severity": "warning"},
    }
)


def whole_chain(dice, count):
    """Nodes and links that lack nothing, each link alone in meeting what it meets."""
    points, ties, key = [], [], 0
    for _ in range(count):
        kind = dice.choice(("finding", "recommendation", "element"))
        node, key = key, key + 1
        points.append(Point(node, kind, frozenset({"instrument"})))
        for other in {"finding": ["source"] * 2, "recommendation": ["addressee"],
                      "element": ["case"]}[kind]:  # fmt: skip
            points.append(Point(key, other, voice=f"{other}{key}"))
            ends = (node, key) if dice.random() < 0.5 else (key, node)
            ties.append(Tie(len(ties), *ends, "rests_on"))
            key += 1
    return points, ties


@pytest.mark.parametrize("seed", range(40))
def test_so_many_links_removed_so_many_gaps(seed):
    dice = Random(seed)
    points, ties = whole_chain(dice, dice.randint(1, 12))
    assert gaps(RULES, points, ties) == []
    gone = dice.sample(ties, dice.randint(0, len(ties)))
    left = [one for one in ties if one not in gone]
    found = gaps(RULES, points, left)
    assert sum(one.want - one.have for one in found) == len(gone)
    ends = {end for tie in gone for end in (tie.first, tie.second)}
    assert {one.node for one in found} <= ends


def test_sources_of_one_house_count_once_and_those_against_not_at_all():
    assert voices([Point(1, "source", voice="甲 社"), Point(2, "source", voice=" 甲  社")]) == 1
    assert voices([Point(1, "source"), Point(2, "source")]) == 2
    points = [Point(1, "finding"), Point(2, "source", voice="A"), Point(3, "source", voice="a")]
    ties = [Tie(1, 1, 2, "rests_on"), Tie(2, 1, 3, "rests_on")]
    assert gaps(RULES, points, ties) == [Gap(RULES[0], 1, "source", 1, 2)]
    against = [Tie(1, 1, 2, "contradicts")]
    assert gaps(RULES, points, against)[0].have == 0


def test_a_fresh_chain_is_asked_for():
    fresh = Rule("rule.fresh", "link", {}, fresh=True)
    points = [Point(1, "finding"), Point(2, "source")]
    stale = [Tie(1, 1, 2, "rests_on", stale=True)]
    assert [(one.node, one.what) for one in gaps([fresh], points, stale)] == [(1, "link")]
    assert gaps([fresh], points, [Tie(1, 1, 2, "rests_on")]) == []


def test_matrices_know_their_empty_rows():
    found = by_links([1, 2], [3, 4], [Tie(9, 3, 1, "addresses"), Tie(8, 2, 7, "addresses")])
    assert found.cells == {("1", "3"): [9]}
    assert (found.bare_sides, found.bare_heads) == ({"2"}, {"4"})
    other = by_facets([(1, "a", "x"), (2, "a", "x")], ["a", "b"], ["x"])
    assert other.cells == {("a", "x"): [1, 2]} and other.bare_sides == {"b"}


def test_two_judgements_give_a_word_and_another_needs_a_reason():
    grid = [[reckoned(one, other) for other in AGREEMENT] for one in EVIDENCE]
    assert grid == [
        ["very_low", "low", "medium"],
        ["low", "medium", "high"],
        ["medium", "high", "high"],
    ]
    assert reckoned("robust", "") == ""
    both = {"evidence": "limited", "agreement": "low"}
    assert confidence(both) == "very_low"
    said = {**both, "override": "high"}
    assert (wrong(said), wrong({**said, "why": "专家一致。"})) == ("needs-reason", "")
    assert confidence({**said, "why": "专家一致。"}) == "high"
    assert wrong({"override": "high"}) == "needs-both"
    assert wrong({**both, "override": "very_low"}) == ""
