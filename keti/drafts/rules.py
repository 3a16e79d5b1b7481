"""What a draft may hold, how it is written down, and when it has been sent. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from keti.kernel.acts import Text
from keti.kernel.texts import one_line

MOST = 200
MOST_BYTES = 512 << 10
ALTOGETHER = 20 << 20
UNTOUCHED = timedelta(days=180)
REGRET = timedelta(days=7)
LONGEST_PLACE, LONGEST_KEY, LONGEST_TITLE, LONGEST_ID = 1000, 600, 200, 40

Fields = Mapping[str, list[str]]
FIRST_WORDS = 40
HALVES = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair: no database takes it. Place and key are plain letters; texts escape it."""
OWN_PLACE = re.compile(r"/(?![/\\])[!-\[\]-~]*")
"""A path of this house with its query, as an address bar holds it. No other host can be named."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a form: which form, on which page, its boxes as they are.

    `fields` holds every box by name with its values; `begun` a short hash of what each box held
    when the page came from the server, so that a change of the record is seen later.
    """

    form_key: str
    place: str
    title: str
    fields: Fields
    begun: Mapping[str, str]

    @property
    def text(self) -> str:
        return written(self.fields)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form says of its draft when it is sent: the draft, its revision, the local copy."""

    draft_id: str
    revision: str
    copy: str


@dataclass(frozen=True, slots=True)
class WorkingCopy:
    """A text that another room keeps while it is written: its name, whose it is, its page."""

    title: Text
    where: Text
    path: str
    saved_at: datetime


def is_own_place(place: str) -> bool:
    """Is it an address inside this house?"""
    return len(place) <= LONGEST_PLACE and OWN_PLACE.fullmatch(place) is not None


def typed_of(value: object) -> Typed | None:
    """What a page sent as a draft; None where it is not of that shape."""
    if not isinstance(value, dict):
        return None
    key, place, title = (value.get(name) for name in ("form", "place", "title"))
    fields: Any = value.get("fields")
    begun: Any = value.get("begun")
    if not (isinstance(key, str) and isinstance(place, str) and isinstance(title, str)):
        return None
    if not (0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable()):
        return None
    if not (is_own_place(place) and _are_fields(fields) and _are_hashes(begun)):
        return None
    return Typed(key, place, HALVES.sub("\ufffd", title[:LONGEST_TITLE]), fields, begun)


def _are_fields(value: Any) -> bool:
    """Names of boxes, each with a list of texts."""
    return isinstance(value, dict) and all(
        isinstance(texts, list) and all(isinstance(one, str) for one in texts)
        for texts in value.values()
    )


def _are_hashes(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(one, str) and len(one) <= LONGEST_ID for one in value.values()
    )


def written(value: Mapping[str, Any]) -> str:
    """The value as text that every database keeps, letter for letter.

    A NUL stands escaped in it; so does everything where a half of a surrogate pair is among it.
    """
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def first_words(fields: Fields) -> str:
    """The beginning of the longest text, on one line: which box held it is not known any more,
    and choices and dates are shorter than what somebody would look for."""
    longest = max((one for texts in fields.values() for one in texts), key=len, default="")
    words = HALVES.sub("\ufffd", one_line(longest[: 4 * FIRST_WORDS]).strip())
    return words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS]}…"


def weight(typed: Typed) -> int:
    """How many bytes a draft takes."""
    return len(typed.text.encode()) + len(written(typed.begun).encode())


def sent_of(text: str) -> Sent | None:
    """What the hidden box of a form says; None where it says nothing that can be meant."""
    parts = text.split(".")
    if len(parts) != 3 or not all(re.fullmatch(r"[a-z0-9]{0,40}", one) for one in parts):
        return None
    return Sent(*parts)


def says_no_more(fields: Fields, sent: Mapping[str, Iterable[str]]) -> bool:
    """Whether everything the draft holds was sent, line breaks as a browser sends them."""
    return all(
        [_lines(one) for one in texts] == [_lines(one) for one in sent.get(name, ())]
        for name, texts in fields.items()
    )


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")
