"""The shipped charters: judged clean, complete in both languages, told in two lines each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read

CHARTERS = Path(__file__).parents[2] / "charters"
AS_WRITTEN = "notice-as-written"
SHIPPED = sorted(one.stem for one in CHARTERS.glob("*.yaml") if one.stem != AS_WRITTEN)
LINES = 2 * 90


def text_of(name: str) -> str:
    return (CHARTERS / f"{name}.yaml").read_text(encoding="utf-8")


def spoken(node: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Every block that says something in a language, with the languages it says it in."""
    if isinstance(node, dict):
        tongues = {key for key in ("zh", "en") if str(node.get(key, "")).strip()}
        if tongues:
            yield path, tongues
        for key, value in node.items():
            yield from spoken(value, (*path, str(key)))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from spoken(value, (*path, str(number)))


def test_four_templates_are_shipped() -> None:
    assert SHIPPED == [
        "association-standard", "commissioned-study", "fund-project", "metaverse-governance-2022",
    ]  # fmt: skip


@pytest.mark.parametrize("name", SHIPPED)
def test_a_template_has_no_error_and_no_warning(name: str) -> None:
    beside = CHARTERS / f"{name}.clauses.tsv"
    clauses = beside.read_text(encoding="utf-8") if beside.is_file() else ""
    found = lint(text_of(name), f"{name}.yaml", clauses=clauses)
    assert [one.as_text("en") for one in found if one.severity != "note"] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_template_says_everything_in_both_languages(name: str) -> None:
    found = list(spoken(read(text_of(name)).data))
    assert len(found) > 30
    assert [".".join(path) for path, tongues in found if len(tongues) < 2] == []


@pytest.mark.parametrize("name", SHIPPED)
def test_a_template_tells_what_it_is_for_in_two_lines(name: str) -> None:
    charter, _ = load(text_of(name), name)
    assert charter is not None
    assert 20 <= len(charter.about.zh) <= LINES / 2
    assert 60 <= len(charter.about.en) <= LINES


@pytest.mark.parametrize("name", SHIPPED)
def test_every_clause_a_template_cites_is_a_clause_of_its_founding_text(name: str) -> None:
    rows = (CHARTERS / f"{name}.clauses.tsv").read_text(encoding="utf-8").splitlines()[1:]
    known = {row.split("\t")[0] for row in rows}
    charter, _ = load(text_of(name), name)
    assert charter is not None
    cited = {
        one.strip()
        for thing in (*charter.works, *charter.roles, *charter.gates, *charter.groups)
        for one in thing.source.split(";")
        if one.strip()
    }
    assert cited
    assert cited <= known


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_call_says_is_read_as_it_is_typed(name: str) -> None:
    body = read(text_of(name)).data.get("call", {}).get("body", {})
    lines = [line for words in body.values() for line in words.splitlines()]
    assert [line for line in lines if line.startswith("#")] == []
