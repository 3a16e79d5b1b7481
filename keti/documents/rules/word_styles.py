"""What the styles and list definitions of a Word file say: which paragraph is a heading, which
number stands before it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .headings import chinese

_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])$", re.IGNORECASE)
_TITLE = frozenset({"title", "subtitle", "标题", "副标题"})
_CONTENTS = re.compile(r"(?:toc|目录)\s*(?:\d|heading|标题)", re.IGNORECASE)
_PLACE = re.compile(r"%([1-9])")
DEEPEST = 20
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
     "taiwaneseCountingThousand", "ideographTraditional"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: rank of the heading it makes (0 the highest), its list, its weight."""

    outline: int | None = None
    number: tuple[str, int] | None = None
    bold: bool = False
    title: bool = False
    contents: bool = False


def _rows(data: bytes) -> Iterator[Element]:
    """The elements of a part. Whoever calls has had the file examined: it declares no entities."""
    try:
        yield from ElementTree.fromstring(data) if data else ()
    except ElementTree.ParseError as broken:
        raise ValueError("no well-formed part") from broken


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element | None, *names: str) -> Element | None:
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if _local(one) == name), None)
    return element


def _said(element: Element | None, wanted: str = "val") -> str | None:
    if element is None:
        return None
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == wanted:
            return value
    return None


def _digit(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 6 else None


def styles_of(data: bytes) -> dict[str, Style]:
    """Style id -> what it means, with what it takes from the style it is based on."""
    rows = {_said(one, "styleId") or "": one for one in _rows(data) if _local(one) == "style"}
    known: dict[str, Style] = {}
    for key in rows:
        _style(key, rows, known, DEEPEST)
    return known


def _style(key: str, rows: dict[str, Element], known: dict[str, Style], deep: int) -> Style:
    if key in known:
        return known[key]
    if key not in rows or not deep:
        return Style()
    row = rows[key]
    based = _said(_child(row, "basedOn"))
    style = _style(based, rows, known, deep - 1) if based else Style()
    known[key] = _own(row, replace(style, title=False))
    return known[key]


def _own(row: Element, style: Style) -> Style:
    """What the style itself says, over what it is based on."""
    name = (_said(_child(row, "name")) or "").strip()
    found = _HEADING.match(name)
    outline = _digit(_said(_child(row, "pPr", "outlineLvl")))
    if outline is None and found:
        outline = int(found[1]) - 1
    if outline is not None:
        style = replace(style, outline=outline if outline < 9 else None)
    listed = _said(_child(row, "pPr", "numPr", "numId"))
    if listed is not None:
        level = _digit(_said(_child(row, "pPr", "numPr", "ilvl"))) or 0
        style = replace(style, number=(listed, level) if listed != "0" else None)
    weight = _child(row, "rPr", "b")
    if weight is not None:
        style = replace(style, bold=(_said(weight) or "1") not in ("0", "false", "off"))
    title = name.lower() in _TITLE
    return replace(style, title=title, contents=style.contents or bool(_CONTENTS.match(name)))


@dataclass
class Level:
    """One level of a list: how it counts, from where, and how the number is written."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    tail: str = " "


@dataclass
class Numbers:
    """The lists of a document and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        """The number before the next point of this list, as it is printed; "" for none."""
        levels = self.levels.get(number, {})
        own = levels.get(level)
        if own is None:
            return ""
        counts = self.counts.setdefault(self.lists.get(number, number), {})
        counts[level] = counts.get(level, own.start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if own.form == "bullet":
            return "• "
        if own.form == "none" or not own.text:
            return ""
        said = _PLACE.sub(lambda found: _counted(levels, counts, int(found[1]) - 1), own.text)
        return said + ("" if said[-1:] in "、）)章节" else own.tail)


def _counted(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    one = levels.get(level, Level())
    n = counts.get(level, one.start)
    if one.form in _CHINESE:
        return chinese(n) if 0 < n < 1000 else str(n)
    if one.form in ("lowerLetter", "upperLetter") and 0 < n <= 26:
        return chr((96 if one.form == "lowerLetter" else 64) + n)
    if one.form in ("lowerRoman", "upperRoman") and 0 < n < 40:
        roman = "x" * (n // 10) + _ROMAN[n % 10]
        return roman if one.form == "lowerRoman" else roman.upper()
    if one.form.startswith("decimalEnclosedCircle") and 0 < n <= 20:
        return chr(0x245F + n)
    return str(n)


def numbers_of(data: bytes) -> Numbers:
    """The lists that the document declares."""
    found = Numbers()
    abstract: dict[str, dict[int, Level]] = {}
    for one in _rows(data):
        if _local(one) == "abstractNum":
            abstract[_said(one, "abstractNumId") or ""] = _levels(one)
        elif _local(one) == "num":
            key = _said(one, "numId") or ""
            base = _said(_child(one, "abstractNumId")) or ""
            found.levels[key] = dict(abstract.get(base, {}))
            anew = any(_child(own, "startOverride") is not None for own in one)
            found.lists[key] = f"num {key}" if anew else base
    return found


def _levels(abstract: Element) -> dict[int, Level]:
    out: dict[int, Level] = {}
    for one in abstract:
        level = _digit(_said(one, "ilvl"))
        if _local(one) != "lvl" or level is None:
            continue
        out[level] = Level(
            _said(_child(one, "numFmt")) or "decimal",
            (_said(_child(one, "lvlText")) or "")[:40],
            _digit(_said(_child(one, "start"))) or 1,
            "" if _said(_child(one, "suff")) == "nothing" else " ",
        )
    return out
