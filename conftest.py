"""Test set-up shared by every room: settings, the cast, a small programme."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("KETI_DATA", tempfile.mkdtemp(prefix="keti-test-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keti.settings")

import pytest  # noqa: E402

from tests.cast import Cast, assemble  # noqa: E402


@pytest.fixture(autouse=True)
def _quiet_storage(settings, tmp_path_factory):  # type: ignore[no-untyped-def]
    settings.KETI_DATA = str(tmp_path_factory.mktemp("data"))
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture
def cast(db) -> Cast:  # type: ignore[no-untyped-def]
    """Qin, Lu, Mao, Ji, Ren, Wu and their neighbours, in a small founded programme."""
    return assemble(Path(__file__).parent / "tests" / "cast.yaml")
