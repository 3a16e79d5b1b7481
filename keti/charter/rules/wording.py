"""Calendar expressions as sentences, in both languages of the house.

`worded` reads what `rule_of` writes: an expression or a recurrence, then roll, round, at, skip.
What it cannot read it quotes inside a sentence, so that no bare formula stands on a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from keti.charter.rules.recurring import MONTHS, recurring
from keti.kernel.acts import Text

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}))?(?![\d-])")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?![\d-])")
_MIDPOINT = re.compile(r"midpoint\(\s*([\w.]+)\s*(?:,\s*([\w.]+)\s*)?\)")
_NAME = re.compile(r"[A-Za-z_][\w.]*")
_STEP = re.compile(r"\s*([+-])\s*(?:(\d+)\s+workdays?\b|(P-?[0-9YMWDTH]+))")
_COUNTED = re.compile(r"(.+?)\s*\+\s*months\s+([\d, ]+)\Z")
_LEAST = re.compile(r"at least (\d+)\s+per\s+(P[0-9YMWD]+) from (.+)\Z")
_LENGTH = re.compile(r"(\d+)([YMWDH])")
_SKIP = re.compile(r"skip younger than (\d+) workdays?\Z")
UNITS = {
    "Y": ("年", "year"),
    "M": ("个月", "month"),
    "W": ("周", "week"),
    "D": ("天", "day"),
    "TH": ("小时", "hour"),
    "TM": ("分钟", "minute"),
}
ROLLS = {
    "previous-workday": Text(
        "遇休息日提前到工作日", "moved back to a working day when it falls on a day off"
    ),
    "next-workday": Text(
        "遇休息日顺延到工作日", "moved on to a working day when it falls on a day off"
    ),
}
ROUNDS = {
    "down": Text("当月无此日则取月末", "the end of the month where there is no such day"),
    "up": Text("当月无此日则取次月首日", "the first of the next month where there is no such day"),
}
BARE = Text("按实施方案的算法“{rule}”得出", "worked out by the charter's rule “{rule}”")

ANEW = "anew"
"""The rule of a duty whose own day was past when it was born (`planning.rules.anew`)."""
BEGUN_ANEW = Text(
    "原定日期在列入时已过，自列入之日起另算，彼此间隔不变",
    "its own day was past when it was taken in; counted anew from then, at the same distances",
)


class Unworded(ValueError):
    """An expression this room has no words for."""


@dataclass(frozen=True, slots=True)
class RuleTongue:
    """The tongue one sentence is written in, and how named dates are called."""

    lang: str
    names: Mapping[str, Text] = field(default_factory=dict)

    @property
    def english(self) -> bool:
        return self.lang.startswith("en")

    def say(self, zh: str, en: str) -> str:
        return en if self.english else zh

    def called(self, key: str) -> str:
        """The title of a named date; its first or last day where a side is asked for."""
        if key in self.names:
            return self.names[key].in_(self.lang) or key
        stem, _, side = key.rpartition(".")
        if stem and side in ("from", "to"):
            base = self.called(stem)
            if side == "from":
                return self.say(f"{base}首日", f"the first day of {base}")
            return self.say(f"{base}末日", f"the last day of {base}")
        return self.say(f"“{key}”", f"“{key}”")


def worded(rule: str, lang: str, names: Mapping[str, Text] | None = None) -> str:
    """A rule of the calendar as one sentence; empty for an empty rule.

    `names` gives the titles of the charter's named dates.
    """
    if not rule.strip():
        return ""
    if rule == ANEW:
        return BEGUN_ANEW.in_(lang)
    words = RuleTongue(lang, names or {})
    head, notes = _parted(rule)
    try:
        parts = [_main(head, words), *(_note(note, words) for note in notes)]
    except Unworded:
        return BARE.in_(lang).format(rule=rule)
    return words.say("，", ", ").join(parts).strip()


def _parted(rule: str) -> tuple[str, list[str]]:
    """The expression, and what follows it; a recurrence has semicolons of its own."""
    pieces = rule.split(";")
    size = 1
    while size < len(pieces) and "=" in pieces[size]:
        size += 1
    return ";".join(pieces[:size]).strip(), [piece.strip() for piece in pieces[size:]]


def _main(text: str, words: RuleTongue) -> str:
    if text.startswith("FREQ=") or ";" in text:
        return recurring(text, words.lang)
    if least := _LEAST.match(text):
        since, length = _expression(least[3].strip(), words), _length(least[2], words)
        return words.say(
            f"自{_apart(since)}起每 {length}至少 {int(least[1])} 次",
            f"at least {_times(int(least[1]))} in every {length} from {since}",
        )
    if counted := _COUNTED.match(text):
        return _months(counted[1], counted[2], words)
    if ".." in text:
        first, _, last = text.partition("..")
        begin, end = _expression(first.strip(), words), _expression(last.strip(), words)
        return words.say(f"自{_apart(begin)}至{_apart(end)}", f"from {begin} to {end}")
    return _expression(text, words)


def _apart(text: str) -> str:
    """A figure stands apart from the Chinese word before it."""
    return f" {text}" if text[:1].isdigit() else text


def _months(base: str, counts: str, words: RuleTongue) -> str:
    since = _expression(base.strip(), words)
    numbers = [one.strip() for one in counts.split(",")]
    listed = words.say("、".join(numbers), ", ".join(numbers))
    return words.say(
        f"自{since}起第 {listed} 个月的最后一天",
        f"the last day of month {listed}, counted from {since}",
    )


def _expression(text: str, words: RuleTongue) -> str:
    first, rest = _atom(text, words)
    said = first
    while rest.strip():
        step = _STEP.match(rest)
        if not step:
            raise Unworded(text)
        again = "再" if said != first else ""
        said = _moved(f"{said}{words.say(again, '')}", step, words)
        rest = rest[step.end() :]
    return said


def _atom(text: str, words: RuleTongue) -> tuple[str, str]:
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], RuleTongue], str]], ...] = (
        (_DATE, _day),
        (_MONTH, _month),
        (_MIDPOINT, _midpoint),
        (_NAME, lambda found, words: words.called(found[0])),
    )
    for pattern, read in readers:
        if found := pattern.match(text):
            return read(found, words), text[found.end() :]
    raise Unworded(text)


def _day(found: re.Match[str], words: RuleTongue) -> str:
    year, month, day = (int(found[at]) for at in (1, 2, 3))
    if not 1 <= month <= 12:
        raise Unworded(found[0])
    said = words.say(f"{year} 年 {month} 月 {day} 日", f"{day} {MONTHS[month - 1]} {year}")
    return f"{said} {found[4]}" if found[4] else said


def _month(found: re.Match[str], words: RuleTongue) -> str:
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        raise Unworded(found[0])
    return words.say(f"{year} 年 {month} 月", f"{MONTHS[month - 1]} {year}")


def _midpoint(found: re.Match[str], words: RuleTongue) -> str:
    first = words.called(found[1])
    if not found[2]:
        return words.say(f"{first}的中点", f"the midpoint of {first}")
    second = words.called(found[2])
    return words.say(f"{first}与{second}的正中", f"midway between {first} and {second}")


def _moved(base: str, step: re.Match[str], words: RuleTongue) -> str:
    before = (step[1] == "-") != bool(step[3] and step[3].startswith("P-"))
    far = _workdays(int(step[2]), words) if step[2] else _length(step[3], words)
    if words.english:
        return f"{far} {'before' if before else 'after'} {base}"
    return f"{base}{'前' if before else '后'} {far}"


def _workdays(count: int, words: RuleTongue) -> str:
    return words.say(f"{count} 个工作日", _counted(count, "working day"))


def length_said(text: str, lang: str) -> str:
    """`P1Y` as "1 year"; what has no words stays as it is."""
    try:
        return _length(text, RuleTongue(lang))
    except Unworded:
        return text


def _length(text: str, words: RuleTongue) -> str:
    dated, _, timed = text.replace("-", "").removeprefix("P").partition("T")
    found = [(count, unit) for count, unit in _LENGTH.findall(dated)]
    found += [(count, f"T{unit}") for count, unit in _LENGTH.findall(timed)]
    if not found or not all(unit in UNITS for _count, unit in found):
        raise Unworded(text)
    if words.english:
        return " and ".join(_counted(int(count), UNITS[unit][1]) for count, unit in found)
    return "零 ".join(f"{int(count)} {UNITS[unit][0]}" for count, unit in found)


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _note(note: str, words: RuleTongue) -> str:
    name, _, value = note.partition(":")
    value = value.strip()
    if name == "roll" and value in ROLLS:
        return ROLLS[value].in_(words.lang)
    if name == "round" and value in ROUNDS:
        return ROUNDS[value].in_(words.lang)
    if name == "at" and value:
        return words.say(f"当日 {value}", f"at {value}")
    if skip := _SKIP.match(note):
        count = int(skip[1])
        return words.say(
            f"开始不足 {count} 个工作日的一期不计",
            f"a period begun fewer than {_counted(count, 'working day')} before is left out",
        )
    raise Unworded(note)
