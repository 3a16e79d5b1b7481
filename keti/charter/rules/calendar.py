"""The calendar block: every named date resolved, with what was stated and who decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from keti.charter.rules.dates import FULL_DAY, DateProblem, Moment, at_local, clock
from keti.charter.rules.findings import Path
from keti.charter.rules.kinds import Stated
from keti.charter.rules.named_days import Anchor, Occurrence, Series
from keti.charter.rules.recurrence import days_of, endless_days, months_of, periods_of
from keti.charter.rules.scene import Scene, text_of
from keti.charter.rules.shape import Date, First, Work
from keti.kernel.acts import Text

BORN = "born"


@dataclass
class Resolver:
    """Works the named dates out on demand, each once, and notices circles."""

    entries: dict[str, Date]
    scene: Scene | None = None
    moments: dict[str, Moment | None] = field(default_factory=dict)
    series: dict[str, Series | None] = field(default_factory=dict)
    _busy: list[str] = field(default_factory=list)

    def named(self, key: str) -> Moment:
        """The value of a named date; KeyError when the calendar has none of that name. `born` is
        the day of the group whose dates are worked out."""
        if key == BORN and key not in self.entries and self._scene.born is not None:
            return self._scene.born
        if key not in self.moments:
            self._work_out(key)
        moment = self.moments[key]
        if moment is None:
            raise DateProblem("charter.is-series" if self.series.get(key) else "", word=key)
        return moment

    def all(self) -> None:
        """Work out every entry of the calendar."""
        for key in self.entries:
            if key not in self.moments:
                self._work_out(key)

    def _work_out(self, key: str) -> None:
        entry, scene = self.entries[key], self._scene
        if key in self._busy:
            circle = " -> ".join([*self._busy[self._busy.index(key) :], key])
            raise DateProblem("charter.circular", word=circle)
        self._busy.append(key)
        path: Path = ("calendar", key)
        try:
            moment = self._value(key, entry, path)
        except DateProblem as problem:
            scene.problem(problem, _blamed(entry, path))
            moment = self._guessed(key, entry, path, problem)
        finally:
            self._busy.pop()
        self.moments[key] = moment

    def _guessed(self, key: str, entry: Date, path: Path, problem: DateProblem) -> Moment | None:
        """A value to judge by where only the rounding is missing; the error stands."""
        if problem.code != "charter.rounding" or entry.round:
            return None
        try:
            return self._value(key, entry.model_copy(update={"round": "down"}), path)
        except DateProblem:
            return None

    @property
    def _scene(self) -> Scene:
        if self.scene is None:
            raise RuntimeError("the calendar is not bound to a charter yet")
        return self.scene

    def _value(self, key: str, entry: Date, path: Path) -> Moment | None:
        again = bool(entry.rrule or entry.months)
        ways = [bool(entry.date), bool(entry.after), again, not again and _is_span(entry)]
        if not any(ways) and _is_only_words(entry):
            self._scene.report.error("charter.only-words", path, at_key=True, word=key)
            return None
        if lacking := lacks(entry, self._scene.horizon is not None):
            report_lacking(self._scene, path, key, lacking)
            return None
        if sum(ways) != 1 or (entry.rrule and entry.months):
            self._scene.report.error("charter.date-needs", path, at_key=True, word=key)
            return None
        if entry.date:
            return self._day(entry)
        if again:
            self.series[key] = self._recurring(key, entry, path)
            return None
        if entry.after:
            return self._after(key, entry, path)
        return self._span(entry, path)

    def _day(self, entry: Date) -> Moment:
        moment = self._scene.dates.moment(entry.date, entry.round)
        if entry.roll != "none":
            day = self._scene.workdays.roll(moment.day, entry.roll)
            moment = Moment(day, day, moment.minutes, moment.precision)
        if entry.at:
            moment = Moment.on(moment.last, clock(entry.at))
        if entry.precision:
            moment = Moment(moment.day, moment.last, moment.minutes, entry.precision)
        return moment

    def _span(self, entry: Date, path: Path) -> Moment | None:
        first = self._scene.moment(entry.begin, (*path, "from"), entry.round)
        last = self._scene.moment(entry.to, (*path, "to"), entry.round)
        if first is None or last is None:
            return None
        if last.last < first.day:
            self._scene.report.error("charter.ends-before-start", (*path, "to"), word=entry.to)
            return None
        return Moment(first.day, last.last)

    def _recurring(self, key: str, entry: Date, path: Path) -> Series | None:
        scene = self._scene
        days = recurring_days(scene, entry, path)
        if days is None:
            return None
        rolled = tuple(scene.workdays.roll(day, entry.roll) for day in days)
        until = scene.laid_until(days[0]) if days else date.max
        made = self._occurrences(periods_of(days), rolled, entry.at)
        kept = _kept(made, entry.first, scene)
        endless = bool(entry.rrule and not entry.to)
        count = sum(one.day <= until for one in kept) if endless else len(kept)
        return _series(key, entry, kept[:count], kept[count:])

    def _after(self, key: str, entry: Date, path: Path) -> Moment | None:
        plus = f"+ {entry.plus}" if entry.plus else ""
        if entry.after not in self.entries:
            raise DateProblem("charter.unknown-anchor", word=entry.after)
        try:
            base = self.named(entry.after)
        except DateProblem:
            series = self.series.get(entry.after)
            if series is None:
                raise
        else:
            if base.day != base.last:
                base = Moment.on(base.last)
            return self._scene.dates.moment(f"{base.day.isoformat()} {plus}", entry.round)
        found = [self._following(part, entry) for part in (series.occurrences, series.ahead)]
        self.series[key] = _series(key, entry, *found)
        return None

    def _following(self, base: tuple[Occurrence, ...], entry: Date) -> tuple[Occurrence, ...]:
        """The same occurrences so long after each day of another series."""
        plus = f"+ {entry.plus}" if entry.plus else ""
        days = (
            self._scene.dates.moment(f"{one.day.isoformat()} {plus}", entry.round).day
            for one in base
        )
        rolled = tuple(self._scene.workdays.roll(day, entry.roll) for day in days)
        periods = tuple(one.period for one in base)
        made = self._occurrences(periods, rolled, entry.at)
        return _kept(made, entry.first, self._scene)

    def _occurrences(
        self, periods: tuple[str, ...], days: tuple[date, ...], at: str
    ) -> tuple[Occurrence, ...]:
        minutes = clock(at) if at else FULL_DAY
        return tuple(
            Occurrence(period, day, at_local(day, minutes, self._scene.zone))
            for period, day in zip(periods, days, strict=True)
        )


def lacks(entry: Date | Work, endless: bool = False) -> tuple[str, list[str]] | None:
    """The key that needs others, and those that are missing; None where nothing is.

    A rule needs both its ends, but its first day alone where it may be `endless`; months of a term
    only its first day, a span both its days.
    """
    again = entry.rrule or (isinstance(entry, Work) and entry.at_least)
    ends = {"from": entry.begin, "to": entry.to or (endless and again)}
    missing = [name for name, text in ends.items() if not text]
    if isinstance(entry, Work) and entry.at_least:
        return ("at_least", missing) if missing else None
    if entry.rrule:
        return ("rrule", missing) if missing else None
    if entry.months:
        return ("months", ["from"]) if not entry.begin else None
    alone = isinstance(entry, Date) and not (entry.date or entry.after)
    if alone and len(missing) == 1:
        return next(name for name in ends if name not in missing), missing
    return None


def report_lacking(scene: Scene, path: Path, key: str, lacking: tuple[str, list[str]]) -> None:
    """Name each key that is missing beside the one that needs it."""
    given, missing = lacking
    for one in missing:
        facts = {"word": key, "given": given, "missing": one}
        scene.report.error("charter.date-lacks", path, at_key=True, **facts)


def recurring_days(scene: Scene, entry: Date | Work, path: Path) -> tuple[date, ...] | None:
    """Every day of a rule or of counted months; None where an end of it was reported."""
    first = scene.moment(entry.begin, (*path, "from"))
    last = scene.moment(entry.to, (*path, "to")) if entry.to else None
    endless = scene.horizon is not None and not entry.to
    if first is None or (last is None and (entry.to or (entry.rrule and not endless))):
        return None
    if last and not entry.months:
        return days_of(entry.rrule, first.day, last.last)
    if entry.rrule:
        return endless_days(entry.rrule, first.day)
    return months_of(entry.months, first.day, last.last if last else None, entry.round)


def _is_span(entry: Date) -> bool:
    return bool(entry.begin and entry.to)


def _is_only_words(entry: Date) -> bool:
    said = entry.stated
    return bool(said.text.zh or said.text.en or said.days or said.months)


def _blamed(entry: Date, path: Path) -> Path:
    """The key whose value most likely carries the trouble."""
    for name in ("date", "rrule", "months", "after"):
        if getattr(entry, name):
            return (*path, name)
    return (*path, "from")


def _kept(
    made: tuple[Occurrence, ...], first: First | None, scene: Scene
) -> tuple[Occurrence, ...]:
    """The occurrences left when the first one would come too soon after a beginning."""
    if first is None or not first.since:
        return made
    return tuple(one for one in made if not too_young(one.day, first, first.since, scene))


def too_young(day: date, first: First, since: str, scene: Scene) -> bool:
    """Whether fewer working days than stated lie between a beginning and a day."""
    number, _, unit = first.skip_if_younger_than.strip().partition(" ")
    if not number.isdigit() or unit not in ("workday", "workdays"):
        raise DateProblem("charter.bad-workdays", word=first.skip_if_younger_than)
    begun = scene.dates.moment(since).day
    return scene.workdays.between(begun, day) < int(number)


def in_months(entry: Date | Work) -> str:
    """The counted months of a term as one line."""
    return f"{entry.begin} + months {', '.join(map(str, entry.months))}"


def rule_of(entry: Date) -> str:
    """The rule of a date as written in the file, in one line."""
    if entry.rrule or entry.months:
        parts = [entry.rrule or in_months(entry)]
    elif entry.after:
        parts = [f"{entry.after} + {entry.plus}" if entry.plus else entry.after]
    elif entry.date:
        parts = [entry.date]
    else:
        parts = [f"{entry.begin} .. {entry.to}"]
    parts += [f"roll: {entry.roll}"] if entry.roll != "none" else []
    parts += [f"round: {entry.round}"] if entry.round else []
    parts += [f"at: {entry.at}"] if entry.at else []
    if entry.first:
        parts.append(f"skip younger than {entry.first.skip_if_younger_than}")
    return "; ".join(parts)


def stated_in(stated: Stated) -> Text:
    """What the notice says of a date, in words."""
    zh, en = [], []
    if stated.months is not None:
        zh.append(f"{stated.months} 个月")
        en.append(f"{stated.months} months")
    if stated.days is not None:
        zh.append(f"{stated.days} 天")
        en.append(f"{stated.days} days")
    zh += [stated.text.zh]
    en += [stated.text.en]
    return Text("；".join(filter(None, zh)), "; ".join(filter(None, en)))


def _series(
    key: str, entry: Date, occurrences: tuple[Occurrence, ...], ahead: tuple[Occurrence, ...]
) -> Series:
    said, why = stated_in(entry.stated), text_of(entry.resolve.why) if entry.resolve else Text()
    return Series(
        key,
        text_of(entry, key),
        occurrences,
        stated=said.in_("zh"),
        rule=rule_of(entry),
        decided_by=entry.resolve.by if entry.resolve else "",
        why=why.in_("zh"),
        source=entry.source,
        stated_in=said,
        why_in=why,
        ahead=ahead,
    )


def anchors(resolver: Resolver, scene: Scene) -> tuple[Anchor, ...]:
    """Every single named date as a compiled value, in the order of the file."""
    pinned = {event.at for event in scene.charter.events.values()}
    made = []
    for key, entry in resolver.entries.items():
        moment = resolver.moments.get(key)
        if moment is not None:
            made.append(_anchor(key, entry, moment, scene, key in pinned))
    return tuple(made)


def _anchor(key: str, entry: Date, moment: Moment, scene: Scene, pinned: bool) -> Anchor:
    said, why = stated_in(entry.stated), text_of(entry.resolve.why) if entry.resolve else Text()
    kind = "span" if moment.day != moment.last else "event" if pinned else "day"
    return Anchor(
        key,
        text_of(entry, key),
        moment.start(scene.zone),
        moment.end(scene.zone),
        moment.day,
        moment.last,
        stated=said.in_("zh"),
        rule=rule_of(entry),
        decided_by=entry.resolve.by if entry.resolve else "",
        why=why.in_("zh"),
        source=entry.source or scene.charter.calendar.source,
        precision=moment.precision,
        kind=kind,
        stated_in=said,
        why_in=why,
    )


def check_deciders(resolver: Resolver, scene: Scene) -> None:
    """Whoever decided a date otherwise is a role of the charter."""
    for key, entry in resolver.entries.items():
        if entry.resolve:
            scene.role_key(entry.resolve.by, ("calendar", key, "resolve", "by"))
