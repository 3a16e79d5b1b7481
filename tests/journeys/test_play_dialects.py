"""A survey of dialects, a kind of programme no template is, played by command to its end."""

from pathlib import Path

import pytest

from tests.journeys.test_play import ROOT, head, keti
from tests.journeys.test_play_templates import duties, ends, facts, is_over

DIALECTS = ROOT / "keti" / "charter" / "tests" / "dialects.yaml"

pytestmark = pytest.mark.play


def test_regions_a_laboratory_and_an_archive_come_to_their_end(tmp_path: Path) -> None:
    head(keti("play", DIALECTS, "--out", tmp_path / "a"))
    rows = duties(tmp_path / "a")
    assert ends(tmp_path / "a") == {"met"}
    assert {one["due"][11:16] for one in rows if one["key"].startswith("field_note@")} == {"10:00"}
    decided = [
        one["gate"].partition("@")[0] for one in facts(tmp_path / "a", "review.gate.decided")
    ]
    assert list(dict.fromkeys(decided)) == ["ethics", "middle", "ballot", "taking", "ending"]
    told = (tmp_path / "a" / "chronicle.txt").read_text(encoding="utf-8")
    assert "任命转写室：转写室各职务已确认" in told
    assert "未获准" not in told
    assert is_over(tmp_path / "a")


def test_the_ethics_members_may_end_it(tmp_path: Path) -> None:
    head(keti("play", DIALECTS, "--decide", "ethics=stop", "--out", tmp_path / "b"))
    assert {one["state"] for one in duties(tmp_path / "b")} == {"met", "cancelled"}
    assert is_over(tmp_path / "b")
