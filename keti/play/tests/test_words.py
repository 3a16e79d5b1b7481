"""What the cast writes: about the programme played, in the languages its charter asks for."""

import re
from pathlib import Path
from random import Random

import pytest

from keti.charter.rules import Compiled, load
from keti.kernel.acts import Text
from keti.play.lore import TOPIC, lore_of, read_prose
from keti.play.people import Casting
from keti.play.prose import ASKS, PATTERNS, PLANS, asked_for
from keti.play.words import Pen

CHARTERS = Path(__file__).parents[3] / "charters"
STANDARD = CHARTERS / "association-standard.yaml"
PROSE = sorted(CHARTERS.glob("*.prose.tsv"))
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def charter(file: Path) -> Compiled:
    compiled, findings = load(file.read_text(encoding="utf-8"), file.name)
    assert compiled, findings
    return compiled


def pen(file: Path = STANDARD, seed: int = 1) -> Pen:
    read = charter(file)
    return Pen(Random(seed), read.langs[0].startswith("en"), lore_of(read, file))


def test_texts_speak_of_the_charters_own_subjects():
    writer = pen()
    group = next(one for one in charter(STANDARD).groups if one.parent)
    for ask in PATTERNS:
        said = writer.chapter(Text(_title(ask), ""), group.key).en
        assert f"“{group.title.en}”" in said
        assert said.endswith(" (demo)")
        assert not CHINESE.search(said)


def _title(ask: str) -> str:
    return next(words.split("|")[0] for known, words in ASKS if known == ask)


def test_a_paper_in_two_languages_says_the_same_in_both():
    said = pen().chapter(Text("条款", "Clauses"), "")
    english, chinese = said.en, said.zh
    assert not CHINESE.search(english)
    assert chinese.endswith("（演示）")
    assert re.findall(r"\d+", english) == re.findall(r"\d+", chinese)


def test_an_outline_names_a_chapter_for_each_group():
    whole, groups = [Text("框架", "Frame")], [Text("金融", "Finance"), Text("文旅", "Culture")]
    lines = pen().outline(whole, groups, [Text("场景", "Uses"), Text("建议", "Advice")])
    assert lines.splitlines() == [
        "Part 1: The whole", "1.1 Frame",
        "Part 2: Finance: where it stands and what to do", "2.1 Uses", "2.2 Advice",
        "Part 3: Culture: where it stands and what to do", "3.1 Uses", "3.2 Advice",
    ]  # fmt: skip


def test_the_same_seed_writes_the_same():
    title = Text("问题与措施", "")
    assert pen(seed=7).chapter(title, "") == pen(seed=7).chapter(title, "")
    assert len({pen(seed=seed).section(0) for seed in range(9)}) > 1


@pytest.mark.parametrize(
    ("title", "asks"),
    [
        ("应用场景与挑战", ("practice", "trouble")),
        ("政策诉求与案例", ("wish", "instance")),
        ("解决问题的措施", ("remedy",)),
        ("Foreword and scope", ("aim",)),
        ("其他", ("practice",)),
    ],
)
def test_a_sections_title_says_what_is_asked(title, asks):
    assert asked_for(title) == asks


def test_every_pattern_is_written_in_both_languages():
    for zh, en in [*PLANS, *(pair for pairs in PATTERNS.values() for pair in pairs)]:
        assert CHINESE.search(zh)
        assert not CHINESE.search(en.replace("“{topic}”", ""))
        assert sorted(re.findall(r"{\w}", zh)) == sorted(re.findall(r"{\w}", en)), zh


@pytest.mark.parametrize("file", PROSE, ids=lambda file: file.name)
def test_prose_beside_a_charter_names_its_groups_and_is_what_the_cast_writes(file):
    beside = file.with_name(file.name.replace(".prose.tsv", ".yaml"))
    groups = {one.key for one in charter(beside).groups}
    lines = read_prose(file)
    assert {group for group, _ in lines} <= groups
    for (group, ask), pairs in lines.items():
        assert all(one.zh and one.en for one in pairs)
        if ask != TOPIC:
            said = pen(beside).chapter(Text(_title(ask), ""), group)
            assert all(one.zh in said.zh and one.en in said.en for one in pairs)


def test_a_row_of_prose_with_an_unknown_word_is_refused(tmp_path):
    bad = tmp_path / "x.prose.tsv"
    bad.write_text("group\tpraise\t好\tGood\n", encoding="utf-8")
    with pytest.raises(ValueError, match="praise"):
        read_prose(bad)


def test_the_cast_of_an_english_programme_has_english_names():
    english, chinese = Casting(Random(1), english=True), Casting(Random(1))
    assert english.facts()[0].endswith(" (demo)")
    assert english.facts()[0].isascii()
    assert english.unit_name().isascii()
    assert chinese.facts()[0].endswith("（演示）")
