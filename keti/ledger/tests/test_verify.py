"""An exported ledger after every kind of meddling."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keti.ledger import rules


def book(entries: int, *, origin: str = "keti/cast") -> list[str]:
    """A sound export of this many lines, the checkpoint last."""
    rows, hashes = [], []
    for number in range(1, entries + 1):
        content = {"actor": "秦秘书（演示）", "facts": {"what": f"第{number}件"}}
        salt = f"{number:032x}"
        commitment = rules.commitment(salt, content)
        leaf = rules.canonical({"v": 1, "seq": number, "kind": "x.y.z", "content": commitment})
        hashes.append(rules.leaf_hash(leaf))
        rows.append(rules.line(leaf, salt, content))
    head = rules.Checkpoint(origin, entries, rules.root(hashes))
    return [*rows, rules.headed(head)]


def head(rows: list[str]) -> str:
    return str(json.loads(rows[-1])["checkpoint"])


def rehashed(rows: list[str]) -> list[str]:
    """The lines numbered and hashed anew under a checkpoint of their own: a skilful forgery."""
    made, hashes = [], []
    for number, row in enumerate(rows, start=1):
        value = json.loads(row)
        leaf = rules.canonical(value["leaf"] | {"seq": number})
        hashes.append(rules.leaf_hash(leaf))
        made.append(rules.line(leaf, value["salt"], value["content"]))
    last = rules.Checkpoint("keti/cast", len(made), rules.root(hashes))
    return [*made, rules.headed(last)]


SOUND = book(7)
LINES = st.integers(0, 6)


def test_a_line_nested_beyond_reading_is_a_fault():
    deep = '{"a":' * 100_000
    assert rules.verify([deep]) == [(1, "ledger.no-checkpoint")]
    assert (1, "ledger.unreadable-line") in rules.verify([deep, *SOUND])


def test_a_sound_ledger_has_no_fault():
    assert rules.verify(SOUND) == []
    assert rules.verify(SOUND, head(SOUND)) == []
    assert rules.verify(book(0)) == []


@given(st.integers(0, 7), st.integers(0), st.integers(0, 0x10FFFF))
def test_any_character_changed_is_found(line, place, code):
    row = SOUND[line]
    place %= len(row)
    changed = row[:place] + chr(code) + row[place + 1 :]
    found = rules.verify([*SOUND[:line], changed, *SOUND[line + 1 :]], head(SOUND))
    assert (found == []) is (changed == row)


@pytest.mark.parametrize("line", range(8))
def test_every_single_byte_changed_is_found(line):
    data = SOUND[line].encode()
    for place in range(len(data)):
        bent = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        row = bent.decode("utf-8", "replace")
        found = rules.verify([*SOUND[:line], row, *SOUND[line + 1 :]], head(SOUND))
        assert found != [], (line, place)


@given(LINES)
def test_a_removed_line_is_found(line):
    assert rules.verify([*SOUND[:line], *SOUND[line + 1 :]]) != []


@given(LINES, LINES)
def test_swapped_lines_are_found(one, other):
    rows = list(SOUND)
    rows[one], rows[other] = rows[other], rows[one]
    assert (rules.verify(rows) == []) is (one == other)


@given(LINES)
def test_a_doubled_line_is_found(line):
    assert rules.verify([*SOUND[: line + 1], *SOUND[line:]]) != []


def test_a_missing_checkpoint_is_found():
    assert rules.verify(SOUND[:-1]) == [(7, "ledger.no-checkpoint")]
    assert rules.verify([]) == [(0, "ledger.no-checkpoint")]


@given(LINES)
def test_lines_hashed_anew_fail_against_the_checkpoint_held_elsewhere(line):
    forged = rehashed([*SOUND[:line], *SOUND[line + 1 : -1]])
    assert rules.verify(forged) == []
    assert rules.verify(forged, head(SOUND)) == [(0, "ledger.not-the-trusted-history")]


def test_a_content_hashed_anew_fails_against_the_checkpoint_held_elsewhere():
    value = json.loads(SOUND[2])
    value["content"]["facts"]["what"] = "别的事"
    value["leaf"]["content"] = rules.commitment(value["salt"], value["content"])
    forged = rehashed([*SOUND[:2], rules.canonical(value), *SOUND[3:-1]])
    assert rules.verify(forged) == []
    assert rules.verify(forged, head(SOUND)) == [(0, "ledger.not-the-trusted-history")]


def test_a_later_export_is_the_same_history():
    assert rules.verify(SOUND, head(book(3))) == []
    assert rules.verify(book(3), head(SOUND)) == [(0, "ledger.not-the-trusted-history")]
    other = head(book(3, origin="keti/other"))
    assert rules.verify(SOUND, other) == [(0, "ledger.not-the-trusted-history")]
    assert rules.verify(SOUND, "nonsense") == [(0, "ledger.bad-checkpoint")]
