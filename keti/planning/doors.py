"""The door of an empty installation: the one-time token, and what templates there are."""

from pathlib import Path
from secrets import compare_digest

from django.conf import settings

from keti.accounts.queries import has_founder


def is_empty() -> bool:
    """Nobody is registered who may found a programme."""
    return not has_founder()


def _token_file() -> Path:
    return Path(settings.KETI_DATA) / "first-run-token"


def token_fits(token: str) -> bool:
    """True when this is the one-time token that the terminal printed."""
    file = _token_file()
    if not file.exists():
        return False
    return compare_digest(file.read_text().strip().encode(), token.strip().encode())


def spend_token() -> None:
    """The token was used; it opens nothing any more."""
    _token_file().unlink(missing_ok=True)


def charters_folder() -> Path:
    """Where the shipped charters lie: in the wheel beside the package, or in the source tree."""
    package = Path(settings.PACKAGE)
    inside = package / "charters"
    return inside if inside.is_dir() else package.parent / "charters"
