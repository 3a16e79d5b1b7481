"""A page shows words: no id or key of the charter, no state as code, no public id, no exception.

Every address of the house is asked for, in both languages, by those to whom it belongs, in the ten
weeks of the twins; and the pages of a new programme, step by step. The suite asks for each address
once, `python -m tests.prove plain` for everything.
"""

import logging
import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

import pytest
import yaml
from django.db.models import Choices
from django.test import Client

from keti.accounts.models import Person
from keti.charter.messages import SUGGESTIONS
from keti.charter.messages.forms import IN_FORMS
from keti.charter.queries import in_force
from keti.charter.rules.findings import speaks_code
from keti.jobs.tests.waiting import WAITING
from keti.planning.models import CharterDraft
from tests.cast import Cast
from tests.house.sources import HOUSE
from tests.house.test_one_language import SOME, VISITORS, paths, told
from tests.house.tongues import Guest, Reader
from tests.twin.crawl import LINK, route_of
from tests.twin.secrets import ALL, SECRETS, World
from tests.twin.world import Story

pytestmark = pytest.mark.once
SHAPES = {
    "snake case": re.compile(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b"),
    "dotted code": re.compile(r"(?<![\w/.@:-])[a-z][a-z0-9_-]*(?:\.[a-z][a-z0-9_-]*)+(?![\w@/:])"),
    "an exception": re.compile(
        r"Traceback|\b\w+(?:Error|Exception)\b|\[Errno|\bTrue\b"
        r"|\bNone\b(?!:? (?:is|of|are|yet|no)\b)"
        r"|<[\w.]+ object|datetime\.|%\(\w+\)[sd]|\d\dT\d\d:\d\d|OrderedDict\("
    ),
    "a public id": re.compile(r"(?<![a-z0-9/])[a-z2-7]{26}(?![a-z0-9])"),
    "a key of a duty": re.compile(
        r"\b[a-z_.]+@[a-z_.]+/\d{4}-\d\d\b|\b[a-z_]+@(?!example\.)[a-z_]+\.[a-z_]+\b"
    ),
    "a hash or UUID": re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}\b|\b[0-9a-f]{32,}\b"),
    "a place to be filled": re.compile(r"\{[a-z_]+\}"),
}
MEANT = {
    "ledger.jsonl": "the name of a file that is fetched",
    "keti-verify.py": "the name of a file that is fetched",
    "receipt.txt": "a file in the line that checks it",
    "report.pdf": "a file in the line that checks it",
    "keti.json": "the name of a file in the data folder",
    "keti@localhost": "the sender of our mail, as it is set",
}
"""What looks like code and is meant to be read, with why."""
ROUTES = {
    "a hash or UUID": "a commitment, printed so that it can be compared: "
    "the record, receipts, frozen versions, charters and files",
    "a place to be filled": "site:write",
}
"""Shapes that some pages show on purpose: the commitments everywhere, the names of places that a
letter may have only where it is written."""
HASH = re.compile(r"[0-9a-f]{64}")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
HERE = re.compile(r"/(?:tmp|var|home)/\S+")
PARTS = ("groups", "roles", "obligations", "calendar", "phases", "events", "parties", "gates",
         "rounds", "deliverables")  # fmt: skip


UNTITLED = re.compile(
    r"\b(?:gate|rule)\.[a-z_]+|\bcomment_round\b|\bclose_with_reservation\b"
    r"|(?:照文件所写：|as the file says: ).*"
)
"""What is shown without a title so far: what a principle of a charter is bound to, an outcome
of one gate; and a date that no form can choose, which is shown as the file has it and said to be.
The form of a draft shows them as they are chosen there."""
TEMPLATES = (
    "association-standard", "commissioned-study", "fund-project", "metaverse-governance-2022",
)  # fmt: skip
AS_FILE = ("/file/", "/charter.yaml", "/discard/")


