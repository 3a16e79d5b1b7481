"""What many runs have in common: ranges, shares late, what holds the end, what would help. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from keti.charter.rules.compiled import Compiled
from keti.charter.rules.rehearsal.assumptions import Assumptions
from keti.charter.rules.rehearsal.course import CLOSING, Course, course_of
from keti.charter.rules.rehearsal.run import NEVER, Lived, Run
from keti.kernel.acts import Text

RUNS, SEED, VARIANT_RUNS = 500, 1, 40
MOST_RUNS, MOST_VARIANTS = 5_000, 16
EPSILON = 1e-9
LEAST_DAYS, LEAST_SHARE = 0.05, 0.02


@dataclass(frozen=True, slots=True)
class Range:
    """When one kind of duty or gate was over: in one run of ten, of two, in nine of ten.

    `late` is the share of its instances that were over after their due date.
    """

    kind: str
    title: Text
    form: str
    due: date
    p10: date
    p50: date
    p90: date
    late: float
    never: float
    places: tuple[float, float, float, float]
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """How many working days a kind held the end of the programme, on average over the runs."""

    kind: str
    title: Text
    days: float


@dataclass(frozen=True, slots=True)
class Shift:
    """What a cut-off one working day earlier changes: days gained, share of all duties late."""

    kind: str
    title: Text
    end: float
    late: float
    most: str
    most_late: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """The outcome of a rehearsal, with the assumptions it rests on. It is not a forecast."""

    runs: int
    seed: int
    assumed: Assumptions
    ranges: tuple[Range, ...]
    end: Range | None
    held: tuple[Held, ...]
    changes: tuple[Shift, ...] = ()
    recorded: Mapping[str, int] = field(default_factory=dict)


def rehearse(
    compiled: Compiled,
    assumed: Assumptions | None = None,
    *,
    runs: int = RUNS,
    seed: int = SEED,
    holidays: Mapping[date, bool] | None = None,
    recorded: Mapping[str, Sequence[float]] | None = None,
) -> Outlook:
    """Live the programme many times. The same seed gives the same outcome."""
    assumed = assumed or Assumptions()
    course = course_of(compiled, assumed, holidays)
    runs = max(1, min(runs, MOST_RUNS))
    seen = lived(course, assumed, runs, seed, recorded)
    titles = _titles(compiled)
    kinds = _kinds(course)
    ranges = tuple(_range(course, titles, kind, seen) for kind in kinds)
    last = _last(course)
    counts = {key: len(one) for key, one in (recorded or {}).items() if one}
    end = next((one for one in ranges if one.kind == last), None)
    held = _held(course, titles, last, seen)
    return Outlook(runs, seed, assumed, ranges, end, held, recorded=counts)


def lived(
    course: Course,
    assumed: Assumptions,
    runs: int,
    seed: int,
    recorded: Mapping[str, Sequence[float]] | None = None,
    earlier: Mapping[str, float] | None = None,
) -> list[Lived]:
    """So many runs, each from its own seed."""
    run = Run(course, assumed, recorded, earlier)
    return [run.live(Random(seed * 1_000_003 + number)) for number in range(runs)]


def changes(
    compiled: Compiled,
    outlook: Outlook,
    *,
    holidays: Mapping[date, bool] | None = None,
    recorded: Mapping[str, Sequence[float]] | None = None,
) -> tuple[Shift, ...]:
    """What each cut-off one working day earlier changes, with the same draws; most useful first."""
    assumed, seed = outlook.assumed, outlook.seed
    course = course_of(compiled, assumed, holidays)
    last, titles = _last(course), _titles(compiled)
    count = min(outlook.runs, VARIANT_RUNS)
    base = lived(course, assumed, count, seed, recorded)
    before, lates = _ends(course, last, base), _lates(course, base, {})
    found = []
    for kind in _movable(course)[:MOST_VARIANTS]:
        moved = lived(course, assumed, count, seed, recorded, {kind: 1.0})
        after = _lates(course, moved, {kind: 1.0})
        gain = sum(a - b for a, b in zip(before, _ends(course, last, moved), strict=True)) / count
        most = max(lates, key=lambda key: (lates[key] - after[key]) * (key != kind))
        total = sum(lates.values()) / len(lates) - sum(after.values()) / len(after)
        found.append(Shift(kind, titles[kind], gain, total, most, lates[most] - after[most]))
    telling = [one for one in found if one.end >= LEAST_DAYS or one.most_late >= LEAST_SHARE]
    return tuple(sorted(telling, key=lambda one: (-round(one.end, 2), -one.most_late, one.kind)))


def _titles(compiled: Compiled) -> dict[str, Text]:
    found = {f"gate.{one.kind}": one.title for one in compiled.gates}
    return found | {one.key: one.title for one in compiled.works}


def _kinds(course: Course) -> dict[str, list[int]]:
    """Kind -> its instances, in the order of the file."""
    found: dict[str, list[int]] = {}
    for number, thing in enumerate(course.things):
        if thing.key:
            found.setdefault(thing.kind, []).append(number)
    return found


def _last(course: Course) -> str:
    """The kind that ends the programme: its closing, or the last for which nothing waits."""
    forms = {one.key: one.form for one in course.compiled.works}
    every = [one for one in course.things if one.key]
    closing = [one.kind for one in every if forms.get(one.kind) == CLOSING]
    ends = [one for one in every if not one.leads_to] or every
    return closing[-1] if closing else max(ends, key=lambda one: one.due).kind if ends else ""


def _range(course: Course, titles: Mapping[str, Text], kind: str, seen: list[Lived]) -> Range:
    members = _kinds(course)[kind]
    things = [course.things[number] for number in members]
    dues = [one.due for one in things]
    done = [[one.done[number] for number in members] for one in seen]
    late = sum(
        when == NEVER or when > due + EPSILON
        for run in done
        for when, due in zip(run, dues, strict=True)
    )
    every = sorted(max(run) for run in done if NEVER not in run)
    low, middle, high = (_share(every, share) for share in (0.1, 0.5, 0.9))
    forms = {one.key: one.form for one in course.compiled.works}
    line = course.line
    return Range(
        kind,
        titles[kind],
        "decision" if things[0].gate else forms[kind],
        max(one.due_day for one in things),
        line.day(low),
        line.day(middle),
        line.day(high),
        late / (len(seen) * len(members)),
        1 - len(every) / len(seen),
        (max(dues), low, middle, high),
        things[0].recurring,
    )


def _share(ordered: Sequence[float], share: float) -> float:
    """The value below which this share of them lies."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


