"""The mutants: every function that asks or filters in a room's permissions, answering too much."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from inspect import getmembers, isfunction
from typing import Any, get_args, get_origin, get_type_hints

from django.db.models import Q, QuerySet

from keti.activities.models import Activity, OutsideGuest, RegionSheet, Spot
from keti.charter.rules.shape import Verb
from keti.drafts.models import Draft
from keti.duties.models import Obligation
from keti.gatherings.models import Invitee
from keti.groups.models import Group, Seat
from keti.groups.permissions import Sight
from keti.groups.queries import standing
from keti.honours.permissions import honours_of
from keti.jobs.models import Job
from keti.kernel.refusals import YES, Verdict
from keti.lists.models import SavedView
from keti.media.models import Speaker
from keti.programmes.models import Programme
from keti.promises.models import Benefit, Exhibit
from keti.release.models import ProofEntry
from keti.research.models import CaseApproval, FactCheck, Link, Uptake
from tests.house.sources import HOUSE

Function = Callable[..., Any]
Instead = Callable[..., Any]
"""What a mutant does: it is handed the original and what the original was handed."""
EVERY = Q(pk__isnull=False)
"""A condition that holds of every row; an empty one would vanish beside another."""

BARS = frozenset(
    {
        "duties._caused",
        "duties._gains",
        "groups.Sight.external",
        "groups.Sight.stands_aside_from",
        "groups.gains",
        "groups.same_side",
        "research._is_named",
        "research._wrote",
        "research.involved",
        "site.barred",
        "site.lacks_factor",
        "witness.keeps",
    }
)
"""Questions whose yes takes something away: their mutants say no."""

NEITHER = {
    "documents._frees": "words: when a quota frees",
    "duties._pools": "where the rows of `_asked_of` are looked for, which is mutated",
    "duties._bare": "a seat as somebody who sees nothing yet",
    "groups.Sight.programme_id": "a name of a column",
    "groups.opens_for_renewal": "a moment, read by the check beside it",
    "groups._held_by": "the rows of `reading_seats`, which is mutated",
    "groups.Sight.key": "what a kept statement depends on, no check",
    "honours.honours_of": "what the charter says of its honours",
    "honours._side": "a seat, as the rules of conflict want it",
    "intake.call_of_admission": "the call behind a decision, to be asked about",
    "intake._sitting": "the rows of `manages`, which is mutated",
    "letters.approvers": "whom the charter names; `may_approve` asks",
    "letters._listed": "one word or several, as a list",
    "monitoring.recorded_for": "what a page reads beside its rows; the act asks `_recorded_for`",
    "monitoring._recorded": "the rows of `_recorded_for`, which is mutated",
    "planning._refused": "words of a refusal",
    "reports._state": "words",
    "reports.readers_of": "words",
    "review._chapters": "the rows of `_chapter_authors`, which is mutated",
    "review._pinned": "the rows that `pinned` reads",
    "review._author": "who wrote something, as the rules of conflict want it",
    "review._person": "a name of two columns",
    "review._side": "a seat, as the rules of conflict want it",
    "review.pinned": "what is judged in a round, to be asked about",
    "review._written": "who wrote something, as the rules of conflict want it",
    "review.spec_of": "what the charter says of a gate",
}
"""What stands among the permissions and neither asks nor filters."""


@dataclass(frozen=True)
class Mutant:
    """One function of one room, and what stands in its place."""

    name: str
    function: Function
    instead: Instead


def _seen(sight: Sight) -> Sight:
    return replace(sight, everything=True, barred=frozenset())


def _everybody(programme: Programme, at: Any) -> list[Seat]:
    return list(standing(programme, at))


def _works(seat: Seat, charter: Any) -> list[str]:
    return sorted(work.key for work in charter.works)


def _of(model: Any, sight: Sight) -> Any:
    return model.objects.filter(programme=sight.programme_id)


def _at(model: Any, sight: Sight) -> Any:
    return model.objects.filter(activity__programme=sight.programme_id)


BY_HAND: dict[str, Instead] = {
    "activities.activities_in_sight": lambda f, sight: _of(Activity, sight),
    "activities.guests_in_sight": lambda f, sight: _at(OutsideGuest, sight),
    "activities.sheets_in_sight": lambda f, sight: _of(RegionSheet, sight),
    "activities.spots_in_sight": lambda f, sight: _at(Spot, sight),
    "drafts.visible": lambda f, person: Draft.objects.all(),
    "promises.benefits_in_sight": lambda f, sight: _of(Benefit, sight),
    "promises.exhibits_in_sight": lambda f, sight: _of(Exhibit, sight),
    "promises.promises_in_sight": lambda f, sight: _of(Obligation, sight).filter(form="promise"),
    "gatherings.invitees_in_sight": lambda f, sight: _of(Invitee, sight),
    "release.proofs_in_sight": lambda f, sight: _of(ProofEntry, sight),
    "research.approvals_in_sight": lambda f, sight: _of(CaseApproval, sight),
    "research.asked_about": lambda f, seat: CaseApproval.objects.all(),
    "research.checks_in_sight": lambda f, sight: _of(FactCheck, sight),
    "research.uptakes_in_sight": lambda f, sight: _of(Uptake, sight),
    "research.links_in_sight": lambda f, sight: _of(Link, sight).filter(ended_at=None),
    "duties._own_side": lambda f, seat: Seat.objects.none(),
    "duties.beneficiary": lambda f, act, duty: None,
    "duties.counts_from": lambda f, act, duty: act.happened_at,
    "duties.lateness_watchers": lambda f, programme: frozenset(("holder", *get_args(Verb))),
    "duties.waiting_for": lambda f, sight, states=(): Obligation.objects.filter(
        Q(state__in=states) if states else EVERY, programme=sight.programme_id
    ),
    "groups._recorded_for": lambda f, act, seat, programme: act.on_behalf_of,
    "groups._sight": lambda f, seat, visitor, recusals: f(seat, visitor, []),
    "groups.acting_seat": lambda f, act, programme: act.seat,
    "groups.counted_at": lambda f, act, beneficiary: act.happened_at,
    "groups.reading_seats": lambda f, person, at: list(Seat.objects.of(person).with_names()),
    "groups.principal": lambda f, act, programme: act.on_behalf_of or act.seat,
    "groups.sight_of": lambda f, seat, visitor=None: _seen(f(seat, visitor)),
    "groups.sights": lambda f, seats, visitor=None: [_seen(one) for one in f(seats, visitor)],
    "groups.terms_run_from": lambda f, act, programme: act.happened_at,
    "groups.visible_groups": lambda f, sight, programme: Group.objects.filter(programme=programme),
    "honours.conflict": lambda f, decider, nominee: "",
    "honours._decides": lambda f, sight: list(honours_of(sight.seat.programme)),
    "intake.manages": lambda f, person: list(Programme.objects.values_list("pk", flat=True)),
    "jobs.visible": lambda f, person: Job.objects.select_related("programme"),
    "letters.visible": lambda f, sight, rows: rows.filter(programme=sight.programme_id),
    "media.visible": lambda f, sight, rows, me=None: rows.filter(programme=sight.programme_id),
    "media.without_consent": lambda f, purpose: Speaker.objects.none(),
    "lists.visible": lambda f, person: SavedView.objects.all(),
    "reports._gathered": lambda f, seat, charter: _works(seat, charter),
    "reports._judged": lambda f, seat, charter: sorted(
        {key for gate in charter.gates for key in gate.inputs}
    ),
    "reports.readers": lambda f, report, act: _everybody(report.programme, act.recorded_at),
    "review._chapter_authors": lambda f, pins: [],
    "review._homes": lambda f, gate, seats: {},
    "review._voiceless": lambda f, gate, seats: [],
    "review.deciders": lambda f, gate, at: _everybody(gate.programme, at),
    "review.declared_aside": lambda f, seats, declared: {},
    "review.detected": lambda f, gate, seats: {},
}
"""Mutants of what answers neither by a word nor by a condition."""


def functions() -> Iterator[tuple[str, Function]]:
    """Every function and method of every room's permissions, by `room.name`."""
    for file in sorted(HOUSE.glob("*/permissions*")):
        room = file.parent.name
        module = import_module(f"keti.{room}.permissions")
        for name, function in getmembers(module, isfunction):
            if function.__module__ == module.__name__ and name == function.__name__:
                yield f"{room}.{name}", function
    for name, value in vars(Sight).items():
        function = value.fget if isinstance(value, property) else value
        if isfunction(function) and not name.startswith("__"):
            yield f"groups.Sight.{name}", function


def _is_rows(kind: Any) -> bool:
    kind = get_origin(kind) or kind
    return isinstance(kind, type) and issubclass(kind, QuerySet)


def _by_type(name: str, function: Function) -> Instead | None:
    """What stands in place of a function by what it takes and answers."""
    hints = get_type_hints(function)
    made, given = hints.pop("return"), list(hints.values())
    if made is Verdict:
        return lambda f, *args, **kwargs: YES
    if made is bool:
        return lambda f, *args, **kwargs: name not in BARS
    if made is type(None):
        return lambda f, *args, **kwargs: None
    if made is Q:
        return lambda f, *args, **kwargs: EVERY
    if _is_rows(made) and len(given) > 1 and _is_rows(given[1]):
        return lambda f, who, rows, *more: rows
    return None


def mutants() -> dict[str, Mutant]:
    """All of them. Who adds a function that is of no known kind says here what it is."""
    found = {}
    for name, function in functions():
        if name in NEITHER:
            continue
        instead = BY_HAND.get(name) or _by_type(name, function)
        assert instead is not None, f"{name}: neither a check nor a filter that is known"
        found[name] = Mutant(name, function, instead)
    return found
