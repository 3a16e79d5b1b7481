"""Twin worlds, whole: every link followed, every id tried, each observer against exactly what is
hidden from them. Run by `python -m tests.prove twin`; the suite does not collect it."""

import logging
import time

import pytest

from tests.twin.compare import WHOLE, compared, seen_in
from tests.twin.observers import OBSERVERS, Observer


@pytest.mark.parametrize("observer", OBSERVERS, ids=lambda one: one.what)
def test_an_observer_sees_two_equal_worlds(db: None, observer: Observer) -> None:
    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    one, other = (seen_in(world, (observer,), WHOLE)[observer.what] for world in observer.worlds)
    found = compared(observer, one, other)
    print(
        f"{observer.what}: {len(observer.hidden)} secrets, {found.fetched} addresses, "
        f"{found.shown} of them shown, {len(found.found)} leaks, {time.monotonic() - began:.0f} s",
        flush=True,
    )
    assert "\n".join(f"{path}: {how}" for path, how in found.found.items()) == ""
