"""A programme of another kind than the shipped ones, written with the guides alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from keti.charter.rules import load
from keti.charter.rules.aliases import CHINESE, SECOND
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read
from keti.charter.rules.vocabulary import block_at
from keti.charter.rules.writing.words import flow

DIALECTS = Path(__file__).with_name("dialects.yaml")
TEXT = DIALECTS.read_text("utf-8")


def spelt(value, path=()):
    """The same in Chinese keys, each as it reads best in its block; ids stay as they are."""
    if not isinstance(value, dict):
        return value
    block = block_at(path)
    own = {one.key for one in block.fields} if block else set()
    name = block.key if block else ""
    return {
        SECOND.get((name, key), CHINESE[key]) if key in own else key: spelt(one, (*path, key))
        for key, one in value.items()
    }


def test_nothing_is_held_against_it():
    assert [one.as_text("en") for one in lint(TEXT, DIALECTS.name)] == []


def test_both_spellings_give_the_same():
    chinese = flow(spelt(read(TEXT).data), lambda key: key)
    assert "不晚于" in chinese
    assert "批准者" in chinese
    mine, theirs = load(TEXT, "x")[0], load(chinese, "x")[0]
    for part in ("groups", "roles", "works", "obligations", "gates", "admission", "anchors"):
        assert getattr(mine, part) == getattr(theirs, part), part


@pytest.mark.parametrize(
    ("old", "new", "number"),
    [
        ("needs: [comments]", "needs: [comments, ballot]", "GAT304"),
        ("when: taking.approve", "when: taking.approve and taking.revise", "GAT303"),
        ("peer: {min: 2}", "peer: {min: 5}", "ROL207"),
        ("Dialect atlas, form: report", "Dialect atlas, form: file", "SHP168"),
        ("peer: {min: 2}", "peer: {min: 4}", "ROL213"),
    ],
)  # fmt: skip
def test_what_would_lock_it_is_found(old, new, number):
    assert TEXT.count(old) == 1
    assert number in {one.number for one in lint(TEXT.replace(old, new), "x")}
