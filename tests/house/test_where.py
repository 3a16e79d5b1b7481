"""The table of where each rule is leads to files and names that are there."""

import re

import pytest

from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "where-is-the-rule.md"
PLACES = re.findall(r"`((?:keti|tests)/[\w/.]+\.py)(?::(\w+))?`", PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("file", "name"), PLACES, ids=[f"{a}:{b}" for a, b in PLACES])
def test_the_rule_is_where_the_page_says(file: str, name: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    if name:
        assert re.search(rf"^\s*(?:def|class) {name}\b|^{name}\b.*=", text, re.MULTILINE)


def test_the_floor_plan_leads_to_it() -> None:
    assert len(PLACES) > 30
    plan = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert f"({PAGE.name})" in plan
