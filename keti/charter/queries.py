"""The charter in force, compiled."""

from dataclasses import replace
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
    """The charter in force as values: groups, roles, dates, obligations, gates.

    What it no longer declares is still found by its key, as the last version that declared it.
    """
    versions = CharterVersion.objects.filter(programme=programme).order_by("number")
    texts = tuple(versions.values_list("text", "name"))
    if not texts:
        raise CharterVersion.DoesNotExist(f"{programme.slug} has no charter")
    return _chained(texts, _holidays())


def compiled_as(programme: Programme, sha256: str) -> Compiled:
    """The version of this hash as values: what something that began under it stands by."""
    versions = CharterVersion.objects.filter(programme=programme).order_by("number")
    texts = tuple(versions.values_list("text", "name", "sha256"))
    until = next(place for place, (_, _, one) in enumerate(texts) if one == sha256)
    return _chained(tuple((text, name) for text, name, _ in texts[: until + 1]), _holidays())


def holidays() -> dict[date, bool]:
    """The installation's corrections of the working-day table: date -> is a working day."""
    return dict(_holidays())


def _holidays() -> tuple[tuple[date, bool], ...]:
    return tuple(Holiday.objects.order_by("date").values_list("date", "is_workday"))


@lru_cache(maxsize=16)
def _chained(
    texts: tuple[tuple[str, str], ...], corrections: tuple[tuple[date, bool], ...]
) -> Compiled:
    *before, (text, name) = texts
    value = _compiled(text, name, corrections)
    return replace(value, earlier=_chained(tuple(before), corrections)) if before else value


@lru_cache(maxsize=16)
def _compiled(text: str, name: str, corrections: tuple[tuple[date, bool], ...]) -> Compiled:
    value, findings = load(text, name, dict(corrections))
    if value is None:
        raise ValueError(f"{name}: {findings[0].as_text('en') if findings else 'cannot be read'}")
    return value
