"""The charter in force, compiled."""

from collections.abc import Hashable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Cast

from keti.charter.models import CharterVersion
from keti.charter.rules import Compiled, load
from keti.charter.rules.dates import FULL_DAY, add_months, at_local, duration
from keti.charter.rules.numbers import only_tongue
from keti.charter.rules.workdays import Workdays
from keti.kernel.once import once
from keti.kernel.prepared import prepared
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
    hashes, days = _law(programme)
    if not hashes:
        raise CharterVersion.DoesNotExist(f"{programme.slug} has no charter")
    return _chained(hashes, days)


def only_language(programme: Programme) -> str:
    """The language of letters to who is entered in a programme that speaks one alone; '' where it
    speaks both and the name decides."""
    return {"en": "en", "zh": "zh-hans"}.get(only_tongue(compiled(programme).langs), "")


def access_ends(programme: Programme) -> datetime | None:
    """When the participants' right to read the inner pages ends (`privacy.access`), in UTC: the
    end of a local day. None while the programme runs, and where its charter sets no term."""
    if programme.closed_at is None:
        return None
    term = compiled(programme).blocks["privacy"]["access"]
    if not term:
        return None
    length = duration(term)
    day = add_months(programme.local(programme.closed_at).date(), length.months, "down")
    return at_local(day + timedelta(days=length.days), FULL_DAY, programme.tz)


def compiled_as(programme: Programme, sha256: str) -> Compiled:
    """The version of this hash as values: what something that began under it stands by."""
    hashes, days = _law(programme)
    return _chained(hashes[: hashes.index(sha256) + 1], days)


Days = tuple[tuple[date, bool], ...]


def _law(programme: Programme) -> tuple[tuple[str, ...], Days]:
    """The versions of the programme's charter, oldest first, and the corrections of the calendar:
    read together, also where nothing is known from before (while an act runs)."""

    def read() -> tuple[tuple[str, ...], Days]:
        rows = prepared(("charter.hashes",), _versions_and_days, programme.pk)
        days: Days = tuple(sorted(one[2:] for one in rows if not one[0]))
        once("charter.holidays", lambda: days)
        versions = sorted(rows, key=itemgetter(0))
        return tuple(sha256 for number, sha256, *_ in versions if number), days

    return once(("charter.hashes", programme.pk), read)


def _versions_and_days(programme: int) -> QuerySet[Any, tuple[int, str, date, bool]]:
    """Hashes under their numbers and, under 0, the days of the calendar: one statement, for every
    page asks for both."""
    no_day = Cast(Value(None), DateField())
    versions = CharterVersion.objects.filter(programme=programme).order_by()
    days = Holiday.objects.order_by().values_list(Value(0), Value(""), "date", "is_workday")
    return versions.values_list("number", "sha256", no_day, Value(True)).union(days, all=True)


def version_in_force(programme: Programme) -> Hashable:
    """What `compiled` depends on: the hashes up to the charter in force, and the corrections of the
    calendar. Read once a request."""
    return _law(programme)


def working_day_after(programme: Programme, at: datetime) -> datetime:
    """The end of the first working day after the day that ends at `at`, by the charter's calendar
    and the installation's corrections."""
    days = Workdays(compiled(programme).workdays, holidays())
    last = programme.local(at - timedelta(microseconds=1)).date()
    return at_local(days.add(last, 1), FULL_DAY, programme.tz)


def holidays() -> dict[date, bool]:
    """The installation's corrections of the working-day table: date -> is a working day."""
    return dict(_holidays())


def named_holidays() -> dict[date, tuple[bool, str]]:
    """The installation's own days as they were said: date -> is worked, what it is called."""
    rows = Holiday.objects.order_by("date").values_list("date", "is_workday", "name")
    return {day: (works, name) for day, works, name in rows}


def _holidays() -> Days:
    return once("charter.holidays", _corrections)


def _corrections() -> Days:
    return tuple(prepared(("charter.holidays",), _corrected))


def _corrected() -> QuerySet[Holiday, tuple[date, bool]]:
    return Holiday.objects.order_by("date").values_list("date", "is_workday")


@lru_cache(maxsize=16)
def _chained(hashes: tuple[str, ...], corrections: tuple[tuple[date, bool], ...]) -> Compiled:
    *before, newest = hashes
    value = _compiled(newest, corrections)
    return replace(value, earlier=_chained(tuple(before), corrections)) if before else value


@lru_cache(maxsize=16)
def _compiled(sha256: str, corrections: tuple[tuple[date, bool], ...]) -> Compiled:
    """A text is read only when its hash is new to this process: the hash says all about it."""
    text, name = CharterVersion.objects.filter(sha256=sha256).values_list("text", "name")[0]
    value, findings = load(text, name, dict(corrections))
    if value is None:
        wrong = [one.as_text("en") for one in findings if one.severity == "error"]
        raise ValueError(f"{name}: {wrong[0] if wrong else 'cannot be read'}")
    return value
