"""The charter in force, compiled."""

from datetime import date
from functools import lru_cache

from keti.charter.models import CharterVersion
from keti.charter.rules import Compiled, load
from keti.programmes.models import Holiday, Programme


def in_force(programme: Programme) -> CharterVersion:
    """The newest version applied to the programme."""
    version = CharterVersion.objects.filter(programme=programme).order_by("-number").first()
    if version is None:
        raise CharterVersion.DoesNotExist(f"{programme.slug} has no charter")
    return version


def compiled(programme: Programme) -> Compiled:
    """The charter in force as values: groups, roles, dates, obligations, gates."""
    version = in_force(programme)
    return _compiled(version.text, version.name, _holidays())


def holidays() -> dict[date, bool]:
    """The installation's corrections of the working-day table: date -> is a working day."""
    return dict(_holidays())


def _holidays() -> tuple[tuple[date, bool], ...]:
    return tuple(Holiday.objects.order_by("date").values_list("date", "is_workday"))


@lru_cache(maxsize=16)
def _compiled(text: str, name: str, corrections: tuple[tuple[date, bool], ...]) -> Compiled:
    value, findings = load(text, name, dict(corrections))
    if value is None:
        raise ValueError(f"{name}: {findings[0].as_text('en') if findings else 'cannot be read'}")
    return value
