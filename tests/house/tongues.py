"""What a page says in the house's own words: read in one language, what is of the other remains.

The world it is read in is the one of the twins, in which people write Latin alone: whatever is
Chinese on an English page is then the house's, the charter's, or a name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from typing import Any

import polib
from django.test import RequestFactory

from keti.accounts.models import Organisation, Person
from tests.cast import Cast
from tests.house.sources import HOUSE
from tests.twin.crawl import Visitor
from tests.twin.secrets import World

CHINESE = re.compile("[\u3400-\u9fff]")
NUMBER = re.compile(r"\w*〔\d{4}〕\d+号")
"""The number of a paper: a name of its own, the same in every language."""
READ = ("title", "aria-label", "placeholder", "alt", "data-confirm", "data-label", "label")
"""Attributes that are shown or read aloud."""
UNREAD = ("script", "style", "template", "textarea")
"""No words of the page: what stands in a box is its writer's, or is meant to go out."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
OTHER = {"en": "zh", "zh": "en"}


SAME = {"PDF", "Word", "Excel", "CSV"}
"""Words that are the same in both languages."""


class Latin(World):
    """A world in which nobody writes a Chinese sign: every text is a word of its own."""

    def __call__(self, name: str) -> str:
        return f"Said {name}"

    def text(self, words: str) -> str:
        return f"Written {sum(words.encode())}"


class Reader(HTMLParser):
    """The texts of a page, but those that it marks as being in another language."""

    def __init__(self) -> None:
        super().__init__()
        self.lang = ""
        self.above: list[tuple[str, bool]] = []
        self.texts: list[str] = []

    @property
    def read(self) -> bool:
        return not self.above or self.above[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.lang = self.lang or given.get("lang", "")[:2]
        own = given.get("lang", "")[:2] in ("", self.lang)
        read = self.read and own and tag not in UNREAD
        if read:
            self.texts += [given[name] for name in READ if given.get(name)]
            if tag in ("input", "button") and given.get("type") in ("submit", "button", "reset"):
                self.texts.append(given.get("value", ""))
        if tag not in VOID:
            self.above.append((tag, read))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self.above):
            while self.above.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.read and data.strip():
            self.texts.append(" ".join(data.split()))


def texts(page: str) -> list[str]:
    """Every text of a page that is shown or read aloud in the page's language."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.texts


@dataclass
class Names:
    """The names of the people and units of a world, which are the same in every language."""

    known: list[str] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)

    @classmethod
    def of_world(cls) -> "Names":
        people = Person.objects.values_list("name", flat=True)
        units = Organisation.objects.values_list("name_zh", flat=True)
        known = sorted({*people, *units}, key=len, reverse=True)
        return cls(known, {one[0] for one in known})

    def without(self, text: str) -> str:
        """The text without them, and without numbers of papers."""
        if text in self.signs:
            return ""
        for one in self.known:
            text = text.replace(one, "")
        return NUMBER.sub("", text)


def chinese(page: str, names: Names) -> Iterator[str]:
    """The texts of an English page that are Chinese."""
    yield from (one for one in texts(page) if CHINESE.search(names.without(one)))


@cache
def sentences() -> frozenset[str]:
    """Every English sentence of the house that is whole: of the catalogues and of the messages."""
    found: set[str] = set()
    for file in HOUSE.rglob("locale/en/LC_MESSAGES/django.po"):
        found.update(one.msgstr for one in polib.pofile(str(file)) if one.msgstr != one.msgid)
    for room in HOUSE.iterdir():
        if (room / "messages.py").is_file() or (room / "messages").is_dir():
            pairs = import_module(f"keti.{room.name}.messages").MESSAGES.values()
            found.update(en for zh, en in pairs if en != zh)
    return frozenset(one.strip() for one in found if re.search(r"[A-Za-z]{2}", one)) - SAME


def english(page: str) -> Iterator[str]:
    """The texts of a Chinese page that are an English word or sentence of the house."""
    yield from (one for one in texts(page) if one.strip("：: ") in sentences())


class Guest(Visitor):
    """Somebody who reads in one language."""

    def __init__(self, cast: Cast, name: str, lang: str) -> None:
        super().__init__(cast.players[name].client if name else None)
        code = {"zh": "zh-hans"}.get(lang, lang)
        cookie = self.requests.defaults.get("HTTP_COOKIE", "")
        self.requests = RequestFactory(HTTP_COOKIE=f"{cookie}; django_language={code}")

    def page(self, path: str) -> str | None:
        """The page at an address; None for a file; nothing where one is sent elsewhere."""
        answer: Any = self.get(path)
        if answer.streaming or answer.status_code >= 300:
            return None if answer.status_code == 200 else ""
        is_page = "text/html" in answer.headers.get("Content-Type", "")
        return answer.content.decode() if is_page else None


def strangers(page: str, lang: str, names: Names) -> Iterable[str]:
    """The texts of this page that are not of its language."""
    return chinese(page, names) if lang == "en" else english(page)
