"""Twin worlds: what is hidden from somebody changes nothing of what they are shown.

Two installations are built by the same acts in the same order, with the same ids at the same
moments, and differ in what must not be known. Here the addresses are shared among the observers;
`make prove` tries each by each (`each.py`), and `whole.py` follows every link with every id.

On SQLite, which gives numbers of rows back when a world is taken back; PostgreSQL counts on.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from keti.meetings import permissions as meetings
from keti.notify.channels.smtp.packing import plain
from tests.acts.listed import replaced
from tests.acts.state import undone
from tests.cast import Cast
from tests.twin import plants, rightful
from tests.twin.compare import SHARED, Leaks, Seen, compared, letters, seen_now
from tests.twin.crawl import Crawl, Visitor
from tests.twin.observers import OBSERVERS, Observer
from tests.twin.secrets import ALL, SECRETS, World
from tests.twin.world import Story

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.xdist_group("twin"),
    pytest.mark.skipif(connection.vendor == "postgresql", reason="its row numbers count on"),
]
LOOKER = next(one for one in OBSERVERS if one.name == "hua")
NOBODY = [
    one
    for one in OBSERVERS
    if one.name in ("", "wu", "shen", "hua", "an", "lian", "yu", "tao") and not one.later
]
"""Those without any right; the others, each alone, are in `tests.twin.each`."""


@dataclass
class Lived:
    """One world: what the observers saw, what the rightful did, and what leaked by plan."""

    seen: dict[str, Seen]
    rightful: dict[str, str]
    planted: dict[str, Any]


@pytest.fixture(scope="module")
def quiet(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[None]:
    """The database for the whole module, files apart; hundreds of missing pages are no news."""
    logging.disable(logging.CRITICAL)
    folder: Path = tmp_path_factory.mktemp("twin")
    with django_db_blocker.unblock(), override_settings(KETI_DATA=str(folder)):
        yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def twins(quiet: None) -> tuple[Lived, Lived]:
    """The two worlds in which every secret is said differently, each built once."""
    return lived(World()), lived(World(ALL))


def lived(world: World) -> Lived:
    """Everything that is to be known of one world."""
    with undone():
        cast = Story(world).lived()
        seen = seen_now(cast, NOBODY, SHARED, later=False)
        return Lived(seen, rightful.shown(cast), planted_in(cast, plants.PLANTS))


def told(found: list[Leaks]) -> str:
    """The leaks, a line each."""
    return "\n".join(
        f"{one.observer.what}: {path}: {how}" for one in found for path, how in one.found.items()
    )


def leaks(one: dict[str, Seen], other: dict[str, Seen], whose: list[Observer]) -> list[Leaks]:
    """What each of these learns."""
    return [compared(who, one[who.what], other[who.what]) for who in whose]


def test_who_has_no_right_at_all_sees_two_equal_worlds(twins: tuple[Lived, Lived]) -> None:
    found = leaks(twins[0].seen, twins[1].seen, NOBODY)
    assert told(found) == ""
    assert min(one.fetched for one in found) > 70
    assert min(one.shown for one in found if one.observer.name in ("hua", "an", "lian")) > 20


def test_the_rightful_find_every_secret(twins: tuple[Lived, Lived]) -> None:
    assert rightful.RIGHTFUL.keys() == ALL
    assert rightful.unseen(twins[0].rightful, twins[1].rightful) == []


def test_there_are_enough_secrets_and_observers() -> None:
    assert len(SECRETS) >= 24
    assert len({one.name for one in NOBODY}) >= 7
    assert len({one.name for one in OBSERVERS}) >= 10
    assert all(one.said(False) != one.said(True) for one in SECRETS.values())
    assert all(len(one.said(False)) != len(one.said(True)) for one in SECRETS.values())
    assert frozenset().union(*(one.hidden for one in OBSERVERS)) == ALL


def planted_in(cast: Cast, kinds: dict[plants.Leak, tuple[str, ...]]) -> dict[str, Any]:
    """What the looker sees in this world under each plant, and with nothing planted."""
    found: dict[str, Any] = {}
    feed = f"/cal/{cast.hua.person.feed_token}.ics"
    with override_settings(MIDDLEWARE=["tests.twin.plants.Plant", *settings.MIDDLEWARE]):
        visitor = Visitor(cast.hua.client)
    for leak, paths in kinds.items():
        for name, active in ((leak.__name__, [leak]), (f"no {leak.__name__}", [])):
            plants.planted[:] = active
            crawl = Crawl(visitor)
            crawl.probe([feed if path == "feed" else path for path in paths])
            found[name] = crawl.answers
    plants.planted.clear()
    with replaced({"plain": (plain, plants.in_a_letter)}):
        found["post"] = letters(cast.hua.person.public_id)
    found["no post"] = letters(cast.hua.person.public_id)
    with replaced({"visible": (meetings.visible, lambda sight, rows: rows)}):
        found["right"] = probed(visitor)
    found["no right"] = probed(visitor)
    return found


def probed(visitor: Visitor) -> Seen:
    """Where meetings are listed and found."""
    crawl = Crawl(visitor)
    crawl.probe(("/p/cast/meetings/", "/search/?q=会议"))
    return crawl.answers


KINDS = [*(leak.__name__ for leak in plants.PLANTS), "post", "right"]
"""Each kind of leak in an answer; one in the post; and a right that lets every row through."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_planted_leak_is_found(twins: tuple[Lived, Lived], kind: str) -> None:
    one, other = (lived.planted for lived in twins)
    assert compared(LOOKER, one[kind], other[kind]).found
    assert compared(LOOKER, one[f"no {kind}"], other[f"no {kind}"]).found == {}
