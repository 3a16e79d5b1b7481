"""What if: the programme lived many times under assumptions that stand on the page."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache, partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from keti.charter.queries import compiled, holidays, in_force, version_in_force
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.rehearsal import (
    Assumptions,
    Outlook,
    Range,
    Shift,
    changed,
    changes,
    rehearse,
)
from keti.groups.doors import enter
from keti.planning.forms.rehearse import RehearsalForm
from keti.planning.queries import recorded
from keti.planning.rules.ranges import axis, bar, scale_of

RUNS, SEED = 200, 1


@dataclass(frozen=True, slots=True)
class RehearsedWork:
    """One line of the table: what, by when, the picture, how often late."""

    title: str
    range: Range
    picture: SafeString
    late: str
    never: str
    tone: str


@dataclass(frozen=True)
class Lived:
    """What an outlook depends on, said shortly (`key`) and in full."""

    key: Hashable
    charter: Compiled = field(compare=False)
    assumed: Assumptions = field(compare=False)
    corrections: Mapping[date, bool] = field(compare=False)
    past: Mapping[str, tuple[float, ...]] = field(compare=False)


@lru_cache(maxsize=16)
def _outlook(lived: Lived) -> tuple[Outlook, tuple[Shift, ...]]:
    """The same seed under the same assumptions lives the same: played once in a process."""
    corrections, past = lived.corrections, lived.past
    outlook = rehearse(
        lived.charter, lived.assumed, runs=RUNS, seed=SEED, holidays=corrections, recorded=past
    )
    return outlook, changes(lived.charter, outlook, holidays=corrections, recorded=past)


def _key(
    charter: Hashable, assumed: Assumptions, past: Mapping[str, tuple[float, ...]]
) -> Hashable:
    hours = tuple(sorted(assumed.hours.items()))
    others = tuple(getattr(assumed, one.name) for one in fields(assumed) if one.name != "hours")
    return charter, hours, others, tuple(sorted(past.items()))


def rehearsal(request: HttpRequest, slug: str) -> HttpResponse:
    """Ranges for every duty and gate of the charter in force, under the assumptions given."""
    door = enter(request, slug)
    charter, corrections = compiled(door.programme), holidays()
    asked = "go" in request.GET
    form = RehearsalForm(request.GET if asked else None, charter, door.lang)
    fine = not asked or form.is_valid()
    past = recorded(door.programme)
    use_past = bool(form.cleaned_data.get("recorded")) if asked and fine else bool(past)
    assumed = changed(Assumptions(), form.answers if asked and fine else {})
    used = past if use_past else {}
    key = _key(version_in_force(door.programme), assumed, used)
    outlook, moved = _outlook(Lived(key, charter, assumed, corrections, used))
    mark = ", " if door.lang.startswith("en") else "、"
    titles = {one.kind: one.title.in_(door.lang) for one in outlook.ranges}
    context = {
        "door": door,
        "by": (key, door.programme.slug),
        "now": door.now,
        "zone": door.programme.zone,
        "version": in_force(door.programme),
        "form": form,
        "asked": asked,
        "outlook": outlook,
        "rows": partial(_rows, outlook.ranges, door.lang),
        "axis": partial(_axis, outlook.ranges),
        "end": outlook.end,
        "end_title": titles.get(outlook.end.kind, "") if outlook.end else "",
        "held": [(one.title.in_(door.lang), one.days) for one in outlook.held],
        "moved": [
            (one.title.in_(door.lang), one.end, titles[one.most], f"{max(one.most_late, 0):.0%}")
            for one in moved
        ],
        "past": mark.join(f"{titles.get(kind, kind)} × {len(one)}" for kind, one in past.items()),
        "use_past": use_past,
    }
    return render(request, "planning/rehearsal.html", context, status=200 if fine else 422)


def _axis(ranges: tuple[Range, ...]) -> SafeString:
    return mark_safe(axis(scale_of(ranges)))


def _rows(ranges: tuple[Range, ...], lang: str) -> list[RehearsedWork]:
    scale = scale_of(ranges)
    return [
        RehearsedWork(
            one.title.in_(lang),
            one,
            mark_safe(bar(one, scale, lang)),
            f"{one.late:.0%}",
            f"{one.never:.0%}" if one.never else "",
            "overdue" if one.late >= 0.5 else "soon" if one.late >= 0.1 else "done",
        )
        for one in sorted(ranges, key=lambda one: one.due)
    ]
