"""Styles and scripts lie in the data folder under names made of what is in them: laid out once, and
anew after anything about the originals has changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders


def are_laid_out() -> bool:
    """Whether what lies there was made of the originals as they are."""
    try:
        return _stamp().read_text() == _told()
    except FileNotFoundError:
        return False


def note() -> None:
    """They were laid out just now."""
    _stamp().write_text(_told())


def _stamp() -> Path:
    return Path(settings.KETI_DATA) / "static-laid-out"


def _told() -> str:
    """A fingerprint of the names, sizes and times of all originals, and of the list of what lies
    there; raises FileNotFoundError where nothing does."""
    found = hashlib.sha256((Path(settings.STATIC_ROOT) / "staticfiles.json").read_bytes())
    for finder in get_finders():
        for name, storage in finder.list([]):
            told = Path(storage.path(name)).stat()
            found.update(f"{name} {told.st_size} {told.st_mtime_ns}\n".encode())
    return found.hexdigest()
