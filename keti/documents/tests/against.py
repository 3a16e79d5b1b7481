"""What our reader made of a Word file, held against what `plainly` finds in it."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from keti.documents.rules.pictures import cleaned
from keti.documents.rules.word.reader import Word

from .plainly import FORMULA, NOTE, SHOWN, SIGN, Grid, Line, Plainly

ANY = "\ue104"
"""Stands where a reference says words that are given when the text is read."""


def ours(blocks: list[dict[str, Any]], deep: bool = False) -> Iterator[Line]:
    """The paragraphs of our document, in the order of `plainly`; those of tables if `deep`."""
    for block in blocks:
        words = ANY + block["caption"] if block.get("caption") else ""
        if words and block["kind"] == "table":
            yield Line(words)
        if block["kind"] == "formula":
            yield Line(FORMULA, " ")
        elif "runs" in block:
            yield from _line(block)
        for row in block.get("rows", ()) if deep else ():
            for cell in row:
                yield from ours(cell["blocks"], True)
        if words and block["kind"] != "table":
            yield Line(words)


def _line(block: dict[str, Any]) -> Iterator[Line]:
    line, notes = Line(), []
    for run in block["runs"]:
        state = "+" if "ins" in run else "-" if "cut" in run else " "
        words = run.get("words", "")
        if "note" in run:
            words, notes = NOTE, [*notes, run["note"]]
        elif "formula" in run or run.get("left") == "formula":
            words = FORMULA
        elif run.get("left") == "footnote":
            words = NOTE
        elif "to" in run or "cite" in run:
            words = ANY
        line.words += words
        line.states += state * len(words)
    yield line
    for note in notes:
        yield from ours(note)


def differences(found: Word, plain: Plainly) -> list[str]:
    """In which letter, cell or picture the two readers differ; [] where in none."""
    return [
        *_lines(_some(list(ours(found.doc["blocks"]))), _some(plain.lines)),
        *_tables(found.doc["blocks"], plain),
        *_pictures(found, plain),
        *_formulas(found.doc["blocks"], plain),
    ]


def _lines(mine: list[Line], theirs: list[Line]) -> Iterator[str]:
    for place, (one, other) in enumerate(zip(mine, theirs, strict=False)):
        before = _before(one.words, other)
        if before is None:
            yield f"line {place}: {one.words[:120]!r} is not {other.words[:120]!r}"
            return
        if (
            ANY not in one.words
            and SHOWN not in other.words
            and one.states[len(before) :] != other.states
        ):
            yield f"line {place}: changes {one.states!r} {other.states!r} of {one.words[:80]!r}"
            return
    if len(mine) != len(theirs):
        at = min(len(mine), len(theirs))
        more = [one.words[:80] for one in (mine[at:] or theirs[at:])][:2]
        yield f"{len(mine)} lines, {len(theirs)} in the file: {more}"


def _before(words: str, other: Line) -> str | None:
    """What our line says before the words of the file: a number, where a list counts it."""
    spelled = re.escape(other.words).replace(SIGN, ".").replace(SHOWN, "(?s:.{0,200}?)")
    if ANY in words:
        pattern = re.escape(words).replace(ANY, "(?s:.{0,300})")
        return "" if re.fullmatch(pattern, other.words) else None
    counted = "(?:.{1,40}?)?" if other.counted else ""
    hit = re.fullmatch(f"({counted})(?:{spelled})", words, re.DOTALL)
    return hit[1] if hit else None


def _tables(blocks: list[dict[str, Any]], plain: Plainly) -> Iterator[str]:
    made = list(_grids(blocks))
    grids = [one for one in plain.tables if one and one[0]]
    if len(made) != len(grids):
        yield f"{len(made)} tables, {len(grids)} in the file"
        return
    for place, (one, other) in enumerate(zip(made, grids, strict=True)):
        if [len(row) for row in one] != [len(row) for row in other]:
            yield f"table {place}: {[len(r) for r in one]} columns, {[len(r) for r in other]}"
            continue
        for row, (cells, others) in enumerate(zip(one, other, strict=True)):
            for column, (cell, expected) in enumerate(zip(cells, others, strict=True)):
                for wrong in _lines(_some(cell), _some(expected)):
                    yield f"table {place} row {row} column {column}: {wrong}"
                    return


def _some(lines: list[Line]) -> list[Line]:
    return [one for one in lines if one.words.strip()]


def _grids(blocks: list[dict[str, Any]]) -> Iterator[Grid]:
    """The tables of a document in the order they begin."""
    for block in blocks:
        for run in block.get("runs", ()):
            yield from _grids(run.get("note", []))
        if block["kind"] == "table":
            yield _grid(block)
            for row in block["rows"]:
                for cell in row:
                    yield from _grids(cell["blocks"])


def _grid(block: dict[str, Any]) -> Grid:
    out: list[list[Any]] = [[None] * block["columns"] for _row in block["rows"]]
    for place, row in enumerate(block["rows"]):
        for cell in row:
            at = out[place].index(None)
            lines = list(ours(cell["blocks"], True))
            for down in range(cell["rows"]):
                for across in range(cell["cols"]):
                    assert out[place + down][at + across] is None
                    out[place + down][at + across] = lines
    return out


def _figures(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["kind"] == "figure":
            yield block["file"]
        for row in block.get("rows", ()):
            for cell in row:
                yield from _figures(cell["blocks"])


def _pictures(found: Word, plain: Plainly) -> Iterator[str]:
    made, left = list(_figures(found.doc["blocks"])), found.left["picture"]
    every = [cleaned(one) for one in plain.pictures]
    shown = [one.sha256 for one in every if one is not None]
    if [one for one in made if one not in shown]:
        yield "a picture that is not in the file"
    if len(made) + left < len(plain.pictures):
        yield f"{len(made)} pictures and {left} left, {len(plain.pictures)} in the file"


def _formulas(blocks: list[dict[str, Any]], plain: Plainly) -> Iterator[str]:
    made = list(_said(blocks))
    if len(made) > len(plain.formulas):
        yield f"{len(made)} formulas, {len(plain.formulas)} in the file"
    for text in made:
        if not any(_within(one, text) for one in plain.formulas):
            yield f"formula {text!r} misses a letter"


def _said(blocks: list[dict[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block["kind"] == "formula":
            yield block["text"]
        for run in block.get("runs", ()):
            if "formula" in run:
                yield run["formula"]["text"]
        for row in block.get("rows", ()):
            for cell in row:
                yield from _said(cell["blocks"])


def _within(letters: str, text: str) -> bool:
    return not Counter("".join(letters.split())) - Counter(text)
