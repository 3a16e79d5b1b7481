"""What SECURITY.md says holds a wall is there."""

import re

from tests.house.sources import ROOT

TEXT = (ROOT / "SECURITY.md").read_text()
ROWS = re.findall(r"^\| T(\d\d) \| (.+?) \| (.+?) \|$", TEXT, re.MULTILINE)


def test_the_catalogue_is_whole():
    assert [number for number, _, _ in ROWS] == [f"{one:02d}" for one in range(1, 67)]


def test_every_test_that_is_named_exists():
    named = {path for _, _, by in ROWS for path in re.findall(r"`([\w/]+\.py)`", by)}
    assert len(named) > 20
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_proof_that_is_named_exists():
    proofs = {name for _, _, by in ROWS for name in re.findall(r"`make prove` \(`(\w+)`\)", by)}
    assert [name for name in proofs if not (ROOT / f"tests/prove/{name}.py").exists()] == []


def test_what_is_not_held_says_why():
    silent = [n for n, _, by in ROWS if "`" not in by and not re.match(r"absent: |not yet", by)]
    assert silent == []


def test_every_decision_that_is_named_exists():
    numbers = set(re.findall(r"decisions? (\d{4})", TEXT))
    there = {path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")}
    assert numbers - there == set()
