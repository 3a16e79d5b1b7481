"""What a mail server's answer (RFC 5321, RFC 3463) means for one letter. Pure."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from keti.kernel.texts import one_line

WORDS = 300
CLOSING = 421
ABOUT_US = {530, 534, 535, 538}
"""Answers that ask us to sign in or to encrypt: nothing is wrong with the letter."""


class Fate(Enum):
    """What became of one letter in one try."""

    SENT = auto()
    REFUSED = auto()
    """For good: the address or the letter itself is not taken."""
    LATER = auto()
    """Not now: it is tried again, and the try counts."""
    LOST = auto()
    """The whole letter was handed over and no answer came: it may have arrived."""
    UNTOUCHED = auto()
    """The server could not be reached, or takes nothing from us: no try of this letter."""
    TAKEN = auto()
    """Another run has it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The fate of a letter, its sentence's code, the server's own words, and whether the server
    itself is in trouble."""

    fate: Fate
    code: str = ""
    words: str = ""
    trouble: bool = False


def judged(status: int, said: bytes, refused: str) -> Outcome:
    """What an answer other than "yes" to a recipient or a letter means; `refused` is the code of
    a refusal for good.

    5xx is for good, unless it is about us (sign in, encrypt, no relay: 5.7.x); 4xx passes.
    """
    text = one_line(said.decode("utf-8", "replace"))
    words = f"{status} {text}"[:WORDS]
    if status == CLOSING:
        return Outcome(Fate.LATER, "notify.server-busy", words, trouble=True)
    if status in ABOUT_US or (500 <= status < 600 and re.match(r"5\.7\.", text)):
        return Outcome(Fate.LATER, "notify.we-are-refused", words, trouble=True)
    if 500 <= status < 600:
        return Outcome(Fate.REFUSED, refused, words)
    return Outcome(Fate.LATER, "notify.server-busy", words)
