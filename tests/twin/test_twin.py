"""Twin worlds: what is hidden from somebody changes nothing of what they are shown.

Two installations are built by the same acts in the same order, with the same ids at the same
moments, and differ in what must not be known. The small form tries every route with the newest
object of each kind; `tests/prove/twin.py` follows every link and tries every id.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpRequest

from tests.acts.state import undone
from tests.twin import plants
from tests.twin.compare import SMALL, Leaks, Look, compared, letters, seen_in
from tests.twin.crawl import Crawl, Visitor
from tests.twin.observers import OBSERVERS, Observer
from tests.twin.secrets import ALL, SECRETS, World
from tests.twin.world import Story

LOOKER = next(one for one in OBSERVERS if one.name == "hua")


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Hundreds of pages that are not there are no news."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def leaks(observers: tuple[Observer, ...], hidden: frozenset[str], look: Look) -> list[Leaks]:
    """What each of these learns of the secrets that are hidden from all of them."""
    one, other = seen_in(World(), observers, look), seen_in(World(hidden), observers, look)
    return [compared(who, one[who.name], other[who.name]) for who in observers]


def told(found: list[Leaks]) -> list[str]:
    return [
        f"{one.observer.what}: {path}: {how}" for one in found for path, how in one.found.items()
    ]


def test_who_has_no_right_at_all_sees_two_equal_worlds(db: None) -> None:
    outside = tuple(one for one in OBSERVERS if one.hidden == ALL)
    assert len(outside) >= 9
    found = leaks(outside, ALL, SMALL)
    assert told(found) == []
    assert min(one.fetched for one in found) > 180


def test_who_has_some_right_learns_nothing_beyond_it(db: None) -> None:
    inside = tuple(one for one in OBSERVERS if one.name in ("rui", "rao", "ji", "lu"))
    hidden = frozenset.intersection(*(one.hidden for one in inside))
    assert len(hidden) >= 12
    assert told(leaks(inside, hidden, SMALL)) == []


def test_there_are_enough_secrets_and_observers() -> None:
    assert len(SECRETS) >= 24
    assert len(OBSERVERS) >= 10
    assert all(one.said(False) != one.said(True) for one in SECRETS.values())
    assert all(len(one.said(False)) != len(one.said(True)) for one in SECRETS.values())
    assert frozenset().union(*(one.hidden for one in OBSERVERS)) == ALL


def planted_in(world: World, kinds: dict[plants.Leak, tuple[str, ...]]) -> dict[str, Any]:
    """What the looker sees in this world under each plant, and with nothing planted."""
    found: dict[str, Any] = {}
    with undone():
        cast = Story(world).lived()
        feed = f"/cal/{cast.hua.person.feed_token}.ics"
        for leak, paths in kinds.items():
            for name, active in ((leak.__name__, [leak]), (f"no {leak.__name__}", [])):
                plants.planted[:] = active
                crawl = Crawl(Visitor(cast.hua.client))
                crawl.probe([feed if path == "feed" else path for path in paths])
                found[name] = crawl.answers
        plants.planted.clear()
        found["mail"] = letters(cast.hua.person.public_id)
    return found


def test_a_planted_leak_of_every_kind_is_found(
    db: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MIDDLEWARE = ["tests.twin.plants.Plant", *settings.MIDDLEWARE]
    one, other = planted_in(World(), plants.PLANTS), planted_in(World(ALL), plants.PLANTS)
    missed = [
        leak.__name__
        for leak in plants.PLANTS
        if not compared(LOOKER, one[leak.__name__], other[leak.__name__]).found
    ]
    assert missed == []
    without = [
        (leak.__name__, found)
        for leak in plants.PLANTS
        if (
            found := compared(
                LOOKER, one[f"no {leak.__name__}"], other[f"no {leak.__name__}"]
            ).found
        )
    ]
    assert without == []
    assert compared(LOOKER, one["mail"], other["mail"]).found == {}


def test_a_leak_planted_in_the_post_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keti.notify.actions.packing.plain", plants.in_a_letter)
    one, other = planted_in(World(), {}), planted_in(World(ALL), {})
    assert one["mail"]
    assert compared(LOOKER, one["mail"], other["mail"]).found


def test_a_row_that_is_shown_too_widely_is_found(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not planted in an answer but in a right: the rule of a room lets everything through."""
    monkeypatch.setattr("keti.meetings.permissions.visible", lambda sight, meetings: meetings)
    paths = {_nothing: ("/p/cast/meetings/", "/search/?q=会议")}
    one, other = planted_in(World(), paths), planted_in(World(ALL), paths)
    assert compared(LOOKER, one["_nothing"], other["_nothing"]).found


def _nothing(request: HttpRequest, response: Any) -> None:
    """Leaves the answer as it is."""
