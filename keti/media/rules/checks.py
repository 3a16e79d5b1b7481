"""What is wrong with subtitles as they stand: each thing by its cue. Pure.

None of it refuses anything: it is shown beside the cues, and who edits decides.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from keti.media.rules.cues import Cue

SHORTEST, LONGEST, GAP = 800, 7000, 80
"""Milliseconds: shorter flickers, longer is read twice, a smaller gap reads as a jump."""
MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class Measure:
    """How many signs a second are read, and how many stand in a line."""

    speed: float
    width: int


MEASURES: Mapping[str, Measure] = {"zh": Measure(9, 18), "en": Measure(20, 42)}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing at one cue: its number, what it is, and the facts of its sentence."""

    cue: int
    code: str
    facts: Mapping[str, object]


def signs(text: str, language: str) -> int:
    """How many signs are read: every one in English, in Chinese without blanks and a half for each
    letter or digit."""
    if language == "en":
        return len(text.replace("\n", " "))
    plain = re.sub(r"\s", "", text)
    narrow = sum(1 for one in plain if ord(one) < 0x2000)
    return len(plain) - narrow + (narrow + 1) // 2


def speed(cue: Cue, language: str) -> float:
    """Signs a second."""
    return signs(cue.text, language) * 1000 / (cue.end - cue.start)


def faults(
    cues: Sequence[Cue],
    language: str,
    names: Mapping[str, str] | None = None,
    beside: Sequence[Cue] = (),
) -> list[Fault]:
    """Everything that is wrong, by cue. `names`: how each Chinese name of the programme is called
    in English; `beside`: the Chinese cues, against which the names of English ones are held."""
    found: list[Fault] = []
    for number, one in enumerate(cues, start=1):
        found += _alone(number, one, language)
        if number > 1:
            found += _between(number, cues[number - 2], one)
    if language == "en" and names and beside:
        found += _names(cues, beside, names)
    return sorted(found, key=lambda one: one.cue)


def _alone(number: int, one: Cue, language: str) -> list[Fault]:
    most = MEASURES[language]
    rate, lasts = speed(one, language), (one.end - one.start) / 1000
    longest = max(signs(line, language) for line in one.lines)
    found = []
    if rate > most.speed:
        told: dict[str, object] = {"speed": f"{rate:.1f}", "most": f"{most.speed:g}"}
        found.append(Fault(number, "media.check-speed", told))
    if not SHORTEST <= lasts * 1000 <= LONGEST:
        told = {"seconds": f"{lasts:.1f}", "least": SHORTEST / 1000, "most": LONGEST // 1000}
        found.append(Fault(number, "media.check-lasts", told))
    if longest > most.width:
        found.append(Fault(number, "media.check-width", {"count": longest, "most": most.width}))
    if len(one.lines) > MOST_LINES:
        told = {"count": len(one.lines), "most": MOST_LINES}
        found.append(Fault(number, "media.check-lines", told))
    return found


def _between(number: int, before: Cue, one: Cue) -> list[Fault]:
    gap = one.start - before.end
    if gap < 0:
        seconds = f"{-gap / 1000:.2f}"
        return [Fault(number, "media.check-overlap", {"before": number - 1, "seconds": seconds})]
    if 0 < gap < GAP:
        return [Fault(number, "media.check-gap", {"milliseconds": gap, "least": GAP})]
    return []


def _names(cues: Sequence[Cue], beside: Sequence[Cue], names: Mapping[str, str]) -> list[Fault]:
    known = {zh: en for zh, en in names.items() if len(zh) > 1 and en}
    longest = sorted(known, key=len, reverse=True)
    said = re.compile("|".join(map(re.escape, longest)) or r"(?!)")
    found: list[Fault] = []
    first = 0
    for number, one in enumerate(cues, start=1):
        while first < len(beside) and beside[first].end <= one.start:
            first += 1
        for zh in _named(one, islice(beside, first, None), said):
            if not _says(one.text, known[zh]):
                found.append(Fault(number, "media.check-name", {"name": zh, "called": known[zh]}))
    return found


def _named(one: Cue, beside: Iterable[Cue], said: re.Pattern[str]) -> list[str]:
    """The names in what stands beside a cue for most of its time, once each."""
    found: list[str] = []
    for other in beside:
        if other.start >= one.end:
            break
        if _most_of(other, one):
            found += said.findall(other.text.replace("\n", ""))
    return list(dict.fromkeys(found))


def _most_of(other: Cue, one: Cue) -> bool:
    """Are the two shown together for most of the first?"""
    together = min(other.end, one.end) - max(other.start, one.start)
    return together * 2 > other.end - other.start


def _says(text: str, called: str) -> bool:
    return _pattern(called).search(text.replace("\n", " ")) is not None


@cache
def _pattern(called: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, called.split()))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.I)
