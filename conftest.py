"""Fixtures shared by every room: a data folder per test, and the cast in a small programme."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.utils import translation

from keti.groups.doors import unchanged
from keti.kernel import guarded, ids, prepared
from keti.kernel.models import SimulatedInstant
from keti.ledger import doors as whole
from tests.cast import Cast, assemble, recall
from tests.clearing import clear

# a busy machine draws its examples slowly; that says nothing of what is drawn
hypothesis.settings.register_profile(
    "house", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.load_profile("house")

CHARTER = Path(__file__).parent / "tests" / "cast.yaml"


@pytest.fixture(autouse=True)
def _own_data_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.KETI_DATA = str(tmp_path)
    guarded.forget()
    yield
    whole.forget()
    unchanged.forget()
    ids.unseed()
    translation.deactivate()


def pytest_configure() -> None:
    """Every prepared read is compared with what its queryset asks, and every page that is kept
    whole, and all that is kept for one, with what would be drawn; an act that changes more than its
    lines tell is found."""
    prepared.checking = True
    guarded.checking = True
    whole.checking = True
    unchanged.checking = True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The cast's programme is founded once; every test sees it and leaves it as it was."""
    with django_db_blocker.unblock():
        assemble(CHARTER)
        SimulatedInstant.objects.all().delete()


@pytest.fixture
def cast(db: None) -> Cast:
    """Qin, Lu, Mao, Ji, Ren, Wu and their neighbours, in a small founded programme."""
    return recall()


@pytest.fixture
def empty_house(db: None) -> None:
    """A database in which nothing was founded yet, for the time of one test."""
    clear()


@pytest.fixture
def elsewhere(db: None, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process with a database of its own, of the kind this run has."""
    env = os.environ | {"KETI_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "keti.settings"}
    if connection.vendor != "postgresql":
        yield env
        return
    psycopg = pytest.importorskip("psycopg")
    url, name = os.environ["DATABASE_URL"], f"before_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        yield env | {"DATABASE_URL": url.replace("/keti?", f"/{name}?")}
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database is run again: the rest was run on SQLite."""
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    rest = [one for one in items if not _asks_the_database(one)]
    config.hook.pytest_deselected(items=rest)
    items[:] = [one for one in items if _asks_the_database(one)]


def _asks_the_database(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    needs = set(getattr(item, "fixturenames", ()))
    return bool(needs & {"db", "transactional_db"}) or bool(item.get_closest_marker("django_db"))
