"""The shipped templates besides the notice, and a programme ended half-way, played by command."""

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.charter_tools import renamed, shifted
from tests.journeys.test_play import ROOT, STANDARD, head, keti, kinds

PROJECT = ROOT / "charters" / "fund-project.yaml"
STUDY = ROOT / "charters" / "commissioned-study.yaml"

pytestmark = pytest.mark.play


def duties(folder: Path) -> list[dict[str, str]]:
    with (folder / "duties.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ends(folder: Path) -> set[str]:
    """How everything owed ended, but for tasks that a plan dropped after a return: taken back."""
    rows = duties(folder)
    return {one["state"] for one in rows if (one["form"], one["state"]) != ("task", "cancelled")}


def facts(folder: Path, kind: str) -> list[dict[str, Any]]:
    """The facts of every ledger line of a kind."""
    lines = (folder / "ledger.jsonl").read_text(encoding="utf-8").splitlines()[:-1]
    rows = [json.loads(line) for line in lines]
    return [row["content"]["facts"] for row in rows if row["leaf"]["kind"] == kind]


def is_over(folder: Path) -> bool:
    with sqlite3.connect(folder / "data" / "keti.sqlite3") as base:
        return base.execute("SELECT closed_at FROM programmes_programme").fetchone()[0] is not None


def test_a_funded_project_without_sector_groups_lives_its_thirty_six_months(tmp_path: Path) -> None:
    head(keti("play", PROJECT, "--out", tmp_path / "a"))
    reports = [one for one in duties(tmp_path / "a") if one["key"].startswith("progress_report@")]
    assert [one["key"][-7:] for one in reports] == [
        "2023-02", "2023-07", "2024-01", "2024-07", "2025-01", "2025-07", "2025-12",
    ]  # fmt: skip
    assert ends(tmp_path / "a") == {"met"}
    assert not kinds(tmp_path / "a") & {"intake.call.published", "intake.application.submitted"}
    graded = [one for one in facts(tmp_path / "a", "review.gate.decided") if one["round"] == 2]
    assert [one["outcome"] for one in graded] == ["continue", "good"]
    assert (tmp_path / "a" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert is_over(tmp_path / "a")


def test_a_mid_term_check_that_says_stop_ends_the_project(tmp_path: Path) -> None:
    out = tmp_path / "stopped"
    head(keti("play", PROJECT, "--decide", "midterm_check=stop", "--out", out))
    (decision,) = [
        one for one in facts(out, "review.gate.decided") if one["gate"].startswith("midterm")
    ]
    states = [one["state"] for one in duties(out)]
    assert (decision["outcome"], decision["effect"]) == ("stop", "stop")
    assert states.count("cancelled") == decision["cancelled"] > 10
    assert set(states) == {"met", "cancelled"}
    assert not kinds(out) & {"release.programme.closed", "release.report.published"}
    assert not (out / "report.pdf").exists()
    last = (out / "chronicle.txt").read_text(encoding="utf-8").split("\n\n")[0].splitlines()[-1]
    assert last.endswith("课题到此终止，未办事项全部取消")
    assert is_over(out)


def test_a_decision_the_charter_does_not_know_is_refused_with_what_it_knows(tmp_path: Path) -> None:
    result = keti("play", PROJECT, "--decide", "midterm_check=ended", "--out", tmp_path / "x")
    assert result.returncode == 1
    assert "midterm_check=ended" in result.stderr
    assert "midterm_check=stop" in result.stderr
    assert not (tmp_path / "x" / "ledger.jsonl").exists()


def test_a_study_that_publishes_nothing_is_over_once_it_is_handed_over(tmp_path: Path) -> None:
    head(keti("play", STUDY, "--out", tmp_path / "a"))
    assert "release.programme.closed" in kinds(tmp_path / "a")
    assert "release.report.published" not in kinds(tmp_path / "a")
    panel = [one for one in facts(tmp_path / "a", "review.gate.decided") if "panel@" in one["gate"]]
    assert [(one["effect"], one["count"]["seats"]) for one in panel] == [
        ("revise", 3),
        ("approve", 3),
    ]
    assert is_over(tmp_path / "a")


def test_the_standard_hears_the_public_and_no_drafter_votes(tmp_path: Path) -> None:
    head(keti("play", STANDARD, "--out", tmp_path / "a"))
    said = facts(tmp_path / "a", "consultation.comment.made")
    assert sum(one["public"] for one in said) == 2
    assert sum(not one["public"] for one in said) >= 2
    seated = facts(tmp_path / "a", "groups.seat.appointed")
    committee = [one for one in seated if one["role"] == "技术审查委员"]
    chairs = {tuple(one["elected_by"]) for one in seated if one["role"] == "召集人"}
    assert chairs == {("起草人",)}
    (vote,) = [
        one for one in facts(tmp_path / "a", "review.gate.decided") if "ballot" in one["gate"]
    ]
    assert (len(committee), vote["count"]["seats"]) == (5, 4)
    assert ends(tmp_path / "a") == {"met"}


@pytest.mark.parametrize("template", [STANDARD, PROJECT, STUDY], ids=lambda one: one.stem)
def test_a_renamed_and_shifted_template_plays_to_its_end(template: Path, tmp_path: Path) -> None:
    file = tmp_path / "strange.yaml"
    file.write_text(shifted(renamed(template.read_text()), 126))
    head(keti("play", file, "--out", tmp_path / "strange"))
    assert is_over(tmp_path / "strange")
