"""A charter in one language: how its papers are numbered, what the house calls its own."""

from pathlib import Path

import pytest

from keti.__main__ import main
from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.rules.numbers import only_tongue, receipts
from keti.charter.tests.test_lint_carried import BASE
from keti.documents.rules.numbering import ENGLISH, counted_as, paper_number


@pytest.mark.parametrize(
    ("langs", "tongue"),
    [(("en",), "en"), (("zh-Hans",), "zh"), (("zh-Hans", "en"), ""), (("en", "en-GB"), "en")],
)
def test_a_programme_speaks_one_language_or_both(langs, tongue):
    assert only_tongue(langs) == tongue
    assert receipts(langs) == (("APP", "REC") if tongue == "en" else ("申", "收"))


def test_english_papers_are_numbered_in_english():
    assert paper_number(ENGLISH, 2023, 5, prefix="LSA", series="MIN") == "LSA MIN 2023/5"
    assert paper_number(ENGLISH, 2023, 5) == "No. 2023/5"
    assert counted_as(ENGLISH, prefix="LSA", series="MIN") == "LSA MIN {year}/{n}"
    said, _ = load(BASE, "x")
    both, _ = load(BASE.replace("lang: [en]", "lang: [zh-Hans, en]"), "x")
    own = load(BASE.replace("commissioner: a}", 'commissioner: a, number_format: "N {n}/{year}"}'),
               "x")[0]  # fmt: skip
    assert said is not None and both is not None and own is not None
    assert (said.number_format, both.number_format) == (ENGLISH, "")
    assert own.number_format == "N {n}/{year}"


@pytest.mark.parametrize(("word", "told"), [("REC", ["RUN921"]), ("收", []), ("MIN", [])])
def test_the_words_of_the_house_are_those_of_the_language(word, told):
    text = BASE.replace("form: report,", f"form: report, series: {word},")
    assert [one.number for one in lint(text, "x") if one.number == "RUN921"] == told


def test_lint_speaks_the_language_of_the_charter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    file = tmp_path / "base.yaml"
    for langs, said, asked in (
        ("[en]", "0 errors", ()), ("[zh-Hans, en]", "0 个错误", ()),
        ("[en]", "0 个错误", ("--lang", "zh")),
    ):  # fmt: skip
        file.write_text(BASE.replace("lang: [en]", f"lang: {langs}"), "utf-8")
        main(["lint", str(file), *asked])
        assert capsys.readouterr().out.strip().splitlines()[-1].startswith(said)
