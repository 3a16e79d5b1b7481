"""Twin worlds, whole: every link followed, every id tried, each observer against exactly what is
hidden from them."""

import logging

import pytest

from tests.twin.compare import WHOLE, compared, seen_in
from tests.twin.observers import OBSERVERS, Observer
from tests.twin.secrets import World


@pytest.mark.parametrize("observer", OBSERVERS, ids=lambda one: one.what)
def test_an_observer_sees_two_equal_worlds(db: None, observer: Observer) -> None:
    logging.disable(logging.CRITICAL)
    worlds = (World(), World(observer.hidden))
    one, other = (seen_in(world, (observer,), WHOLE)[observer.name] for world in worlds)
    found = compared(observer, one, other)
    print(f"{observer.what}: {found.fetched} addresses, {len(found.found)} differ")
    assert found.found == {}


def main(arguments: list[str]) -> int:
    """Every observer, one after another; 0 when nobody learns anything."""
    return int(pytest.main([__file__, "-q", "-s", *arguments]))
