"""The temporal network against brute force, alone and inside small charters."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise, product

from hypothesis import example, given, settings
from hypothesis import strategies as st

from keti.charter.rules.lint import lint
from keti.charter.rules.lint.calendar.network import NOW, Bound, circle, excess
from keti.charter.tests.small import NOTICE, SMALL

NODES = (NOW, "a", "b", "c")
MOST = 3
REACH = MOST * (len(NODES) - 1)


@st.composite
def bounds(draw):
    pairs = st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.integers(-MOST, MOST))
    return [Bound(*one) for one in draw(st.lists(pairs, min_size=1, max_size=6))]


def can_hold(every: list[Bound]) -> bool:
    """Whether some placing of the three instants meets every bound, by trying them all."""
    for placed in product(range(-REACH, REACH + 1), repeat=len(NODES) - 1):
        at = dict(zip(NODES, (0, *placed), strict=True))
        if all(at[one.later] - at[one.earlier] >= one.least for one in every):
            return True
    return False


@settings(max_examples=150, deadline=None)
@given(bounds())
@example([Bound(NOW, "a", 2), Bound("a", "b", 1), Bound("b", NOW, -3)])
@example([Bound(NOW, "a", 2), Bound("a", "b", 1), Bound("b", NOW, -2)])
@example([Bound("a", "b", 1), Bound("b", "a", 0)])
@example([Bound("a", "a", 1)])
def test_the_network_agrees_with_brute_force(every):
    found = circle(every)
    assert bool(found) != can_hold(every)
    if found:
        assert set(found) <= set(every)
        assert all(one.later == other.earlier for one, other in pairwise([*found, found[0]]))
        assert excess(found) > 0


FIRST = date(2022, 6, 1)


def panel(due: int, opens: int, first: int | None, rounds: int, revise: int, by: int) -> str:
    """The small charter with one gate on one paper; dates are days after the first."""

    def day(count: int) -> date:
        return FIRST + timedelta(days=count)

    lines = [
        "  check:", "    per: team", "    decides: [clerk]", "    inputs: [paper]",
        "    outcomes: [approve, revise]", f"    opens: {day(opens)}", f"    by: {day(by)}",
        f"    max_rounds: {rounds}", f"    revise_within: P{revise}D",
    ]  # fmt: skip
    lines += [f"    first_by: {day(first)}"] if first is not None else []
    old = SMALL[SMALL.index("  check:") : SMALL.index("  end:")]
    text = SMALL.replace(old, "\n".join(lines) + "\n")
    return text.replace("due: time.to, sections", f"due: {day(due)}, sections")


def worst_case(due: int, opens: int, first: int | None, rounds: int, revise: int, by: int) -> bool:
    """Everybody takes the whole time they are promised: is the last verdict still in time?

    A date of a deed is the end of that day, an opening its beginning.
    """
    now = max(due + 1, opens)
    if first is not None:
        if now > first + 1:
            return False
        now = first + 1
    for _ in range(rounds - 1):
        now += revise
    return now <= by + 1


@settings(max_examples=120, deadline=None)
@given(
    st.tuples(
        st.integers(0, 12), st.integers(0, 12), st.none() | st.integers(0, 20),
        st.integers(1, 4), st.integers(0, 8), st.integers(0, 30),
    )
)  # fmt: skip
def test_a_gate_is_called_infeasible_exactly_when_the_worst_case_is_late(numbers):
    found = lint(panel(*numbers), "small.yaml")
    assert not {"CAL120", "CAL121"} <= {one.number for one in found}
    late = [one for one in found if one.number == "CAL120" and one.path.startswith("gates.check")]
    assert bool(late) != worst_case(*numbers)


LOOP = """\
    first_by: 2022-10-31
    by: 2022-11-10
    max_rounds: 3
    revise_within: P7D
"""


def test_two_revisions_of_a_week_do_not_fit_into_ten_days():
    text = SMALL.replace("    by: time.to + 5 workdays\n", LOOP)
    [found] = [one for one in lint(text, "small.yaml") if one.number == "CAL120"]
    assert (found.severity, found.path, found.line) == ("error", "gates.check.by", 33)
    assert found.sentence("en") == (
        "These cannot all be kept, by 4 days: '论文' may take until 2022-10-31 24:00; 'check' "
        "waits for '论文'; sent back for the first time by 'check', the revision may take 7 days; "
        "sent back for the second time by 'check', the revision may take 7 days; "
        "'check' must be done by 2022-11-10 24:00."
    )
    assert found.sentence("zh") == (
        "这些安排合不到一起，差 4 天：“论文”可用到 2022-10-31 24:00；“check”要等“论文”；"
        "“check”第 1 次退回，修改可用 7 天；“check”第 2 次退回，修改可用 7 天；"
        "“check”须在 2022-11-10 24:00 前办完。"
    )


def test_a_revision_that_leaves_no_day_to_judge_it_is_pointed_out():
    """Decided on the first day, two weeks of revision, one day for each verdict: sixteen days."""
    for day, told in (("15", True), ("16", False)):
        rounds = LOOP.replace("2022-11-10", f"2022-11-{day}")
        text = SMALL.replace("    by: time.to + 5 workdays\n", rounds)
        found = [one for one in lint(text, "x") if one.number in ("CAL120", "CAL121")]
        assert [(one.number, one.severity, one.path) for one in found] == (
            [("CAL121", "warning", "gates.check.by")] if told else []
        )


def test_the_panel_of_the_notice_fits_and_no_longer_does_with_one_round_more():
    text = NOTICE.read_text("utf-8")
    assert [one for one in lint(text, "x") if one.number == "CAL120"] == []
    old = "by: panel_by\n    max_rounds: 2"
    assert text.count(old) == 1
    more = text.replace(old, "by: panel_by\n    max_rounds: 5")
    assert [one.path for one in lint(more, "x") if one.number == "CAL120"] == [
        "gates.final_panel.by"
    ]


CHAIN = [
    ("due: time.to, sections", "due: 2022-11-09, sections", "gates.check.by",
     "'论文' may take until 2022-11-09 24:00; 'check' waits for '论文'; "
     "'check' must be done by 2022-11-07 24:00"),
    ("by: 2022-11-30", "by: 2022-11-04", "gates.end.by",
     "'check' may take until 2022-11-07 24:00; 'end' waits for 'check'; "
     "'end' must be done by 2022-11-04 24:00"),
    ("    by: 2022-11-30\n",
     "    by: 2022-11-30\nphases: {last: {from: 2022-11-20, to: 2022-12-01, opens_with: end}}\n",
     "phases.last.from",
     "'end' may take until 2022-11-30 24:00; the phase 'last', which 'end' opens, "
     "begins on 2022-11-20"),
    ("    inputs: [paper]\n    outcomes: [approve, revise]\n",
     "    inputs: [paper]\n    outcomes: [approve, revise]\n    consult: asked\n",
     "gates.check.by",
     "'论文' may take until 2022-10-31 24:00; comments for 'check' are taken for 8 days; "
     "'check' must be done by 2022-11-07 24:00"),
]  # fmt: skip


def test_each_kind_of_step_can_close_a_circle():
    rounds = "rounds: {asked: {subject: paper, open: P8D}}\n"
    for old, new, path, steps in CHAIN:
        assert SMALL.count(old) == 1, old
        [found] = [
            one for one in lint(SMALL.replace(old, new) + rounds, "x") if one.number == "CAL120"
        ]
        assert (found.path, found.facts["steps_en"]) == (path, steps)
