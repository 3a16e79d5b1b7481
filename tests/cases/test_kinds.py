"""Nine kinds of programme, each a whole charter: lint has nothing against it, it is founded by way
of the pages and comes to its end. The page that tells which words each needs is true."""

import re
from pathlib import Path

import pytest

from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read
from tests.cast import Cast
from tests.drawn.charters import Drawn
from tests.drawn.living import lived
from tests.house.sources import ROOT

HERE = Path(__file__).parent / "kinds"
KINDS = sorted(one.stem for one in HERE.glob("*.yaml"))
PAGE = ROOT / "docs" / "howto" / "kinds-of-programmes.md"
ROWS = re.findall(
    r"^\| .*?\| \[`([\w-]+)`\]\([^)]*\) \| (.*) \|$", PAGE.read_text("utf-8"), re.MULTILINE
)


def text_of(kind: str) -> str:
    return (HERE / f"{kind}.yaml").read_text(encoding="utf-8")


def keys(value: object) -> set[str]:
    """Every key that stands anywhere in a charter, and every word beside one."""
    if isinstance(value, dict):
        return {str(key) for key in value}.union(*map(keys, value.values()))
    return set().union(*map(keys, value)) if isinstance(value, list) else set(str(value).split())


@pytest.mark.parametrize("kind", KINDS)
def test_lint_has_nothing_against_it(kind: str) -> None:
    found = lint(text_of(kind), f"{kind}.yaml")
    assert [one.as_text("en") for one in found if one.severity != "note"] == []


def test_the_page_tells_of_every_kind_which_words_it_needs() -> None:
    assert sorted(kind for kind, _ in ROWS) == KINDS
    assert len(KINDS) == 9
    for kind, words in ROWS:
        said = re.findall(r"`([\w-]+)`", words)
        assert said
        assert set(said) <= keys(read(text_of(kind)).data), kind


@pytest.mark.slow
@pytest.mark.play
@pytest.mark.parametrize("kind", KINDS)
def test_it_is_founded_and_comes_to_its_end(cast: Cast, kind: str) -> None:
    assert lived(cast.qin.client, cast.qin.person, Drawn(text_of(kind), []), 1) == []
