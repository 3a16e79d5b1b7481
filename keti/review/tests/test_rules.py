"""Quorum, share and unanimity for every small bench; conflicts; rounds; the review set."""

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from keti.charter.rules.compiled import GateRule, GateSpec, Outcome
from keti.charter.rules.joining import Share
from keti.kernel.acts import Text
from keti.review import rules
from keti.review.rules import Side, Votes

EFFECTS = {"yes": "approve", "back": "revise", "no": "stop"}
ME = Side("s1", "judge", person=1, unit=10, parent_unit=20)


def stands(rule, seats, aside, votes, unfilled=0):
    return rules.standing(rule, EFFECTS, Votes(seats, aside, tuple(votes), unfilled))


def votes_of(yes, back):
    return ["yes"] * yes + ["back"] * back


@pytest.mark.parametrize(
    ("quorum", "seats", "aside", "needed"),
    [
        (2, 3, 0, 2), (2, 3, 1, 2), (2, 3, 2, 2),
        (Fraction(4, 5), 5, 0, 4), (Fraction(4, 5), 5, 1, 4), (Fraction(4, 5), 5, 2, 4),
        (Fraction(4, 5), 6, 0, 5), (Fraction(2, 3), 4, 0, 3), (Fraction(1, 2), 5, 0, 3),
        (None, 3, 0, 3), (None, 3, 1, 2), (None, 3, 3, 1), (None, 0, 0, 1),
    ],
)  # fmt: skip
def test_recusal_never_lowers_a_stated_quorum(quorum, seats, aside, needed):
    assert rules.quorum(GateRule(quorum=quorum), Votes(seats, aside, ())) == needed


@pytest.mark.parametrize(
    ("yes", "back", "outcome"),
    [
        (0, 0, "review.quorum-missing"), (3, 0, "review.quorum-missing"),
        (4, 0, ("yes",)), (5, 0, ("yes",)),
        (3, 1, ("yes",)), (4, 1, ("yes",)),
        (2, 2, ("back",)),
        (3, 2, ("back",)), (2, 3, ("back",)), (1, 3, ("back",)), (0, 4, ("back",)),
    ],
)  # fmt: skip
def test_four_fifths_present_and_two_thirds_in_favour_of_five(yes, back, outcome):
    rule = GateRule(quorum=Fraction(4, 5), approve=Fraction(2, 3))
    found = stands(rule, 5, 0, votes_of(yes, back))
    assert (found.outcomes or found.code) == outcome


def brute(rule, seats, aside, yes, back):
    """The rule told another way: is approval carried now, or can it still be, by counting."""
    cast, free = yes + back, seats - aside
    needed = rules.quorum(rule, Votes(seats, aside, ()))
    if free < needed or cast < needed:
        return None
    share = Fraction(1) if rule.unanimous else rule.approve
    now = Fraction(yes, cast) >= share and (not rule.unanimous or cast == free)
    later = Fraction(yes + free - cast, free) >= share
    return "approve" if now else None if later and cast < free else "other"


RULES = [
    GateRule(quorum=2, approve=Fraction(2, 3)),
    GateRule(quorum=Fraction(4, 5), approve=Fraction(2, 3)),
    GateRule(quorum=Fraction(3, 4), approve=Fraction(3, 4)),
    GateRule(unanimous=True),
    GateRule(quorum=3, unanimous=True),
]


@pytest.mark.parametrize("rule", RULES)
def test_every_count_up_to_six_seats(rule):
    for seats, aside in product(range(1, 7), range(7)):
        if aside > seats:
            continue
        free = seats - aside
        for yes, back in product(range(free + 1), repeat=2):
            if yes + back > free:
                continue
            found = stands(rule, seats, aside, votes_of(yes, back))
            expected = brute(rule, seats, aside, yes, back)
            told = {(): None, ("yes",): "approve", ("back",): "other"}[found.outcomes]
            assert told == expected, (rule, seats, aside, yes, back, found)
            assert bool(found.code) is (expected is None)


def test_approval_once_carried_by_everybody_is_never_undone_by_a_recusal_of_a_silent_seat():
    rule = GateRule(quorum=2, approve=Fraction(2, 3))
    assert stands(rule, 3, 0, ["yes", "yes"]).outcomes == ("yes",)
    assert stands(rule, 3, 1, ["yes", "yes"]).outcomes == ("yes",)
    assert stands(rule, 3, 2, ["yes"]).code == "review.quorum-out-of-reach"


def test_without_a_stated_share_more_than_half_decides():
    rule = GateRule(quorum=2)
    assert stands(rule, 2, 0, ["yes", "back"]).outcomes == ("back",)
    assert stands(rule, 3, 0, ["yes", "yes", "back"]).outcomes == ("yes",)


def test_of_the_ways_not_to_approve_the_one_with_most_votes_stands():
    rule = GateRule(quorum=3, approve=Fraction(2, 3))
    assert stands(rule, 3, 0, ["no", "no", "back"]).outcomes == ("no",)
    assert stands(rule, 4, 0, ["no", "no", "back", "back"]).outcomes == ("no", "back")


