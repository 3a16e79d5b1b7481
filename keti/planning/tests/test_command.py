"""`keti plan` and `keti apply`: what they print, what they end with, what they change."""

import json
from pathlib import Path

import pytest

from keti.__main__ import main
from keti.charter.queries import in_force
from keti.planning.actions.filing import apply_file, plan_file
from keti.planning.models import Amendment
from keti.planning.tests.test_amending import EARLIER, text
from tests.cast import Cast

CAST = Path(__file__).parents[3] / "tests" / "cast.yaml"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    file = tmp_path / "cast.yaml"
    file.write_text(CAST.read_text().replace(*EARLIER))
    return file


def planned(file: Path, out: Path | None = None, *, as_json: bool = False) -> tuple[str, int]:
    answer = plan_file(file, "cast", out=out, as_json=as_json, lang="en")
    return answer.text, answer.code


def test_the_charter_in_force_leaves_nothing_to_do(cast: Cast):
    assert planned(CAST)[1] == 0


def test_a_change_is_shown_and_saved_and_nothing_is_changed(
    cast: Cast, changed: Path, tmp_path: Path
):
    shown, code = planned(changed, tmp_path / "plan.json")
    assert code == 2
    assert "touches calendar.monthly.rrule; approved by Patron" in shown
    assert "~ 6 moved" in shown
    data = json.loads(planned(changed, as_json=True)[0])
    assert data["touched"] == ["calendar.monthly.rrule"]
    assert {one["sign"] for one in data["changes"]} == {"~"}
    assert in_force(cast.programme).number == 1


def test_errors_end_with_one(cast: Cast, changed: Path, tmp_path: Path):
    assert plan_file(changed, "nowhere", out=None, as_json=False, lang="en").code == 1
    changed.write_text("keti: charter/1\n")
    assert planned(changed)[1] == 1
    assert apply_file(changed, "gao@example.org", "x").code == 1
    assert main(["plan", str(tmp_path / "none.yaml"), "--programme", "cast"]) == 1


def test_who_may_alone_brings_it_into_force(cast: Cast, changed: Path, tmp_path: Path):
    plan = tmp_path / "plan.json"
    planned(changed, plan)
    assert apply_file(plan, "gao@example.org", "提前两天").code == 0
    assert in_force(cast.programme).number == 2
    assert planned(changed)[1] == 0
    assert apply_file(plan, "gao@example.org", "提前两天").code == 1


def test_who_may_not_alone_is_told_whose_approval_is_missing(
    cast: Cast, changed: Path, tmp_path: Path
):
    plan = tmp_path / "plan.json"
    changed.write_text(text())
    planned(changed, plan)
    assert apply_file(plan, "gao@example.org", "办法").code == 0
    changed.write_text(text(EARLIER))
    planned(changed, plan)
    answer = apply_file(plan, "fang@example.org", "提前两天", lang="en")
    assert answer.code == 2
    assert "Clerk must approve too" in answer.text
    assert apply_file(plan, "mao@example.org", "提前两天").code == 1
    assert Amendment.objects.count() == 1
    assert apply_file(plan, "fang@example.org", "提前两天", only_propose=True).code == 2
    assert Amendment.objects.get(number=2).state == "proposed"