class Plain(Reader):
    """Every text of a page, whatever language it is marked as."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        super().handle_starttag(tag, [one for one in attrs if one[0] != "lang"])


def texts(page: str) -> list[str]:
    """What is shown or read aloud, but what people wrote and where the data of a test lie."""
    reader = Plain()
    reader.feed(page)
    reader.close()
    return [_without(one) for one in reader.texts]


def _without(text: str) -> str:
    for name in ALL:
        for said in (False, True):
            text = text.replace(SECRETS[name].said(said), "")
    text = HERE.sub("", text)
    for meant in MEANT:
        text = text.replace(meant, "")
    return text


def codes() -> frozenset[str]:
    """The values of every enum of the house."""
    found: set[str] = set()
    for file in HOUSE.glob("*/enums.py"):
        for one in vars(import_module(f"keti.{file.parent.name}.enums")).values():
            if isinstance(one, type) and issubclass(one, Choices):
                found.update(str(value) for value in one.values if isinstance(value, str))
    return frozenset(found)


def keys(charter: str) -> frozenset[str]:
    """What a charter calls its things by."""
    data = yaml.safe_load(charter)
    found = {str(key) for part in PARTS for key in data.get(part) or {}}
    for group in (data.get("groups") or {}).values():
        found.update(str(key) for key in group.get("instances") or {})
    return frozenset(found)


def wrong(text: str, lang: str, known: frozenset[str], route: str) -> Iterator[str]:
    """What of a text is no words."""
    for what, shape in SHAPES.items():
        for one in shape.finditer(text):
            allowed = HASH.fullmatch(one[0]) or ROUTES.get(what) == route.partition("?")[0]
            if not allowed:
                yield f"{what}: {one[0]}"
    if lang == "zh":
        said = {word.strip(".-") for word in LATIN.findall(text)}
        yield from (f"a key or state: {word}" for word in said & known - {"en"})
    elif (word := text.strip(" ·:：,;()")) in known and re.search(r"[_.-]", word):
        yield f"a key or state: {word}"


def read(guest: Guest, path: str, known: frozenset[str], found: dict[str, str]) -> None:
    """Put down what is wrong on one page, and where it was seen first."""
    for text in (UNTITLED.sub("", one) for one in texts(guest.page(path) or "")):
        for said in wrong(text, guest.lang, known, route_of(path)):
            found.setdefault(said, f"{guest.lang} {guest.name or 'public'} {path}: {text[:80]}")


class Reading(Guest):
    """A guest who knows who they are."""

    def __init__(self, cast: Cast, name: str, lang: str) -> None:
        super().__init__(cast, name, lang)
        self.name, self.lang = name, lang


@pytest.fixture
def lived(db: None, settings: Any) -> Iterator[Cast]:
    """The ten weeks of the twins; files that are asked for wait for a worker."""
    settings.TASKS = WAITING
    logging.disable(logging.CRITICAL)
    yield Story(World()).lived()
    logging.disable(logging.NOTSET)


def looked(cast: Cast, visitors: list[str], most: int, shared_by: int) -> str:
    """Every address by one of so many visitors, each in turn; the faults. Where all ask for all, in
    both languages, else in one of them in turn."""
    known = codes() | keys(in_force(cast.programme).text)
    found: dict[str, str] = {}
    every = paths(cast, most)
    for (turn, who), lang in product(enumerate(visitors), ("zh", "en")):
        if shared_by > 1 and (turn % 2) != (lang == "en"):
            continue
        guest = Reading(cast, who, lang)
        for path in every[turn % shared_by :: shared_by]:
            read(guest, path, known, found)
    return told(found)


def test_a_page_shows_no_code(lived: Cast) -> None:
    said = looked(lived, SOME, 1, shared_by=8)
    assert not said, said


@pytest.mark.prove
def test_no_page_shows_code_to_anybody(lived: Cast) -> None:
    said = looked(lived, VISITORS, 2, shared_by=1)
    assert not said, said


def drafted(client: Client, template: str) -> str:
    """The address of a new programme begun from a template."""
    begun = client.post("/start/new/", {"from": f"template:{template}"})
    return str(begun.url).removesuffix("step/what/")


@pytest.mark.prove
@pytest.mark.parametrize("template", TEMPLATES)
def test_no_page_of_a_new_programme_shows_code(cast: Cast, template: str) -> None:
    """Every step, and every part of the draft that a page leads to, as its founder reads them. The
    charter as a file is what it is."""
    Person.objects.filter(pk=cast.qin.person.pk).update(may_found=True)
    url = drafted(cast.qin.client, template)
    known = (codes() | keys(CharterDraft.objects.latest("pk").text)) - {"late"}  # an English word
    found: dict[str, str] = {}
    for lang in ("zh", "en"):
        guest = Reading(cast, "qin", lang)
        waiting, seen = [url, f"{url}step/what/"], {url, f"{url}step/what/"}
        while waiting:
            path = waiting.pop()
            page = guest.page(path) or ""
            read(guest, path, known, found)
            for link in LINK.findall(page):
                here = link.split("#")[0].split("?")[0]
                if here.startswith(url) and here not in seen and not here.endswith(AS_FILE):
                    seen.add(here)
                    waiting.append(here)
        assert len(seen) > 40
    assert not found, told(found)


def test_what_is_looked_for_is_found() -> None:
    known = frozenset({"sector_lead", "returned", "hand"})
    for text in (
        "由 sector_lead 办理", "moon@cell.red/2030-05", "状态：returned", "planning.slug-taken",
        "ValueError: x", "开始填写 · 5dcmm2hrb6kjjmupqmcuwmmsrr", "您好，{name}",
        "2030-05-01T10:00", "加上 roll: first_day",
    ):  # fmt: skip
        assert list(wrong(text, "zh", known, "site:desk")), text
    for text in ("请于 12 月 1 日前办理 Word 和 PDF", "a" * 64, "数联协〔2026〕1号"):
        assert list(wrong(text, "zh", known, "site:desk")) == [], text


def test_every_mend_of_a_charter_has_words_for_the_forms() -> None:
    assert set(IN_FORMS) <= set(SUGGESTIONS)
    assert [zh for zh, _en in IN_FORMS.values() if speaks_code(zh)] == []
