"""Fixtures shared by every room: a data folder per test, and the cast in a small programme."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from keti.kernel import ids
from tests.cast import Cast, assemble

CHARTER = Path(__file__).parent / "tests" / "cast.yaml"


@pytest.fixture(autouse=True)
def _own_data_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.KETI_DATA = str(tmp_path)
    yield
    ids.unseed()


@pytest.fixture
def cast(db: None) -> Cast:
    """Qin, Lu, Mao, Ji, Ren, Wu and their neighbours, in a small founded programme."""
    return assemble(CHARTER)
