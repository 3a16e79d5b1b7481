"""What the styles and list definitions of a Word file say: which paragraph is a heading, which
number stands before it. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .headings import chinese

_HEADING = re.compile(
    r"(?:heading|标题|標題|überschrift|titre|título|titolo|заголовок|見出し|제목)\s*([1-9])"
    r"(?:\s*字符)?$",
    re.IGNORECASE,
)
_TITLE = frozenset({"title", "subtitle", "标题", "副标题", "標題", "副標題"})
_CONTENTS = re.compile(r"(?:toc|目录|目錄)\s*(?:\d|heading|标题|標題)", re.IGNORECASE)
_POINTS = re.compile(r"points(?: ([1-9]))?$", re.IGNORECASE)
PLAIN = "Plain Line"
"""The paragraph style of a line in bold that is no heading, though it looks like one."""
HEAD_NUMBER = "HeadNumber"
"""The character style of a number that this house put before a heading: no word of its writer."""
LIST_NAME = "KetiHeadings"
"""The name of our own lists of headings: what they count is no word of the writer either."""
RUNNING = "\ue010"
"""Stands in a header where the title of the paper goes."""
_PLACE = re.compile(r"%([1-9])")
_PRIVATE = re.compile("[\ue000-\uf8ff%]")
DEEPEST = 20
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
     "taiwaneseCountingThousand", "japaneseDigitalTenThousand"}
)  # fmt: skip
_LEGAL = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
_STEMS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
          "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}  # fmt: skip
_ENCLOSED = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460,
             "decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488,
             "ideographEnclosedCircle": 0x3280}  # fmt: skip
_TO_LEGAL = str.maketrans("零一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")
_TO_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
_TO_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SIGNED = {"ideographDigital": _TO_DIGITS, "taiwaneseDigital": _TO_DIGITS,
           "decimalFullWidth": _TO_WIDE, "decimalFullWidth2": _TO_WIDE}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: rank of the heading it makes (0 the highest), its list, its weight."""

    outline: int | None = None
    number: tuple[str, int] | None = None
    bold: bool = False
    title: bool = False
    contents: bool = False
    points: int = 0
    size: int = 0
    label: bool = False
    plain: bool = False
    hidden: bool = False


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
    """Style id -> what it means, with what it takes from the style it is based on; "" is the
    style of a paragraph that names none."""
    every = list(_rows(data))
    rows = {_said(one, "styleId") or "": one for one in every if _local(one) == "style"}
    known: dict[str, Style] = {}
    for key in rows:
        _style(key, rows, known, DEEPEST)
    usual = next(
        (
            key
            for key, one in rows.items()
            if _said(one, "default") in ("1", "true", "on") and _said(one, "type") == "paragraph"
        ),
        "",
    )
    told = next((one for one in every if _local(one) == "docDefaults"), None)
    size = _digit(_said(_child(told, "rPrDefault", "rPr", "sz"))) or 0
    own = known.get(usual, Style())
    known[""] = replace(own, size=own.size or size)
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
    if (size := _digit(_said(_child(row, "rPr", "sz")))) is not None:
        style = replace(style, size=size)
    vanish = _child(row, "rPr", "vanish")
    if vanish is not None:
        style = replace(style, hidden=(_said(vanish) or "1") not in ("0", "false", "off"))
    listed_as = _POINTS.match(name)
    return replace(
        style,
        title=name.lower() in _TITLE,
        contents=style.contents or bool(_CONTENTS.match(name)),
        points=int(listed_as[1] or 1) if listed_as else style.points,
        label=name == HEAD_NUMBER,
        plain=name == PLAIN,
    )


