"""Word files that nobody wrote to be read: each is refused aloud or read within limits of time and
memory, and none is anything but a document or a refusal."""
# ruff: noqa: E501

import io
import random
import re
import resource
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from keti.documents.rules.sniff import examine
from keti.documents.rules.word.reader import Word, read_word
from keti.kernel.refusals import Refused

from .corpus import charted, drawn, listed, note, noted, p, packed, plotted, png, tbl
from .corpus_more import field
from .test_rules_word_files import FILES

SECONDS, MEGABYTES = 8.0, 500
"""What reading one file may cost at most: the time of one processor, memory beyond what was there."""
TOO_NESTED, UNSAFE, DAMAGED = "file-too-nested", "file-archive-unsafe", "file-damaged"


def read(data: bytes) -> Word:
    examine(data, "报告.docx")
    return read_word(io.BytesIO(data), "报告.docx")


def with_parts(**parts: bytes) -> bytes:
    """An ordinary file with these parts of it replaced or put beside; "__" stands for a stroke."""
    named = {name.replace("__", "/").replace("_dot_", "."): data for name, data in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed(p("甲")))) as old:
        inside = {name: old.read(name) for name in old.namelist()} | named
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in inside.items():
            made.writestr(name, data)
    return out.getvalue()


def huge_picture(side: int = 60_000) -> bytes:
    head = struct.pack(">II", side, side)
    return png().replace(struct.pack(">II", 8, 8), head)


CELL = "<w:tbl><w:tr><w:tc>"
LAUGHS = (
    b'<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
)
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "tables in each other": (
        lambda: packed(CELL * 100_000 + "</w:tc></w:tr></w:tbl>" * 100_000), TOO_NESTED),
    "runs in each other": (lambda: packed("<w:p>" + "<w:smartTag>" * 9000 + "</w:smartTag>" * 9000 + "</w:p>"), TOO_NESTED),
    "formulas in each other": (
        lambda: packed("<w:p><m:oMath>" + "<m:e>" * 9000 + "</m:e>" * 9000 + "</m:oMath></w:p>"), TOO_NESTED),
    "a bomb": (lambda: packed(p(" " * 30_000_000)), UNSAFE),
    "a bomb beside": (lambda: with_parts(word__media__a_dot_png=b"\0" * 60_000_000), UNSAFE),
    "entities": (lambda: with_parts(word__document_dot_xml=LAUGHS), UNSAFE),
    "a path that climbs": (lambda: with_parts(**{"..__..__etc__passwd": b"x"}), UNSAFE),
    "no document in it": (lambda: with_parts(word__document_dot_xml=b""), DAMAGED),
    "a document of nothing": (lambda: with_parts(word__document_dot_xml=b"<a"), DAMAGED),
    "fields in nothing but fields": (
        lambda: packed(p("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" * 9_000, "甲")), "file-has-remote-parts"),
    "half a file": (lambda: packed(p("甲") * 999)[:-700], DAMAGED),
}  # fmt: skip
READ: dict[str, Callable[[], bytes]] = {
    "many tables": lambda: packed(tbl("<w:tr><w:tc><w:p/></w:tc></w:tr>") * 2_000),
    "many paragraphs": lambda: packed("".join(p(f"{n * 7919 % 99991}") for n in range(51_000))),
    "one row of many cells": lambda: packed(tbl("<w:tr>" + "<w:tc><w:p/></w:tc>" * 9_000 + "</w:tr>")),
    "cells as wide as nobody's": lambda: packed(
        tbl("<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p/></w:tc></w:tr>" * 900)),
    "ends without a beginning": lambda: packed(p("<w:r><w:fldChar w:fldCharType='end'/></w:r>" * 9_000, "甲")),
    "a field of brackets": lambda: packed(p(field("EQ " + "\\f(" * 9000), "甲")),
    "a field of strokes": lambda: packed(p(field("EQ " + "\\a" * 20_000), "甲")),
    "a field of quotes": lambda: packed(p(field("HYPERLINK " + '"\\' * 20_000), "甲")),
    "a note that holds itself": lambda: packed(
        p("甲", noted(2)), footnotes=note("footnote", 2, "乙").replace("乙", f"乙</w:t></w:r>{noted(2)}<w:r><w:t>")),
    "comments on nothing": lambda: packed(
        p("甲"), comments="".join(f"<w:comment w:id='{n}'/>" for n in range(20_000))),
    "a comment begun again and again": lambda: packed(
        p("<w:commentRangeStart w:id='1'/>甲" * 9000, "甲"), comments="<w:comment w:id='1'/>"),
    "a chart of far places": lambda: packed(
        p(charted("k1")), k1=plotted("barChart", ["甲"], 量=["1"]).replace('idx="0"', 'idx="999999999"')),
    "a picture as large as a town": lambda: packed(p(drawn("rId7")), media={"rId7.png": huge_picture()}),
    "a style on itself": lambda: packed(
        p("甲", props='<w:pStyle w:val="a"/>'),
        styles='<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'),
    "a list of odd numbers": lambda: packed(
        p("甲", props="<w:numPr><w:ilvl w:val='99999'/><w:numId w:val='-1'/></w:numPr>") * 99,
        numbering=listed(("lowerLetter", "%1%9%1%9" * 9))),
    "relations to nowhere": lambda: packed(
        p(drawn("rId9"), charted("rId8"), "甲"), others={"x.xml": ("styles", "<a/>")}),
}  # fmt: skip


