"""Flow: circles, conditions that never hold, dead ends, gates with no way out or no use."""

from __future__ import annotations

import pytest

from keti.charter.tests.sound import SOUND, bent, judged, line, seen

MISTAKES = [
    ("  panel:\n    decides: [wise]\n    rule: {quorum: 2/3, approve: 1/2}\n    inputs: [book]\n"
     "    when: all(check.approve)\n    outcomes: [approve, revise]",
     "  panel:\n    decides: [wise]\n    rule: {quorum: 2/3, approve: 1/2}\n    inputs: [book]\n"
     "    when: all(check.approve)\n    outcomes: [approve]",
     "    outcomes: [approve]", "GAT301 gates.panel.outcomes"),
    ("    by: 2022-05-27\n", "", "  start:\n", "GAT302 gates.start"),
    ("when: all(check.approve)", "when: count(check.approve) >= 4", ">= 4",
     "GAT303 gates.panel.when"),
    ("when: all(check.approve)", "when: all(check.approve) and any(check.revise)", "any(check",
     "GAT303 gates.panel.when"),
    ("when: panel.approve", "when: panel.approve and not hearing.done", "not hearing",
     "GAT303 gates.last.when"),
    ("when: panel.approve", "when: panel.approve and trace.complete", "trace.complete",
     "GAT303 gates.last.when"),
    ("due: 2022-05-16}", "due: 2022-05-16, needs: [outline]}\n  spare: {by: author,"
     " due: 2022-05-16, needs: [spare]}", "needs: [spare]", "GAT304 deliverables.spare.needs[0]"),
    ("when: start.approve", "when: panel.approve and start.approve", "panel.approve and",
     "GAT304 gates.check.when"),
    ("due: 2022-07-29}", "due: 2022-07-29, needs: [book]}", "subject: outline, due",
     "GAT304 obligations.hearing.subject"),
    ("when: start.approve", "when: start.stop", "  check:\n", "GAT305 gates.check"),
    ("    when: all(check.approve)\n    outcomes: [approve, revise]",
     "    when: all(check.approve)\n    outcomes: [approve, revise, issued]",
     "[approve, revise, issued]", "GAT306 gates.panel.outcomes[2]"),
    ("    outcomes: [approve, revise]\n    max_rounds: 2",
     "    outcomes: [approve, revise, stop]\n    max_rounds: 2",
     "stop]\n    max_rounds", "GAT306 gates.check.outcomes[2]"),
    ("    outcomes: [approve, revise]\n    max_rounds: 2",
     "    outcomes:\n      approve: {}\n      stop: {zh: 终止}\n      rework: {effect: revise}\n"
     "    max_rounds: 2", "      stop: {zh", "GAT306 gates.check.outcomes.stop"),
    ("    outcomes: [close, revise]", "    outcomes: [revise, stop]\n    max_rounds: 3",
     "[revise, stop]", "GAT308 gates.last.outcomes"),
    ("needs: [start]}", "}", "  start:\n", ""),
    ("needs: [last]", "needs: [panel]", "  last:\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "piece", "expected"), MISTAKES)
def test_a_fault_of_the_course_is_found_at_its_line(old, new, piece, expected):
    text = bent(old, new)
    found = [one for one in judged(text) if one.number.startswith("GAT")]
    assert [f"{one.number} {one.path}" for one in found] == ([expected] if expected else [])
    assert [one.line for one in found] == ([line(text, piece)] if expected else [])


def test_the_sound_charter_is_silent():
    assert seen(SOUND) == []


def test_a_circle_is_told_as_the_way_round():
    text = bent("when: start.approve", "when: panel.approve and start.approve")
    (found,) = [one for one in judged(text) if one.number == "GAT304"]
    assert found.facts["chain"] == "check → panel → check"


def test_a_dead_end_tells_what_was_decided_and_what_is_awaited():
    text = bent("[approve, revise]\n    max_rounds", "[approve, revise, stop]\n    max_rounds")
    (found,) = judged(text)
    assert found.facts["chain"] == "start.approve → check.approve (stop × 1)"
    assert found.facts["waiting"] == "panel"
    assert found.facts["wanted"] == "check.approve@team.a"


def test_a_condition_that_takes_the_other_outcome_too_is_no_dead_end():
    text = bent("[approve, revise]\n    max_rounds", "[approve, revise, stop]\n    max_rounds")
    text = bent("when: all(check.approve)", "when: count(check.approve) >= 2", text)
    assert seen(text) == []


@pytest.mark.parametrize("fact", ["round.outline.closed", "admission.decided", "date>=time"])
def test_what_the_programme_settles_by_another_name_becomes_true(fact):
    text = bent("when: all(check.approve)", f"when: all(check.approve) and {fact}")
    assert seen(text) == []


def test_a_round_a_gate_asks_for_is_waited_for():
    text = bent("    when: all(check.approve)\n",
                "    when: all(check.approve)\n    consult: round.outline\n")  # fmt: skip
    assert seen(text) == []
    text = bent(
        "subject: outline, due: 2022-08-31",
        "subject: outline, needs: [panel], due: 2022-08-31",
        text,
    )
    found = [one for one in judged(text) if one.number == "GAT304"]
    assert [one.facts["chain"] for one in found] == ["hearing → panel → hearing"]


def test_a_gate_only_a_stopped_group_leads_to_is_reachable():
    text = bent("[approve, revise]\n    max_rounds", "[approve, revise, stop]\n    max_rounds")
    text = bent("when: all(check.approve)", "when: any(check.stop) or all(check.approve)", text)
    assert seen(text) == []


def test_a_decision_nothing_waits_for_is_told():
    text = bent("when: all(check.approve)", "when: start.approve")
    (found,) = judged(text)
    assert (found.number, found.path, found.line) == (
        "GAT309", "gates.check", line(text, "  check:\n"),
    )  # fmt: skip


def test_rounds_without_a_way_back():
    text = bent("[approve, revise]\n    max_rounds", "[approve]\n    max_rounds")
    found = [(one.number, one.line) for one in judged(text)]
    assert found == [
        ("GAT301", line(text, "[approve]\n")), ("GAT307", line(text, "max_rounds: 2")),
    ]  # fmt: skip


def test_a_programme_without_a_closing_or_an_own_gate_never_ends():
    begin, middle = SOUND.index("  start:\n"), SOUND.index("  check:\n")
    end, after = SOUND.index("  panel:\n"), SOUND.index("trace:\n")
    text = SOUND[:begin] + SOUND[middle:end] + SOUND[after:]
    for old, new in (
        ("  finish: {zh: 结题, form: closing, by: clerk, due: 2022-12-15, needs: [last]}\n", ""),
        (", needs: [finish]", ""), (", needs: [start]", ""), ("    when: start.approve\n", ""),
        (", after: last.close", ""),
    ):  # fmt: skip
        text = bent(old, new, text)
    found = [(one.number, one.path, one.line) for one in judged(text)]
    assert found == [
        ("GAT310", "obligations", line(text, "obligations:\n")),
        ("GAT309", "gates.check", line(text, "  check:\n")),
    ]


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("start.approve and all(check.approve) and not start.approve", False),
        ("all(check.approve) and (not any(check.approve) or not all(check.approve))", False),
        ("all(check.approve) and (start.approve or not any(check.approve))", True),
        ("count(check.approve) >= 2 and any(check.revise) and start.approve", True),
        ("count(check.approve) >= 3 and any(check.revise) and start.approve", False),
    ],
)
def test_parts_that_exclude_each_other_are_found_wherever_they_stand(when, holds):
    found = [one.path for one in judged(bent("when: all(check.approve)", f"when: {when}"))
             if one.number == "GAT303"]  # fmt: skip
    assert found == ([] if holds else ["gates.panel.when"])


