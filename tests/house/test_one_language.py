"""A page in one language says everything of the house in that language: every address, by every
kind of visitor."""

import logging
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from keti.duties.actions import issue_link
from keti.jobs.tests.waiting import WAITING
from tests.cast import Cast
from tests.house.sources import HOUSE
from tests.house.tongues import Guest, Latin, Names, strangers
from tests.twin.compare import STARTS
from tests.twin.crawl import route_of
from tests.twin.inventory import addresses
from tests.twin.observers import OBSERVERS
from tests.twin.world import Story

pytestmark = pytest.mark.once
VISITORS = [*dict.fromkeys(one.name for one in OBSERVERS), "mao", "ren"]
SOME = ["", "shen", "hua", "lu", "mao", "qin", "ji", "rui"]
"""Of each kind of right one, for the short form."""
KEPT = {"中文", "English", "课"}
"""The house's own sign, and the names of the languages in themselves."""

QUOTING = ("/propose/", "/way-in/")
"""What of a charter is changed is shown in the words it is written in, in both languages; what
somebody else is sent is shown in the language in which they will read it."""


@pytest.fixture
def lived(db: None, settings: Any) -> Iterator[Cast]:
    """The ten weeks of the twins, written in Latin; files that are asked for wait for a worker."""
    settings.TASKS = WAITING
    logging.disable(logging.CRITICAL)
    yield Story(Latin()).lived()
    logging.disable(logging.NOTSET)


def paths(cast: Cast, most: int | None) -> list[str]:
    """Every address, and a personal link that opens."""
    token = issue_link(cast.qin.act(), obligation=cast.duty("moon", "cell.blue", "2030-06"))
    return [*dict.fromkeys([*STARTS, f"/d/{token}/", *addresses(cast, most)])]


def found(cast: Cast, visitors: list[str], most: int, shared_by: int) -> dict[str, str]:
    """What is said in the wrong language, and where first. Each address is asked for by one visitor
    of `shared_by`, each in turn, in both languages; a route that gives no page once is no page."""
    names = Names.of_world()
    wrong: dict[str, str] = {}
    files: set[str] = set()
    every = [path for path in paths(cast, most) if not path.endswith(QUOTING)]
    for (turn, who), lang in product(enumerate(visitors), ("en", "zh")):
        guest = Guest(cast, who, lang)
        for path in every[turn % shared_by :: shared_by]:
            if (route := route_of(path)) in files:
                continue
            page = guest.page(path)
            if page is None:
                files.add(route)
            for words in strangers(page or "", lang, names):
                if words not in KEPT:
                    wrong.setdefault(f"{lang}: {words}", f"{who or 'public'} {path}")
    return wrong


def told(wrong: dict[str, str]) -> str:
    """What was found, a line each."""
    return "\n".join(f"{words}    {where}" for words, where in sorted(wrong.items()))


def test_a_page_says_everything_in_one_language(lived: Cast):
    assert told(found(lived, SOME, 1, shared_by=8)) == ""


RECORDED = re.compile(r"\{\{ [a-z_.]*(?:_by|[a-z]_label|\.by|\.behalf) \}\}")
"""What the record calls somebody, put on a page as it stands."""
ELSEWHERE = {"{{ one.recipient_label }}", "{{ line.behalf }}"}
"""The name of a person; what the ledger's view has put in the language already."""


def test_no_template_shows_a_recorded_label_as_it_stands():
    shown = {
        f"{file.name}: {found}"
        for file in sorted(HOUSE.rglob("*.html"))
        for found in RECORDED.findall(file.read_text())
        if found not in ELSEWHERE and "id_for_label" not in found
    }
    assert shown == set()


@pytest.mark.slow
def test_every_page_says_everything_in_one_language_to_everybody(lived: Cast):
    assert told(found(lived, VISITORS, 2, shared_by=1)) == ""
