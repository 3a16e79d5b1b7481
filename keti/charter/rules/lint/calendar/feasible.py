"""Whether everything a charter asks for fits in time, whatever time its people are promised.

A stated date is a promise as well as a duty: whoever hands in may use the time until then, whoever
revises may use the whole time for it, a window for comments stays open as long as it says. If the
next deadline cannot be met after that, the chain of steps is the finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from keti.charter.rules.compiled import GateSpec, ObligationSpec
from keti.charter.rules.dates import DateProblem, Duration, duration
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.brief import Brief
from keti.charter.rules.lint.calendar.network import NOW, Bound, circle, excess
from keti.charter.rules.lint.calendar.uses import declared
from keti.charter.rules.lint.course import circles, course_of
from keti.kernel.acts import Text

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LONG_MONTH = 31
HOUR, DAY = 60, 24 * 60
MOST = 30


def judge(brief: Brief) -> None:
    """Report each deadline that cannot be kept, with the steps that lead past it; where all can,
    each gate that would have no day left to judge what it sent back."""
    tied = {key for _, way in circles(course_of(brief)) for key in way}
    if not _told(brief, tied, 0):
        _told(brief, tied, DAY)


def _told(brief: Brief, tied: set[str], verdict: int) -> bool:
    """Whether something was told of dates with so many minutes for each verdict but the first."""
    found = network(brief, verdict)
    bounds = [one for one in found if not {_kind(one.earlier), _kind(one.later)} <= tied]
    for number in range(MOST):
        way = circle(bounds)
        if not way:
            return number > 0
        way = _nearest(way, bounds)
        zh, en = _length(excess(way))
        facts = {
            "short_zh": zh,
            "short_en": en,
            "steps_zh": "；".join(one.why.zh for one in way if one.why.zh),
            "steps_en": "; ".join(one.why.en for one in way if one.why.en),
        }
        if verdict:
            brief.report.found_wanting("charter.no-second-verdict", _blamed(way), facts)
        else:
            brief.report.found_problem("charter.infeasible", _blamed(way), facts)
        bounds = _without(way, bounds)
    return True


def _kind(key: str) -> str:
    """The kind of what a bound is about; what waits for itself is told as a circle, not in days."""
    return key.partition("@")[0].removeprefix("gate.")


def _nearest(found: tuple[Bound, ...], bounds: list[Bound]) -> tuple[Bound, ...]:
    """The first deadline on the way that is already missed, rather than one further on."""
    if found[0].earlier != NOW:
        return found
    ends: dict[str, list[Bound]] = {}
    for one in bounds:
        if one.later == NOW:
            ends.setdefault(one.earlier, []).append(one)
    spent = 0
    for number, one in enumerate(found):
        spent += one.least
        for end in ends.get(one.later, ()):
            if spent + end.least > 0:
                return (*found[: number + 1], end)
    return found


def _without(found: tuple[Bound, ...], bounds: list[Bound]) -> list[Bound]:
    """The network without what has been told: the steps between, else the missed deadline.

    What comes later is then judged by the dates it was promised.
    """
    told = [one for one in found if NOW not in (one.earlier, one.later)] or [found[-1]]
    return [one for one in bounds if one not in told]


def _blamed(found: tuple[Bound, ...]) -> Path:
    """The deadline of the circle; the last of its places when it has none."""
    ends = [one.path for one in found if one.later == NOW and one.path]
    return (ends or [one.path for one in found if one.path])[-1]


def network(brief: Brief, verdict: int = 0) -> Iterator[Bound]:
    """The bounds of one group of each kind and of those that go their own way; `verdict` are the
    minutes that judging a revision takes."""
    shown = _Shown(brief)
    for one in shown.obligations:
        if one.gate:
            yield from _gate(shown, one, verdict)
        else:
            yield from _work(shown, one)


class _Shown:
    """What is looked up while the network is built."""

    def __init__(self, brief: Brief) -> None:
        compiled = brief.compiled
        firsts: dict[str, str] = {}
        for group in compiled.groups:
            firsts.setdefault(group.kind, group.key)
        kept = {*firsts.values(), *(group for _, group in brief.scene.variants)}
        self.brief = brief
        self.obligations = [one for one in compiled.obligations if one.group in kept]
        self.keys = {one.key: one for one in self.obligations}
        self.gates = {one.key: one for one in compiled.gates}
        self.paths = {key: path for path, key, _ in declared(brief)}
        self.subjects = {key: work.subject for _, key, work in declared(brief)}
        self.rounds = _rounds_of(brief)
        self.windows = dict(reversed(self.rounds.values()))

    def path(self, kind: str, group: str, usual: Path) -> Path:
        """Where a thing of a group is said: its own override, or what holds for all."""
        variant = self.brief.scene.variants.get((kind, group))
        return variant.path if variant else usual

    def date(self, instant: datetime) -> str:
        """A local date and time; midnight is 24:00 of the day it closes."""
        local = instant.astimezone(self.brief.scene.zone)
        if (local.hour, local.minute) == (0, 0):
            return f"{(local - MINUTE).date()} 24:00"
        return f"{local:%Y-%m-%d %H:%M}"

    def begin(self, instant: datetime) -> str:
        """A local date and time at which something begins; midnight is the day itself."""
        local = instant.astimezone(self.brief.scene.zone)
        return f"{local.date()}" if (local.hour, local.minute) == (0, 0) else self.date(instant)


def _rounds_of(brief: Brief) -> dict[str, tuple[str, int]]:
    """What each round of comments is about, and how many minutes it stays open."""
    found = {}
    for key, one in brief.charter.rounds.items():
        try:
            open_for = duration(one.open).plain() * max(one.passes, 1)
            least = duration(one.min) if one.min else Duration()
            days = LONG_MONTH * least.months + least.days
            shortest = timedelta(days=days, minutes=least.minutes)
            found[key] = (one.subject, max(open_for, shortest) // MINUTE)
        except DateProblem:
            continue
    return found


def _minutes(instant: datetime) -> int:
    return (instant - EPOCH) // MINUTE


def _work(shown: _Shown, one: ObligationSpec) -> Iterator[Bound]:
    path = shown.path(one.kind, one.group, shown.paths.get(one.kind, ()))
    title, dated = one.title, bool(one.due_rule)
    if dated:
        day = shown.date(one.due_at)
        yield _until(one.key, one.due_at, title, day)
        yield _deadline(one.key, one.due_at, title, day, _line(shown, path))
    least = shown.windows.get(shown.subjects.get(one.kind, ""), 0)
    least = least if one.form == "consultation" else 0
    if least and one.opens_at:
        yield _from(one.key, one.opens_at, title, shown.begin(one.opens_at), least)
    for need in one.needs:
        other = shown.keys.get(need)
        if other:
            why = _window(title, least) if least else _needs(title, other.title)
            yield Bound(need, one.key, least, why, path)


def _line(shown: _Shown, path: Path) -> Path:
    for name in ("due", "rrule", "months", "at_least"):
        if shown.brief.report.has((*path, name)):
            return (*path, name)
    return path


def _gate(shown: _Shown, one: ObligationSpec, verdict: int) -> Iterator[Bound]:
    gate = shown.gates[one.gate]
    path = shown.path(gate.kind, gate.group, ("gates", gate.kind))
    first = f"{one.key}#1"
    asked = shown.brief.charter.gates[gate.kind].consult
    subject, least = shown.rounds.get(asked, ("", 0))
    for need in one.needs:
        other = shown.keys.get(need)
        if other and other.kind == subject:
            yield Bound(need, first, least, _window(gate.title, least), path)
        elif other:
            yield Bound(need, first, 0, _needs(gate.title, other.title), path)
    if gate.opens_at:
        day = shown.begin(gate.opens_at)
        yield _from(first, gate.opens_at, gate.title, day)
    if gate.first_by:
        day = shown.date(gate.first_by)
        yield _until(first, gate.first_by, gate.title, day)
        yield _deadline(first, gate.first_by, gate.title, day, (*path, "first_by"))
    yield from _rounds(gate, one.key, path, verdict)
    day = shown.date(gate.by_at)
    yield _until(one.key, gate.by_at, gate.title, day)
    yield _deadline(one.key, gate.by_at, gate.title, day, (*path, "by"))
    yield from _phases(shown, gate, one.key)


def _rounds(gate: GateSpec, key: str, path: Path, verdict: int) -> Iterator[Bound]:
    """Verdict, revision, verdict: every round but the last may send the work back."""
    each = (gate.revise_within or timedelta(0)) // MINUTE
    zh, en = _length(each)
    yield Bound(f"{key}#{gate.max_rounds}", key, 0)
    for number in range(1, gate.max_rounds):
        why = Text(
            f"“{gate.title.in_('zh')}”第 {number} 次退回，修改可用 {zh}",
            f"sent back for the {_nth(number)} time by '{gate.title.in_('en')}', "
            f"the revision may take {en}",
        )
        here, later = f"{key}#{number}", f"{key}#{number + 1}"
        yield Bound(here, later, each + verdict, why, (*path, "revise_within"))


def _phases(shown: _Shown, gate: GateSpec, key: str) -> Iterator[Bound]:
    """A phase a gate opens does not begin before the gate has decided."""
    for phase in shown.brief.compiled.phases:
        if phase.opens_with == gate.kind:
            day = shown.begin(phase.start)
            why = Text(
                f"“{gate.title.in_('zh')}”开启的阶段“{phase.title.in_('zh')}”从 {day} 起",
                f"the phase '{phase.title.in_('en')}', which '{gate.title.in_('en')}' opens, "
                f"begins on {day}",
            )
            yield Bound(key, NOW, -_minutes(phase.start), why, ("phases", phase.key, "from"))


def _until(key: str, instant: datetime, title: Text, day: str) -> Bound:
    why = Text(f"“{title.in_('zh')}”可用到 {day}", f"'{title.in_('en')}' may take until {day}")
    return Bound(NOW, key, _minutes(instant), why)


def _from(key: str, instant: datetime, title: Text, day: str, least: int = 0) -> Bound:
    why = Text(f"“{title.in_('zh')}”从 {day} 开始", f"'{title.in_('en')}' begins on {day}")
    return Bound(NOW, key, _minutes(instant) + least, why)


def _deadline(key: str, instant: datetime, title: Text, day: str, path: Path) -> Bound:
    why = Text(
        f"“{title.in_('zh')}”须在 {day} 前办完", f"'{title.in_('en')}' must be done by {day}"
    )
    return Bound(key, NOW, -_minutes(instant), why, path)


def _needs(title: Text, need: Text) -> Text:
    return Text(
        f"“{title.in_('zh')}”要等“{need.in_('zh')}”",
        f"'{title.in_('en')}' waits for '{need.in_('en')}'",
    )


def _window(title: Text, least: int) -> Text:
    zh, en = _length(least)
    return Text(
        f"“{title.in_('zh')}”之前征求意见 {zh}",
        f"comments for '{title.in_('en')}' are taken for {en}",
    )


def _length(minutes: int) -> tuple[str, str]:
    days, rest = divmod(minutes, DAY)
    hours, left = divmod(rest, HOUR)
    zh, en = [], []
    for count, chinese, english in ((days, "天", "day"), (hours, "小时", "hour"),
                                    (left, "分钟", "minute")):  # fmt: skip
        if count:
            zh.append(f"{count} {chinese}")
            en.append(f"{count} {english}{'s' if count != 1 else ''}")
    return " ".join(zh) or "0 天", " ".join(en) or "0 days"


def _nth(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
