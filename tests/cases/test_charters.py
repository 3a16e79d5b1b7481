"""Charters that once passed unsaid or stuck: each is told at its line, or comes to its end.

`charters.tsv` says of every file of `charters/` what lint finds, as line and code, and whether it
is a programme for all that. One with an error is not founded; every other one is.
"""

import csv
from pathlib import Path

import pytest

from keti.charter.rules.lint import lint
from tests.cast import Cast
from tests.drawn.charters import Drawn
from tests.drawn.living import lived

HERE = Path(__file__).parent
ROWS = list(csv.DictReader((HERE / "charters.tsv").open(encoding="utf-8"), delimiter="\t"))
PLAYED = [row["file"] for row in ROWS if row["plays"] == "yes"]
DECIDED = {"140-stop-subgroups": {"go": "stop"}}
"""What is decided at a gate of these, where approving would not come to the place meant."""


def text_of(name: str) -> str:
    return (HERE / "charters" / f"{name}.yaml").read_text(encoding="utf-8")


def test_the_table_names_every_charter_and_no_other() -> None:
    assert [row["file"] for row in ROWS] == sorted(
        one.stem for one in (HERE / "charters").glob("*.yaml")
    )


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_what_is_wrong_is_said_at_its_line(row: dict[str, str]) -> None:
    found = lint(text_of(row["file"]), f"{row['file']}.yaml")
    told = sorted((one.line, one.column, one.number) for one in found)
    assert " ".join(f"{line}:{code}" for line, _, code in told) == row["found"]
    errors = [one.as_text("en") for one in found if one.severity == "error"]
    assert (row["plays"] == "no") == bool(errors)


@pytest.mark.slow
@pytest.mark.play
@pytest.mark.parametrize("name", PLAYED)
def test_what_has_no_error_is_founded_and_comes_to_its_end(cast: Cast, name: str) -> None:
    one = Drawn(text_of(name), [])
    assert lived(cast.qin.client, cast.qin.person, one, 1, DECIDED.get(name)) == []
