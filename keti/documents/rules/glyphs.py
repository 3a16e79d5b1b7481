"""Which characters the fonts of this machine can print; asked when a paper is set, and by pages
that tell a writer beforehand. Common characters are answered without a look; of others one word
is set in memory, once in the life of the process."""

import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import typst

from .typed import shown

STANDARDS: Any = ["a-2a", "ua-1"]
MOST_LOOKS = 64
"""How many words one question may set; what is left open then is asked again the next time."""
MOST_PLACES = 20
_KEPT = 20_000
_RARE = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\xff\u2010-\u2027\u2030-\u203e\u2042-\u2053\u2057-\u205e"
    r"\u3000-\u303f\u3041-\u3096\u3099-\u30ff\u4e00-\u9fef\uff01-\uff5e]"
)
PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_JOINERS = "\u200d\ufe0e\ufe0f"
_SOURCE = b'#set document(title: "x")\n#set text(font: "Noto Serif CJK SC")\n#sys.inputs.c'

_known: dict[str, bool] = {}
_lock = threading.Lock()


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """The fonts of this machine, read once."""
    return typst.Fonts()


def lacking(text: str, *, looks: int = MOST_LOOKS) -> list[str]:
    """The characters of a text that no font here can print, in the order they occur."""
    rare = dict.fromkeys(_RARE.findall(text))
    unknown = [char for char in rare if char not in _known and not PRIVATE.match(char)]
    if unknown:
        _look(unknown, looks)
    return [char for char in rare if PRIVATE.match(char) or _known.get(char) is False]


def _look(chars: list[str], looks: int) -> None:
    """Find out about these: all at once, then in halves where one of them cannot be set."""
    open_ = [chars]
    found: dict[str, bool] = {}
    while open_ and looks > 0:
        some = open_.pop()
        looks -= 1
        if _can_set("中".join(["", *some])):
            found |= dict.fromkeys(some, True)
        elif len(some) == 1:
            found[some[0]] = False
        else:
            half = len(some) // 2
            open_ += [some[half:], some[:half]]
    with _lock:
        if len(_known) > _KEPT:
            _known.clear()
        _known.update(found)


def _can_set(word: str) -> bool:
    compiler = typst.Compiler(_SOURCE, font_paths=fonts())
    try:
        compiler.compile(format="pdf", sys_inputs={"c": word}, pdf_standards=STANDARDS)
    except typst.TypstError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """One line of one part of a text, and what in it cannot be printed."""

    part: str
    line: int
    signs: tuple[tuple[str, str], ...]
    """Each sign as it stands there, and its numbers (U+1F44D)."""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """Where a text holds what will be printed 〓: the first places, and how many there are."""

    places: tuple[Place, ...] = ()
    more: int = 0

    def __bool__(self) -> bool:
        return bool(self.places)


def unprinted(parts: Iterable[tuple[str, str]]) -> Unprinted:
    """What of these texts, each under its name, no font here can print, line by line."""
    named = [(name, shown(text)) for name, text in parts]
    bad = set(lacking("\n".join(text for _, text in named)))
    if not bad:
        return Unprinted()
    found = [
        Place(name, number, signs)
        for name, text in named
        for number, line in enumerate(text.split("\n"), start=1)
        if (signs := tuple(dict.fromkeys(_signs(line, bad))))
    ]
    return Unprinted(tuple(found[:MOST_PLACES]), max(len(found) - MOST_PLACES, 0))


def _signs(line: str, bad: set[str]) -> Iterator[tuple[str, str]]:
    """Neighbours that make one sign (a flag, a family) are named as one."""
    run = ""
    for char in line + "\n":
        if char in bad or (run and char in _JOINERS):
            run += char
        elif run:
            sign = run.rstrip(_JOINERS)
            yield sign, " ".join(f"U+{ord(one):04X}" for one in sign)
            run = ""