def test_a_role_of_which_nobody_is_left_blocks():
    found = stands(GateRule(unanimous=True), 2, 1, ["yes"], unfilled=1)
    assert (found.outcomes, found.code) == ((), "review.role-unfilled")


@pytest.mark.parametrize(
    ("author", "code"),
    [
        (Side("s1", "author", person=9), "review.conflict-own-work"),
        (Side("s2", "author", person=1), "review.conflict-own-work"),
        (Side("s2", "author", person=2, unit=10), "review.conflict-same-unit"),
        (Side("s2", "author", person=2, unit=20), "review.conflict-affiliated-unit"),
        (
            Side("s2", "author", person=2, unit=30, parent_unit=10),
            "review.conflict-affiliated-unit",
        ),
        (Side("s2", "author", person=2, unit=30, parent_unit=40), ""),
        (
            Side("s2", "author", person=2, unit=30, parent_unit=20),
            "review.conflict-affiliated-unit",
        ),
        (Side("s2", "author", person=2, unit=30), ""),
        (Side("s2", "author", person=2), ""),
        (Side("", ""), ""),
    ],
)
def test_conflicts(author, code):
    assert rules.conflict(ME, author, named=("judge",)) == code


def test_a_unit_and_its_own_parent_are_affiliated_both_ways():
    parent = Side("s1", "judge", person=1, unit=20)
    child = Side("s2", "author", person=2, unit=10, parent_unit=20)
    assert rules.conflict(parent, child, named=()) == "review.conflict-affiliated-unit"
    assert rules.conflict(child, parent, named=()) == "review.conflict-affiliated-unit"


def test_membership_of_the_group_judged_is_a_conflict():
    member = Side("s1", "judge", person=1, groups=frozenset({"a"}))
    author = Side("s2", "author", person=2, groups=frozenset({"a"}))
    other = Side("s3", "author", person=3, groups=frozenset({"b"}))
    assert rules.conflict(member, author, named=()) == "review.conflict-own-group"
    assert rules.conflict(member, other, named=()) == ""


def test_a_charter_that_lets_a_role_decide_on_its_own_paper_is_obeyed():
    own = Side("s1", "patron", person=1, unit=10)
    assert rules.conflict(own, own, named=("patron",)) == ""
    assert rules.conflict(own, own, named=("judge",)) == "review.conflict-own-work"


def spec(most, *effects):
    outcomes = tuple(Outcome(one, Text(one, one), one) for one in effects)
    return GateSpec("k@g", "k", Text(), "g", (), GateRule(), outcomes, (), "", "", None, None,
                    max_rounds=most)  # fmt: skip


def test_rounds():
    assert rules.rounds(spec(1, "approve")) == 1
    assert rules.rounds(spec(1, "approve", "revise")) == 2
    assert rules.rounds(spec(3, "approve", "revise")) == 3
    last = rules.on_offer(spec(2, "approve", "revise", "stop"), 2)
    assert [one.key for one in last] == ["approve", "stop"]
    only = rules.on_offer(spec(2, "approve", "revise"), 2)
    assert [one.key for one in only] == ["approve", "revise"]


@pytest.mark.parametrize(
    ("now", "number", "too_long"),
    [
        ("2030-05-26T09:00", 1, False),
        ("2030-05-27T09:00", 1, True),
        ("2030-05-27T09:00", 2, False),
    ],
)
def test_work_sent_back_must_be_in_before_the_gate_is_due(now, number, too_long):
    zone = ZoneInfo("Asia/Shanghai")
    due = datetime(2030, 6, 2, tzinfo=zone)
    gate = replace(spec(2, "approve", "revise"), revise_within=timedelta(days=5))
    at = datetime.fromisoformat(now).replace(tzinfo=zone)
    assert rules.back_too_long(gate, number, at, due, zone) is too_long
    assert not rules.back_too_long(replace(gate, revise_within=None), 1, at, due, zone)


def test_who_must_be_left_to_vote():
    gate = replace(spec(1, "approve"), decides=("judge", "patron"))
    assert rules.too_few(gate, {"judge": 1}) == ("patron",)
    counted = replace(gate, rule=GateRule(quorum=2))
    assert rules.too_few(counted, {"judge": 1}) == ()
    composed = replace(counted, composition=(Share("judge", 2, None),))
    assert rules.too_few(composed, {"judge": 1}) == ("judge",)
    assert rules.too_few(composed, {"judge": 2}) == ()


def test_the_review_set_does_not_depend_on_order_and_changes_with_any_byte():
    pins = [("b", "2" * 64), ("a", "1" * 64)]
    assert rules.review_set(pins) == rules.review_set(reversed(pins))
    assert rules.review_set(pins) != rules.review_set([("b", "2" * 63 + "3"), ("a", "1" * 64)])
