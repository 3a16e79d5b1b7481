"""No text, however made, breaks the language: there are findings, each at a place in the file."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keti.charter.rules import Finding, load
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import read
from keti.charter.rules.report import text_of_file
from keti.charter.rules.vocabulary import blocks
from keti.charter.tests.small import NOTICE, SMALL, STANDARD
from keti.charter.tests.test_vocabulary import STUDY

GOOD = (SMALL, STUDY, STANDARD.read_text("utf-8"), NOTICE.read_text("utf-8"))
BREAKS = re.compile("\r\n|\r|\n")
KEYS = sorted({field.key for block in blocks() for field in block.fields})
VALUES = sorted({field.example for block in blocks() for field in block.fields if field.example})
SIGNS = st.sampled_from(
    [*"{}[]:,\"'&*!|>%@`#?-=<~\t\n\r 路é", "\u2028", "\x85", "\ufeff", "𠮷", "\x00"]
)
few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def judged(text: str) -> list[Finding]:
    """Load and lint; whatever is found has words, and a place inside the file."""
    compiled, found = load(text, "fuzz.yaml")
    assert (compiled is None) == any(one.severity == "error" for one in found)
    found = [*found, *lint(text, "fuzz.yaml")]
    lines = BREAKS.split(text)
    for one in found:
        assert 1 <= one.line <= len(lines), one
        assert 1 <= one.column <= len(lines[one.line - 1]) + 1, (one, lines[one.line - 1])
        for lang in ("zh", "en"):
            assert one.as_text(lang).startswith(f"fuzz.yaml:{one.line}:{one.column} ")
            assert json.dumps(one.as_data(lang))
    return found


@few
@given(st.binary(max_size=300))
def test_random_bytes(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(data)
    text, found = text_of_file(path)
    found = found if text is None else judged(text)
    assert [one for one in found if one.severity == "error"] != []


@pytest.mark.parametrize("text", ["{", "a: [", "a: {b", '"a'])
def test_what_is_left_open_is_told_at_a_line_there_is(text):
    assert [one for one in judged(text) if one.severity == "error"] != []


@few
@given(st.text(max_size=200))
def test_random_text(text):
    assert judged(text) != []


plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
words = st.sampled_from([*KEYS, "x", "甲"]) | st.text(max_size=6)
trees = st.recursive(
    plain | st.sampled_from(VALUES),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)


@few
@given(st.dictionaries(words, trees, max_size=8))
def test_random_yaml(data):
    assert judged(json.dumps(data, ensure_ascii=False)) != []


def spots(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path of plain data, the root left out."""
    if isinstance(node, dict):
        steps = list(node.items())
    else:
        steps = list(enumerate(node)) if isinstance(node, list) else []
    return [one for key, inner in steps for one in ((*path, key), *spots(inner, (*path, key)))]


DATA = [read(text).data for text in GOOD[:3]]
SPOTS = [spots(data) for data in DATA]


@settings(few, max_examples=60)
@given(st.data())
def test_a_good_charter_with_any_value_anywhere(draw):
    number = draw.draw(st.integers(0, len(DATA) - 1))
    data = json.loads(json.dumps(DATA[number]))
    for _ in range(draw.draw(st.integers(1, 3))):
        path = draw.draw(st.sampled_from(SPOTS[number]))
        here = data
        try:
            for step in path[:-1]:
                here = here[step]
            if draw.draw(st.booleans()):
                here[path[-1]] = draw.draw(trees)
            else:
                del here[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    judged(json.dumps(data, ensure_ascii=False, indent=1))


@settings(few, max_examples=60)
@given(st.data())
def test_a_good_charter_with_a_few_signs_changed(draw):
    text = draw.draw(st.sampled_from(GOOD))
    for _ in range(draw.draw(st.integers(1, 3))):
        at = draw.draw(st.integers(0, len(text) - 1))
        how = draw.draw(st.sampled_from(["put", "take", "cut", "swap"]))
        sign = draw.draw(SIGNS)
        length = draw.draw(st.integers(1, 40))
        text = {
            "put": text[:at] + sign + text[at:],
            "take": text[:at] + text[at + 1 :],
            "cut": text[:at] + text[at + length :],
            "swap": text[:at] + sign + text[at + 1 :],
        }[how] or " "
    judged(text)


@settings(few, max_examples=20)
@given(st.sampled_from(GOOD), st.data())
def test_the_lines_of_a_good_charter_in_another_order(text, draw):
    lines = text.split("\n")
    first, second = (draw.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[first], lines[second] = lines[second], lines[first]
    judged("\n".join(lines))


def test_other_line_ends_are_the_same_charter():
    for text in GOOD:
        one, two = load(text, "n")[0], load(text.replace("\n", "\r\n"), "n")[0]
        assert one is not None and two is not None
        assert one.obligations == two.obligations
        assert load("\ufeff" + text, "n")[0] is not None
