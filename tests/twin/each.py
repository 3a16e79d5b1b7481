"""Twin worlds, each address by each observer: exactly what is hidden from somebody is different."""

import logging

import pytest

from tests.twin.compare import SMALL, compared, seen_in
from tests.twin.observers import OBSERVERS, Observer


@pytest.mark.parametrize("observer", OBSERVERS, ids=lambda one: one.what)
def test_an_observer_sees_two_equal_worlds(db: None, observer: Observer) -> None:
    logging.disable(logging.CRITICAL)
    try:
        one, other = (seen_in(each, (observer,), SMALL) for each in observer.worlds)
    finally:
        logging.disable(logging.NOTSET)
    assert compared(observer, one[observer.what], other[observer.what]).found == {}
