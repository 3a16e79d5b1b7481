"""What is past when it is born: dropped, or begun anew. Nothing is ever born overdue. Pure.

What was due on the day of the founding, or by the midnight it began with, is due at its end. What
recurs (has a period) and is past is dropped: nobody can hand in last month's report any more.
What is owed once is begun anew, and with it what needs it and would be due before it. The first of
it is due so long after the birth as the charter gives to whoever is asked for something
(`obligations.late.respond`), at the end of that day; the others keep their distance from the first,
and so their order. Of a group that an amendment brings, only what a group begins with is begun
anew, all of it where any is past; the rest of its past stays past.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from keti.charter.rules.compiled import Compiled, ObligationSpec
from keti.charter.rules.wording import ANEW
from keti.kernel.forms_of_work import FORMS
from keti.kernel.terms import end_of_day, term_ends
from keti.planning.rules.reality import CANCELLED, Reality

BEGINS = frozenset(one.key for one in FORMS if one.begins)
"""What a group begins with, by form."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A charter as its programme is founded: what is owed, what was dropped, what begins anew."""

    charter: Compiled
    dropped: tuple[ObligationSpec, ...] = ()
    anew: tuple[ObligationSpec, ...] = ()


def born(charter: Compiled, at: datetime) -> Birth:
    """The charter founded at `at` (UTC): nothing of it is due by then."""
    zone = ZoneInfo(charter.tz)
    today = at.astimezone(zone).date()
    past = [one for one in charter.obligations if one.due_at <= at]
    still = {
        one.key: replace(one, due_at=end_of_day(today, zone).astimezone(UTC), due_rule=ANEW)
        for one in past
        if one.due_at.astimezone(zone).date() == today
    }
    past = [one for one in past if one.key not in still]
    dropped = tuple(one for one in past if one.period)
    again = spread((one for one in past if not one.period), at, charter)
    while more := [one for one in charter.obligations if _comes_first(one, again)]:
        mine = [one for one in charter.obligations if one.key in again]
        again = spread([*mine, *more], at, charter)
    again |= still
    gone = {one.key for one in dropped}
    owed = tuple(
        again.get(one.key, one) for one in charter.obligations if one.key not in gone
    )  # fmt: skip
    return Birth(replace(charter, obligations=owed), dropped, tuple(again.values()))


def _comes_first(one: ObligationSpec, again: dict[str, ObligationSpec]) -> bool:
    """Is it owed once, not begun anew yet, and due before something it needs that is?"""
    if one.period or one.key in again:
        return False
    return any(need in again and again[need].due_at > one.due_at for need in one.needs)


def with_late_groups(
    desired: Compiled, reality: Reality, at: datetime, since: datetime | None = None
) -> Compiled:
    """What an amendment wants that takes effect at `at`: a group it brings begins from then, or
    from `since`, the instant it was proposed for, while that leaves time. What was begun anew
    before keeps its day, until the charter gives a later one."""
    standing = {one.key for one in reality.groups if not one.ended}
    known = {one.key: one for one in reality.duties}
    fresh: dict[str, list[ObligationSpec]] = {}
    kept: dict[str, ObligationSpec] = {}
    for one in desired.obligations:
        now = known.get(one.key)
        if now is not None and now.anew and now.state != CANCELLED:
            if one.due_at > now.due_at:
                continue
            kept[one.key] = replace(one, due_at=now.due_at, due_rule=ANEW)
        elif one.group not in standing and one.form in BEGINS:
            fresh.setdefault(one.group, []).append(one)
    for begins in fresh.values():
        if any(one.due_at <= at for one in begins):
            kept |= _begun(begins, at, since, desired)
    owed = tuple(kept.get(one.key, one) for one in desired.obligations)
    return replace(desired, obligations=owed) if kept else desired


def _begun(
    late: list[ObligationSpec], at: datetime, since: datetime | None, charter: Compiled
) -> dict[str, ObligationSpec]:
    made = spread(late, since or at, charter)
    in_time = all(one.due_at > at for one in made.values())
    return made if in_time else spread(late, at, charter)


def spread(
    past: Iterable[ObligationSpec], at: datetime, charter: Compiled
) -> dict[str, ObligationSpec]:
    """Those with new days: the first when the charter's term from `at` is over, the others at the
    distance they had from it, by the local clock."""
    zone = ZoneInfo(charter.tz)
    ordered = sorted(past, key=lambda one: one.due_at)
    if not ordered:
        return {}
    first = _wall(ordered[0].due_at, zone)
    start = _wall(term_ends(at, charter.late.within, zone), zone)
    return {
        one.key: replace(
            one,
            due_at=(start + (_wall(one.due_at, zone) - first)).replace(tzinfo=zone).astimezone(UTC),
            due_rule=ANEW,
        )
        for one in ordered
    }


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