@pytest.fixture(autouse=True)
def limits():
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    yield
    assert time.process_time() - began < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES << 10


@pytest.mark.parametrize("name", REFUSED)
def test_what_nobody_wrote_is_refused(name: str) -> None:
    make, code = REFUSED[name]
    with pytest.raises(Refused) as refused:
        read(make())
    assert refused.value.code == f"documents.{code}"


SLOW = {"many paragraphs": pytest.mark.slow}


@pytest.mark.parametrize("name", [pytest.param(one, marks=SLOW.get(one, ())) for one in READ])
def test_what_is_odd_is_read_within_limits(name: str) -> None:
    found = read(READ[name]())
    assert found.doc["form"] == "doc/1"


def test_a_picture_too_large_is_left_and_told() -> None:
    assert read(READ["a picture as large as a town"]()).left["picture"] == 1


def test_a_file_cut_anywhere_is_refused() -> None:
    data = packed(p("甲") * 99)
    for at in range(0, len(data) - 1, 97):
        with pytest.raises(Refused):
            read(data[:at])


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """The same file with its markup out of order: elements gone, doubled, moved or with the values
    of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for name in old.namelist():
            inner = old.read(name)
            if name.endswith((".xml", ".rels")) and not name.startswith("["):
                inner = _spoil(inner.decode("utf-8", "replace"), chance).encode()
            made.writestr(name, inner)
    return out.getvalue()


_WHOLE = re.compile(r"<(\w+:\w+)\b[^<>]*/>|<(\w+:\w+)\b[^<>]*>[^<>]*</\2>")
_VALUE = re.compile(r'(?<==")[^"<>:/]{0,40}(?=")')


def _spoil(text: str, chance: random.Random) -> str:
    whole = [one.span() for one in _WHOLE.finditer(text)]
    for begin, end in sorted(chance.sample(whole, min(len(whole), 6)), reverse=True):
        what = text[begin:end]
        text = text[:begin] + chance.choice(["", what * 2, what * 40]) + text[end:]
    values = [one.span() for one in _VALUE.finditer(text, text.find("?>") + 2) if one[0]]
    odd = ["", "0", "-1", "99999999999999999999", "²", "true", "begin", "end", "rId1", "甲"]
    for begin, end in sorted(chance.sample(values, min(len(values), 6)), reverse=True):
        if "http" not in text[max(0, begin - 60) : end]:
            text = text[:begin] + chance.choice(odd) + text[end:]
    return text


@pytest.mark.parametrize("seed", range(6))
def test_markup_out_of_order_is_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    for file in chance.sample(FILES, 12):
        try:
            read(spoiled(file.read_bytes(), chance))
        except Refused:
            continue