@dataclass
class Level:
    """One level of a list: how it counts, from where, and how the number is written."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    tail: str = " "
    legal: bool = False
    goes_on: bool = False


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
            if not levels.get(deeper, own).goes_on:
                del counts[deeper]
        if own.form == "bullet":
            sign = own.text if own.text.strip() and not _PRIVATE.search(own.text) else "•"
            return f"{sign} "
        if own.form == "none" or not own.text:
            return ""
        said = _PLACE.sub(
            lambda found: _counted(levels, counts, int(found[1]) - 1, own.legal), own.text
        )
        return said + ("" if said[-1:] in "、）)章节" else own.tail)


def _counted(
    levels: dict[int, Level], counts: dict[int, int], level: int, legal: bool = False
) -> str:
    one = levels.get(level, Level())
    n = counts.get(level, one.start)
    return str(n) if legal else _formed(one.form, n)


def _formed(form: str, n: int) -> str:
    """A number as a form of counting writes it; in digits where the form has no sign for it."""
    if form in _STEMS and 0 < n <= len(_STEMS[form]):
        return _STEMS[form][n - 1]
    if form in _ENCLOSED and 0 < n <= _most_enclosed(form):
        return chr(_ENCLOSED[form] + n - 1)
    if form.startswith("decimalEnclosedCircle") and 20 < n <= 50:
        return chr(0x3251 + n - 21 if n < 36 else 0x32B1 + n - 36)
    if form in _CHINESE or form in _LEGAL:
        said = chinese(n) if 0 < n < 1000 else str(n)
        return said.translate(_TO_LEGAL) if form in _LEGAL else said
    if form in _SIGNED:
        return str(n).translate(_SIGNED[form])
    return f"{n:02}" if form == "decimalZero" else _lettered(form, n)


def _lettered(form: str, n: int) -> str:
    """a, b ... z, aa, bb as Word counts on; Roman numbers; 1st, 2nd; - 1 -."""
    if form in ("lowerLetter", "upperLetter") and 0 < n <= 26 * 10:
        said = chr(97 + (n - 1) % 26) * (1 + (n - 1) // 26)
    elif form in ("lowerRoman", "upperRoman") and 0 < n < 400:
        said = "c" * (n // 100) + _TENS[n // 10 % 10] + _ROMAN[n % 10]
    elif form == "numberInDash":
        return f"- {n} -"
    else:
        return f"{n}{_ending(n)}" if form == "ordinal" else str(n)
    return said.upper() if form.startswith("upper") else said


def _ending(n: int) -> str:
    return "th" if n // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


def _most_enclosed(form: str) -> int:
    return 10 if form == "ideographEnclosedCircle" else 20


def numbers_of(data: bytes) -> Numbers:
    """The lists that the document declares."""
    found = Numbers()
    abstract: dict[str, dict[int, Level]] = {}
    for one in _rows(data):
        if _local(one) == "abstractNum":
            ours = _said(_child(one, "name")) == LIST_NAME
            abstract[_said(one, "abstractNumId") or ""] = {} if ours else _levels(one)
        elif _local(one) == "num":
            key = _said(one, "numId") or ""
            base = _said(_child(one, "abstractNumId")) or ""
            found.levels[key] = dict(abstract.get(base, {}))
            anew = False
            for own in one:
                anew = _overridden(own, found.levels[key]) or anew
            found.lists[key] = f"num {key}" if anew else base
    return found


def _start(said: int | None) -> int:
    return 1 if said is None else said


def _overridden(own: Element, levels: dict[int, Level]) -> bool:
    """Put what a list says otherwise than its pattern; whether it begins to count anew."""
    level = _digit(_said(own, "ilvl"))
    if _local(own) != "lvlOverride" or level is None:
        return False
    levels.update(_levels(own))
    start = _digit(_said(_child(own, "startOverride")))
    if start is not None and level in levels:
        levels[level] = replace(levels[level], start=start)
    return _child(own, "startOverride") is not None


def _levels(abstract: Element) -> dict[int, Level]:
    out: dict[int, Level] = {}
    for one in abstract:
        level = _digit(_said(one, "ilvl"))
        if _local(one) != "lvl" or level is None:
            continue
        out[level] = Level(
            _said(_child(one, "numFmt")) or "decimal",
            (_said(_child(one, "lvlText")) or "")[:40],
            _start(_digit(_said(_child(one, "start")))),
            "" if _said(_child(one, "suff")) == "nothing" else " ",
            _child(one, "isLgl") is not None,
            _said(_child(one, "lvlRestart")) == "0",
        )
    return out