def test_a_programme_with_very_many_ways_is_judged_in_time():
    """Twelve gates of four outcomes in three groups: the usual ways are walked, and it ends.

    What holds it up is a second way to say yes, which the next gate does not take for one, and a
    group that is stopped before every gate of it has decided.
    """
    check = SOUND[SOUND.index("  check:\n") : SOUND.index("  panel:\n")]
    check = check.replace("[approve, revise]", "[approve, revise, stop, close]")
    more = [f"wide{number}" for number in range(12)]
    gates = "".join(check.replace("  check:", f"  {key}:") for key in more)
    asked = " and ".join(f"count({key}.approve) >= 2" for key in more)
    text = bent("  panel:\n", gates + "  panel:\n")
    text = bent("when: all(check.approve)", f"when: all(check.approve) and {asked}", text)
    ends = {one.path for one in judged(text) if one.number == "GAT306"}
    assert ends == {f"gates.{key}.outcomes[{place}]" for key in more for place in (2, 3)}


def test_five_hundred_groups_are_judged_as_fast_as_three():
    many = ", ".join(f"g{number}: 组{number}" for number in range(500))
    text = bent("a: 甲组, b: 乙组, c: 丙组", many)
    assert seen(text) == []
    text = bent("when: all(check.approve)", "when: count(check.approve) >= 501", text)
    assert seen(text) == ["GAT303 gates.panel.when"]
