"""Headings of a paper as Word numbers them itself: the labels this house prints, as lists of Word
that count on, begin anew where the text does, and are left out where the writer numbered."""

import re
from dataclasses import dataclass, field

from .word_styles import LIST_NAME

DEEPEST = 6
_DIGITS = "零一二三四五六七八九"
_LABELS = (
    ("chapter-zh", re.compile(r"第([零一二三四五六七八九十百]+)章")),
    ("part-zh", re.compile(r"第([零一二三四五六七八九十百]+)部分")),
    ("section-zh", re.compile(r"第([零一二三四五六七八九十百]+)节")),
    ("dun", re.compile(r"([零一二三四五六七八九十百]+)、")),
    ("bracket-zh", re.compile(r"（([零一二三四五六七八九十百]+)）")),
    ("dotted", re.compile(r"(\d+(?:\.\d+)*)\.?")),
    ("bracket", re.compile(r"（(\d+)）")),
)
_TEXTS = {
    "chapter-zh": ("chineseCountingThousand", "第%{0}章", "space"),
    "part-zh": ("chineseCountingThousand", "第%{0}部分", "space"),
    "section-zh": ("chineseCountingThousand", "第%{0}节", "space"),
    "dun": ("chineseCountingThousand", "%{0}、", "nothing"),
    "bracket-zh": ("chineseCountingThousand", "（%{0}）", "nothing"),
    "bracket": ("decimal", "（%{0}）", "nothing"),
}


def value_of(said: str) -> int:
    """一百零五 -> 105, 12 -> 12."""
    if said.isdigit():
        return int(said)
    total = current = 0
    for sign in said:
        if sign == "百":
            total += (current or 1) * 100
            current = 0
        elif sign == "十":
            total += (current or 1) * 10
            current = 0
        else:
            current = _DIGITS.index(sign)
    return total + current


@dataclass(frozen=True, slots=True)
class Number:
    """What a label says: how it is written, and its numbers from the highest level down."""

    how: str
    counts: tuple[int, ...]
    tail: str = ""


def parsed(label: str) -> Number | None:
    """A label of this house; None where it is none that Word can count."""
    said = label.strip(" \u3000")
    for how, pattern in _LABELS:
        found = pattern.fullmatch(said)
        if found and how == "dotted":
            counts = tuple(int(one) for one in found[1].split("."))
            return Number(how, counts, "." if said.endswith(".") else "")
        if found:
            return Number(how, (value_of(found[1]),))
    return None


@dataclass
class Lists:
    """The lists of a file: each way of numbering has a pattern by level, each beginning a list."""

    patterns: list[dict[int, tuple[str, str]]] = field(default_factory=list)
    starts: list[dict[int, int]] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)

    def place(self, level: int, number: Number) -> int:
        """The list (from 1) in which Word gives a heading of this level this very number."""
        way = (number.how, number.tail)
        levels = range(level - len(number.counts) + 1, level + 1)
        wanted = dict(zip(levels, number.counts, strict=True))
        if not self._goes_on(level, way, wanted):
            self.patterns.append({})
            self.starts.append(dict(wanted))
            self.counts = {}
        self.patterns[-1][level] = way
        self.counts[level] = wanted[level]
        for deeper in [one for one in self.counts if one > level]:
            del self.counts[deeper]
        return len(self.starts)

    def _goes_on(self, level: int, way: tuple[str, str], wanted: dict[int, int]) -> bool:
        """Whether the list that counts now gives this number: a level begins where its list begins
        it, and anew below every heading above it."""
        if not self.starts or self.patterns[-1].get(level, way) != way:
            return False
        starts = self.starts[-1]
        comes = self.counts[level] + 1 if level in self.counts else starts.get(level, 1)
        above = {one: self.counts.get(one, starts.get(one, 1)) for one in wanted if one < level}
        return comes == wanted[level] and all(wanted[one] == n for one, n in above.items())

    def markup(self) -> tuple[str, str]:
        """The patterns and the lists as Word writes them. Their numbers begin at 7001."""
        patterns = "".join(
            f'<w:abstractNum w:abstractNumId="{7001 + place}">'
            f'<w:multiLevelType w:val="multilevel"/><w:name w:val="{LIST_NAME}"/>'
            f"{_levels(levels, self.starts[place])}</w:abstractNum>"
            for place, levels in enumerate(self.patterns)
        )
        lists = "".join(
            f'<w:num w:numId="{7001 + place}"><w:abstractNumId w:val="{7001 + place}"/></w:num>'
            for place in range(len(self.starts))
        )
        return patterns, lists


def _levels(levels: dict[int, tuple[str, str]], starts: dict[int, int]) -> str:
    return "".join(
        _level(level, *levels.get(level, ("dotted", "")), starts.get(level, 1))
        for level in range(1, DEEPEST + 1)
    )


def _level(level: int, how: str, tail: str, start: int) -> str:
    if how == "dotted":
        counted = ".".join(f"%{one}" for one in range(1, level + 1)) if not tail else f"%{level}"
        form, text, gap = "decimal", f"{counted}{tail}", "space"
    else:
        form, text, gap = _TEXTS[how]
        text = text.replace("{0}", str(level))
    return (
        f'<w:lvl w:ilvl="{level - 1}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:suff w:val="{gap}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        "</w:lvl>"
    )