def _held(
    course: Course, titles: Mapping[str, Text], last: str, seen: list[Lived]
) -> tuple[Held, ...]:
    """The kinds on the way to the end since the last date that had to be awaited anyhow."""
    days: dict[str, float] = {}
    ends = _kinds(course).get(last, [])
    for one in seen:
        number = max(ends, key=lambda end: one.done[end], default=-1)
        while number >= 0 and one.done[number] != NEVER:
            kind = course.things[number].kind
            days[kind] = days.get(kind, 0.0) + one.done[number] - one.ready[number]
            before = one.held_by[number]
            pressing = before >= 0 and one.ready[number] <= one.done[before] + EPSILON
            number = before if pressing else -1
    found = [Held(kind, titles[kind], much / len(seen)) for kind, much in days.items() if kind]
    return tuple(sorted(found, key=lambda one: -one.days)[:5])


def _ends(course: Course, last: str, seen: list[Lived]) -> list[float]:
    ends = _kinds(course).get(last, [])
    return [max((one.done[number] for number in ends), default=0.0) for one in seen]


def _lates(course: Course, seen: list[Lived], moved: Mapping[str, float]) -> dict[str, float]:
    """Kind -> the share of its instances that were late; a moved kind has its new due date."""
    found = {}
    for kind, members in _kinds(course).items():
        shift = moved.get(kind, 0.0)
        late = sum(
            one.done[number] > course.things[number].due - shift + EPSILON
            for one in seen
            for number in members
        )
        found[kind] = late / (len(seen) * len(members))
    return found


def _movable(course: Course) -> list[str]:
    """Kinds with people that something else waits for: the latest first, for they press most."""
    found = [one for one in course.things if one.key and one.people and one.leads_to]
    return list(dict.fromkeys(one.kind for one in sorted(found, key=lambda one: -one.due)))
