"""What the research of the notice's play says: enough, in two languages, none twice."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from keti.kernel.acts import Text
from keti.play.research import Table, beside
from keti.research.rules.kinds import KINDS, unknown

NOTICE = Path(__file__).parents[3] / "charters" / "metaverse-governance-2022.yaml"
LEAST = {
    "challenge": 40, "demand": 60, "source": 80, "case": 64, "recommendation": 30,
    "scenario": 16, "finding": 16, "direction": 16, "element": 8, "addressee": 4,
}  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Group:
    """A group as the table asks for it."""

    key: str
    title: Text


@pytest.fixture(scope="module")
def said():
    table = Table(beside(NOTICE), "zh")
    groups = [Group(key, Text(f"{key}组", f"group {key}")) for key in table.groups]
    whole = ("element", "addressee")
    found = [one for kind in whole for one in table.of(None, kind)]
    return found + [
        one for group in groups for kind in LEAST if kind not in whole
        for one in table.of(group, kind)
    ]  # fmt: skip


def test_there_is_enough_of_each_kind(said):
    counts = Counter(one.kind for one in said)
    assert {kind: counts[kind] for kind in LEAST if counts[kind] < LEAST[kind]} == {}
    assert len({one.group.key for one in said if one.group}) == 8
    assert 0 < sum(one.confidential for one in said) < counts["demand"]


def test_no_title_and_no_text_stands_twice_and_each_is_in_its_language(said):
    for name in ("title_zh", "title_en", "text_zh", "text_en"):
        words = Counter(getattr(one, name).casefold() for one in said)
        assert [text for text, count in words.items() if count > 1 or not text] == [], name
    assert not [one for one in said if CHINESE.search(one.title_en + one.text_en)]
    assert all("演示" in one.text_zh and "demo" in one.text_en for one in said)
    long = Counter(
        value for one in said for key, value in one.facts.items()
        if key not in ("publisher", "supplier", "issued", "address") and len(value) > 12
    )  # fmt: skip
    assert max(long.values()) == 1


def test_what_is_chosen_is_a_choice_and_titles_fit(said):
    assert not [one for one in said if unknown(KINDS[one.kind], one.facts)]
    assert max(len(one.title_zh) for one in said) <= 200
    assert max(len(one.title_en) for one in said) <= 300
    assert max(len(one.jurisdiction) for one in said) <= 60


def test_the_map_has_its_edges_and_no_cell_says_what_another_says():
    table = Table(beside(NOTICE), "zh")
    sides, heads = table.of(None, "jurisdiction"), table.of(None, "business_model")
    assert (len(sides), len(heads)) == (6, 12)
    cells = [
        table.assessed(Text(one.title_zh, one.title_en), Text(other.title_zh, other.title_en),
                       "conditional", "2022-01-01", 3)
        for one in sides for other in heads
    ]  # fmt: skip
    for name in ("instrument", "conditions"):
        assert len({one.facts[name] for one in cells}) == 72
    assert len({one.text_en for one in cells}) == 72
    assert not [one for one in cells if CHINESE.search(one.text_en)]


def test_a_charter_without_a_table_has_no_research(tmp_path):
    assert beside(tmp_path / "x.yaml") == {} and beside(None) == {}
    (tmp_path / "x.chain.tsv").write_text("a\tb\tc\n")
    with pytest.raises(ValueError, match=r"x\.chain\.tsv"):
        beside(tmp_path / "x.yaml")
