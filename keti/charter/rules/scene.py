"""What the steps of the expansion share: the shaped file, its findings, its dates and names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from keti.charter.rules.compiled import GroupSpec, RoleSpec
from keti.charter.rules.dates import (
    DateProblem,
    Dates,
    Duration,
    Moment,
    add_months,
    clock,
    duration,
)
from keti.charter.rules.entry import FormField
from keti.charter.rules.findings import Path, Report
from keti.charter.rules.joining import FieldSpec
from keti.charter.rules.kinds import Bilingual
from keti.charter.rules.named_days import Series
from keti.charter.rules.shape import Charter, Gate, Work
from keti.charter.rules.workdays import Workdays
from keti.kernel.acts import Text


def text_of(words: Bilingual, key: str = "") -> Text:
    """The two wordings of a block; its key where it must be called something and is not.

    What is called in English alone is called so in Chinese too: records keep the Chinese wording.
    """
    zh, en = words.zh.strip(), words.en.strip()
    return Text(zh or en, en) if zh or en else Text(key, key)


def fields_of(fields: Mapping[str, FormField]) -> tuple[FieldSpec, ...]:
    """The boxes of a form, in the order of the file."""
    return tuple(
        FieldSpec(
            key,
            text_of(one, key),
            one.kind,
            one.required,
            one.max_chars,
            text_of(one.hint),
            tuple(one.options),
        )
        for key, one in fields.items()
    )


@dataclass(frozen=True, slots=True)
class Variant:
    """A work or gate as one group has it, and where the file says so."""

    shape: Work | Gate
    path: Path


@dataclass
class Scene:
    """One charter being expanded."""

    charter: Charter
    report: Report
    zone: ZoneInfo
    workdays: Workdays
    dates: Dates
    series: dict[str, Series] = field(default_factory=dict)
    groups: tuple[GroupSpec, ...] = ()
    roles: tuple[RoleSpec, ...] = ()
    born: Moment | None = None
    variants: dict[tuple[str, str], Variant] = field(default_factory=dict)

    @property
    def horizon(self) -> Duration | None:
        """How far ahead what recurs without an end is laid down; None where nothing does."""
        text = self.charter.programme.horizon
        try:
            return duration(text) if text else None
        except DateProblem:
            return None

    def laid_until(self, first: date) -> date:
        """The last day of the first horizon of something that recurs from this day."""
        length = self.horizon or Duration()
        return add_months(first, length.months, "down") + timedelta(days=length.days)

    @property
    def top(self) -> str:
        """The kind of the group that has no parent."""
        return next((group.kind for group in self.groups if not group.parent), "")

    def groups_of(self, kind: str, only: str = "") -> tuple[GroupSpec, ...]:
        """Every group of a kind, in the file's order; only that of this key where it is told."""
        return tuple(
            group for group in self.groups if group.kind == kind and only in ("", group.key)
        )

    @contextmanager
    def of(self, kind: str, group: str = "") -> Iterator[None]:
        """While the dates of a group born by admission are worked out, `born` is its day; where
        there is none of its kind yet, the day on which the first would be chosen."""
        before, shape = self.born, self.charter.groups.get(kind)
        if shape is not None and shape.by_admission:
            one = shape.instances.get(group.removeprefix(f"{kind}.")) if group else None
            self.born = self._birthday(one.born if one else "", bool(group))
        try:
            yield
        finally:
            self.born = before

    def _birthday(self, said: str, exists: bool) -> Moment | None:
        admission = self.charter.admission
        text = said if said or exists or admission is None else admission.decide_by
        series = self.series.get(text)
        if series and series.occurrences:
            return Moment.on(series.occurrences[0].day)
        try:
            return self.dates.moment(text) if text else None
        except DateProblem:
            return None

    def only(self, word: str) -> str:
        """The one group that `per` names among several of its kind; '' where it names a kind."""
        return next((one.key for one in self.groups if word == one.key != one.kind), "")

    def above(self, group: GroupSpec) -> Iterator[GroupSpec]:
        """The groups a group stands under, the nearest first; a circle ends where it began."""
        known, seen = {one.key: one for one in self.groups}, {group.key}
        while group.parent in known and group.parent not in seen:
            group = known[group.parent]
            seen.add(group.key)
            yield group

    def role_key(self, word: str, path: Path) -> str:
        """The role a word means: its key, or the role of the party called commissioner."""
        known = [role.key for role in self.roles]
        if word in known:
            return word
        programme = self.charter.programme
        party = {"commissioner": programme.commissioner, "contractor": programme.contractor}
        for role in self.roles:
            if party.get(word) in role.holders:
                return role.key
        self.report.unknown("role", path, word, known)
        return ""

    def party_key(self, word: str, path: Path) -> str:
        """The party a word names; "" where none is named, an unknown one is reported."""
        if word and word not in self.charter.parties:
            self.report.unknown("party", path, word, self.charter.parties)
            return ""
        return word

    def role_keys(self, words: Iterable[str], path: Path) -> tuple[str, ...]:
        """The roles meant by a list of words; unknown ones are reported and left out."""
        found = (self.role_key(word, (*path, n)) for n, word in enumerate(words))
        return tuple(key for key in found if key)

    def kind(self, word: str, path: Path) -> str:
        """A kind of group, or that of a role; the top one when nothing is said."""
        kinds = list(dict.fromkeys([*(one.kind for one in self.groups), *self.charter.groups]))
        if not word:
            return self.top
        if word in kinds:
            return word
        for group in self.groups:
            if group.key == word:
                return group.kind
        for role in self.roles:
            if role.key == word:
                return role.group_kind
        names = list(dict.fromkeys([*kinds, *(group.key for group in self.groups)]))
        self.report.unknown("group", path, word, names)
        return ""

    def moment(self, text: str, path: Path, rounding: str = "") -> Moment | None:
        """The value of a date expression; a problem is reported at its place."""
        try:
            return self.dates.moment(text, rounding)
        except DateProblem as problem:
            self.problem(problem, path)
            return None

    def start(self, text: str, path: Path, rounding: str = "") -> datetime | None:
        """The instant at which an expression's day begins."""
        moment = self.moment(text, path, rounding) if text else None
        return moment.start(self.zone) if moment else None

    def end(self, text: str, path: Path, at: str = "", rounding: str = "") -> datetime | None:
        """The instant at which an expression's day is over, or its stated time of day."""
        moment = self.moment(text, path, rounding) if text else None
        if moment is None:
            return None
        minutes = self.minutes(at, (*path[:-1], "at"))
        if minutes is not None:
            moment = Moment.on(moment.last, minutes)
        return moment.end(self.zone)

    def minutes(self, at: str, path: Path) -> int | None:
        """Minutes of a time of day, or None when none is stated."""
        try:
            return clock(at) if at else None
        except DateProblem as problem:
            self.problem(problem, path)
            return None

    def length(self, text: str, path: Path) -> timedelta:
        """A duration without months."""
        try:
            return duration(text).plain()
        except (DateProblem, OverflowError) as problem:
            if isinstance(problem, DateProblem):
                self.problem(problem, path)
            return timedelta(0)

    def problem(self, problem: DateProblem, path: Path) -> None:
        """Report an expression without a value; one that hangs on a reported one is silent."""
        if problem.code == "charter.unknown-anchor":
            self.report.unknown("anchor", path, str(problem.facts["word"]), self.date_names())
        elif problem.code:
            self.report.found_problem(problem.code, path, problem.facts)

    def date_names(self) -> list[str]:
        """Every name the calendar declares."""
        return list(self.charter.calendar.__pydantic_extra__)
