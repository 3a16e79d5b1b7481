"""People: who fills a role, who stands apart, and whether a gate still reaches its quorum."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keti.charter.rules.lint import Seated
from keti.charter.rules.lint.quorum import ANYBODY, matched
from keti.charter.tests.sound import SOUND, bent, judged, line, seen

MISTAKES = [
    ("can: [judge], appointed_by: asker", "can: [judge]", "  wise:", "ROL201 roles.wise"),
    ("can: [lead], appointed_by: asker", "can: [lead]", "  head:", "ROL201 roles.head"),
    ("appointed_by: asker, excludes: [head, hand]}", "appointed_by: asker, excludes: [head]}",
     "  eye:", "ROL202 roles.eye"),
    ("kind: enterprise}", "kind: enterprise, affiliated_with: council}", "affiliated_with: council",
     "ROL203 parties.bureau.affiliated_with"),
    ("  last:\n    decides: [asker]", "  last:\n    decides: [asker, author]", "[asker, author]",
     "ROL204 gates.last.decides[1]"),
    ("excludes: [head, hand, author]", "excludes: [head, hand]", "  wise:", "ROL209 roles.wise"),
    ("excludes: [head, hand, author]", "excludes: [author, hand]", "  wise:", "ROL209 roles.wise"),
    ("rule: {quorum: 2, approve", "rule: {quorum: 4, approve", "quorum: 4",
     "ROL207 gates.check.rule.quorum"),
    ("  asker: {in: whole, min: 1, holder: council, holder_kind: unit, can: [commission]}",
     "  asker: {in: whole, min: 1, can: [commission], appointed_by: head}", "  asker:",
     "ROL208 roles.asker.appointed_by"),
    ("can: [lead], appointed_by", "can: [lead], deputises: hand, appointed_by",
     "deputises: hand", "ROL210 roles.head.deputises"),
    ("deputises: head", "deputises: head, excludes: [head]", "deputises: head",
     "ROL211 roles.hand.deputises"),
    ("{in: whole, min: 3, can: [judge]", "{in: whole, can: [judge]", "decides: [wise]",
     "ROL212 gates.panel.decides[0]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "piece", "expected"), MISTAKES)
def test_a_fault_among_people_is_found_at_its_line(old, new, piece, expected):
    text = bent(old, new)
    found = [one for one in judged(text) if one.number.startswith("ROL")]
    assert [f"{one.number} {one.path}" for one in found] == [expected]
    assert [one.line for one in found] == [line(text, piece)]


@pytest.mark.parametrize("way", ["elected_by: [hand]", "holder: branch", "appointed_by: clerk"])
def test_a_role_is_filled_by_election_by_a_holder_or_by_an_appointer(way):
    assert seen(bent("can: [lead], appointed_by: asker", f"can: [lead], {way}")) == []


def test_a_role_given_on_admission_is_filled():
    text = bent("can: [contribute], deputises: head", "can: [contribute, lead]")
    assert seen(text) == []


def test_a_text_of_an_affiliated_party_is_not_decided_on():
    text = bent("can: [judge], appointed_by: asker", "can: [judge], holder: branch")
    found = [(one.number, one.path, one.line) for one in judged(text)]
    assert found == [
        ("ROL206", "roles.wise.excludes[2]", line(text, "holder: branch")),
        ("ROL205", "gates.panel.decides[0]", line(text, "decides: [wise]")),
        ("ROL207", "gates.panel.rule.quorum", line(text, "quorum: 2/3")),
    ]


def test_a_decision_may_be_waived_for_one_number_only():
    text = bent("kind: enterprise}", "kind: enterprise, affiliated_with: council,"
                " resolve: {waives: [ROL203], by: asker, why: 只办事务}}")  # fmt: skip
    (found,) = judged(text)
    assert (found.number, found.severity, found.waived.by) == ("ROL203", "note", "asker")
    text = text.replace("ROL203", "ROL204")
    assert [(one.number, one.severity) for one in judged(text)] == [("ROL203", "warning")]


def seated(*rows: str) -> tuple[Seated, ...]:
    """People from rows of name, role, group and party."""
    return tuple(Seated(*[*row.split(), ""][:4]) for row in rows)


ROSTER = (
    "Qin clerk whole bureau", "Zhou asker whole council", "Su author whole school",
    "Ji eye whole", "He eye whole", "Ren wise whole", "Lin wise whole", "Wen wise whole",
    "Lu head team.a", "Bai head team.b", "Cai head team.c", "Mao hand team.a", "Du hand team.b",
)  # fmt: skip


def test_a_full_roster_is_silent():
    assert seen(SOUND, roster=seated(*ROSTER)) == []


def test_those_who_stand_aside_do_not_lower_the_quorum():
    rows = [row.replace("Ren wise whole", "Ren wise whole branch") for row in ROSTER]
    assert seen(SOUND, roster=seated(*rows)) == []
    rows = [row.replace("Lin wise whole", "Lin wise whole school") for row in rows]
    (found,) = judged(SOUND, roster=seated(*rows))
    assert (found.number, found.path) == ("ROL207", "gates.panel.rule.quorum")
    assert (found.facts["needed"], found.facts["free"]) == (2, 1)
    assert found.facts["who_zh"] == "（回避：Lin、Ren）"


def test_who_sits_in_the_group_stands_aside_there_and_only_there():
    rows = [*ROSTER, "He hand team.b"]
    found = judged(SOUND, roster=seated(*rows, "Zhou hand team.b"))
    assert [(one.number, one.facts.get("group")) for one in found] == [
        ("ROL206", None), ("ROL207", "team.b"),
    ]  # fmt: skip
    assert [one.number for one in judged(SOUND, roster=seated(*rows))] == ["ROL206"]


def test_one_person_in_two_exclusive_roles_is_named():
    (found,) = judged(SOUND, roster=seated(*ROSTER, "Ren head team.c"))
    assert (found.number, found.path, found.facts["who"]) == (
        "ROL206", "roles.wise.excludes[0]", "Ren",
    )  # fmt: skip


def test_a_person_with_two_seats_has_one_voice():
    rows = [row for row in ROSTER if " eye " not in row]
    found = judged(SOUND, roster=seated(*rows, "Zhou eye whole"))
    assert {one.facts["group"] for one in found} == {"team.a", "team.b", "team.c"}
    assert {(one.number, one.facts["free"]) for one in found} == {("ROL207", 1)}


def test_a_role_that_must_be_there_is_missed_with_a_roster():
    text = bent("    rule: {quorum: 2/3, approve: 1/2}\n", "    rule: unanimous\n")
    assert seen(text, roster=seated(*ROSTER)) == []
    rows = [row for row in ROSTER if " wise " not in row]
    assert seen(text, roster=seated(*rows)) == ["ROL207 gates.panel.decides"]


def test_a_share_of_a_composition_is_a_place_to_be_filled():
    rule = "    rule: {quorum: 2, approve: 2/3}\n"
    text = bent(rule, rule + "    composition: {eye: {min: 2}}\n")
    assert seen(text, roster=seated(*ROSTER)) == []
    rows = [row for row in ROSTER if not row.startswith("He ")]
    assert seen(text, roster=seated(*rows)) == ["ROL207 gates.check.rule.quorum"] * 3


def test_who_has_no_voice_does_not_count():
    text = bent("approve: 2/3}", "approve: 2/3, no_voice: [asker]}")
    assert seen(text) == []
    text = bent("quorum: 2, ", "quorum: 3, ", text)
    assert seen(text) == ["ROL207 gates.check.rule.quorum"]


ROLES = st.sampled_from(["r", "s", "t"])


@given(
    st.lists(st.one_of(ROLES, st.just(ANYBODY)), max_size=4),
    st.lists(st.frozensets(ROLES, min_size=1), max_size=4),
)
def test_the_matching_is_as_large_as_trying_every_order(places, people):
    seats = [Seated(f"p{n}", role, "") for n, roles in enumerate(people) for role in sorted(roles)]

    def fits(chosen: tuple[str, ...], order: tuple[frozenset[str], ...]) -> bool:
        pairs = zip(chosen, order, strict=True)
        return all(place == ANYBODY or place in roles for place, roles in pairs)

    best = max(
        size
        for size in range(min(len(places), len(people)) + 1)
        if any(
            fits(chosen, order)
            for chosen in combinations(places, size)
            for order in permutations(people, size)
        )
    )
    assert matched(places, seats) == best
