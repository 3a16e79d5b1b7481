"""The walk to the end, for every test of the room."""

import pytest

from keti.release.tests.ending import Walk
from tests.cast import Cast


@pytest.fixture
def walk(cast: Cast) -> Walk:
    """The cast's programme, ready to be walked to its end."""
    return Walk(cast)
