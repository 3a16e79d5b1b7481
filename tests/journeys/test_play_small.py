"""Small charters that say no more than they must, of kinds that once stuck, played to the end."""

from pathlib import Path

import pytest

from keti.charter.tests.test_lint_carried import BASE, packages
from keti.charter.tests.test_one_group import PACKAGES
from tests.journeys.test_play import head, keti
from tests.journeys.test_play_templates import duties, ends, facts, is_over

pytestmark = pytest.mark.play

PUBLISHED = (
    "gates:\n",
    "  pub: {en: Pub, form: publication, by: clerk, opens: 2023-06-16, due: 2023-06-21,"
    " needs: [ok], subject: paper}\ngates:\n",
)
EXTENDED = (
    "gates:\n",
    "gates:\n  longer: {en: Longer, decides: [boss], outcomes: [approve, revise, stop],"
    " max_rounds: 2, revise_within: P3D, opens: 2023-05-08, by: 2023-05-19}\n",
)
UNASKED = (
    "  seats: {en: Seats, form: appointment, by: clerk, opens: term.from, due: 2023-03-10}\n",
    "  talk: {en: Talk, form: meeting, by: clerk, due: 2023-03-20, record: minutes}\n",
)
KINDS = {
    "a commissioner who carries it out": [PUBLISHED],
    "a decision without material": [EXTENDED],
    "a roster nobody asks for": [UNASKED],
    "three kinds of group, a way into each": [
        ("  whole: {en: Whole, founded: term.from}\n", """\
  whole: {en: Whole, founded: term.from}
  long: {en: Long, parent: whole, instances: {l1: {en: L1}, l2: {en: L2}}}
  short: {en: Short, parent: whole, instances: {s1: {en: S1}}}
"""),
        ("calendar:\n", """\
  far: {en: Far, in: long, min: 2, can: [lead, contribute, read], appointed_by: clerk}
  near: {en: Near, in: short, min: 1, can: [lead, contribute, read], appointed_by: clerk}
admission:
  window: {open: 2023-02-01, close: 2023-02-10}
  decide_by: 2023-02-20
  tracks: {one: {en: One, role: far}, two: {en: Two, role: near}}
calendar:
"""),
        ("  seats:", "  joins: {en: Joins, form: admission, by: clerk, due: 2023-02-20}\n  seats:"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_charter_without_an_error_comes_to_its_end(tmp_path: Path, kind: str) -> None:
    text = BASE
    for old, new in KINDS[kind]:
        assert text.count(old) == 1
        text = text.replace(old, new)
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    head(keti("play", tmp_path / "small.yaml", "--out", tmp_path / "a"))
    assert ends(tmp_path / "a") == {"met"}
    assert is_over(tmp_path / "a")
    if kind == "a decision without material":
        gates = [one["gate"] for one in facts(tmp_path / "a", "review.gate.decided")]
        assert gates.count("longer@whole") >= 1
    if kind == "three kinds of group, a way into each":
        assert "不属于" not in (tmp_path / "a" / "chronicle.txt").read_text(encoding="utf-8")


GO = (
    "gates:\n",
    "gates:\n  go: {en: Go, per: wp, decides: [boss], inputs: [plan],"
    " outcomes: [approve, stop], opens: 2023-03-27, by: 2023-04-12}\n",
)
PLAN = ("  tr: {", "  plan: {en: Plan, per: wp, by: lead, due: 2023-03-24}\n  tr: {")


def test_a_group_that_is_stopped_takes_the_groups_under_it_along(tmp_path: Path) -> None:
    text = packages()
    for old, new in (GO, PLAN):
        assert text.count(old) == 1
        text = text.replace(old, new)
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    out = tmp_path / "a"
    head(keti("play", tmp_path / "small.yaml", "--decide", "go=stop", "--out", out))
    states = {one["key"]: one["state"] for one in duties(out)}
    assert {key: states[key] for key in states if key.partition("@")[0] in ("tr", "wr")} == {
        "tr@task.t1": "cancelled", "tr@task.t2": "cancelled", "tr@task.t3": "cancelled",
        "wr@wp.w1": "cancelled", "wr@wp.w2": "cancelled",
    }  # fmt: skip
    assert states["paper@whole"] == states["closing@whole"] == "met"
    assert is_over(out)


def test_who_leads_a_package_answers_for_its_own_tasks_alone(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(PACKAGES, encoding="utf-8")
    out = tmp_path / "a"
    head(keti("play", tmp_path / "small.yaml", "--out", out))
    rows = {one["key"]: one for one in duties(out)}
    first, second = rows["work@wp.w1"]["seat"], rows["work@wp.w2"]["seat"]
    assert first != second
    assert [rows[f"note@task.t{n}"]["seat"] for n in (1, 2, 3)] == [first, first, second]
    assert rows["map@wp.w2"]["seat"] == second
    assert ends(out) == {"met"}
    assert is_over(out)
