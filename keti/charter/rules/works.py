"""What must be made: obligations and deliverables as one list of works, and when each is due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from keti.charter.rules.calendar import (
    in_months,
    lacks,
    recurring_days,
    report_lacking,
    too_young,
)
from keti.charter.rules.compiled import Section, WorkSpec
from keti.charter.rules.customary import CUSTOMARY
from keti.charter.rules.dates import FULL_DAY, DateProblem, at_local, duration
from keti.charter.rules.findings import Path, nearest
from keti.charter.rules.named_days import Occurrence
from keti.charter.rules.promised import BLOCK, instants, promised
from keti.charter.rules.promises import Promise
from keti.charter.rules.recurrence import periods_of
from keti.charter.rules.scene import Scene, fields_of, text_of
from keti.charter.rules.shape import Work
from keti.charter.rules.windows import said, windows

PUBLIC = "public"
Days = tuple[Occurrence, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """A work, where it stands in the file, and its shaped block."""

    spec: WorkSpec
    shape: Work
    path: Path
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One time a work is due: for a period, from an opening, by an instant, after a rule; `ahead`
    of the first horizon where it recurs without an end."""

    period: str
    opens_at: datetime | None
    due_at: datetime
    rule: str
    ahead: bool = False


def declared(scene: Scene) -> tuple[Declared, ...]:
    """Every obligation and deliverable of the file, in its order; a key stands for one of them."""
    charter = scene.charter
    found: dict[str, Declared] = {}
    for block, works in (
        ("obligations", charter.obligations.__pydantic_extra__),
        ("deliverables", charter.deliverables),
    ):
        for key, work in works.items():
            path: Path = (block, key)
            if key in found:
                scene.report.error("charter.duplicate-id", path, at_key=True, word=key)
                continue
            form = work.form or _usual_form(block, work)
            found[key] = Declared(_spec(scene, key, work, form, path), work, path)
    for name, promise, work in promised(scene):
        path, key = (BLOCK, name), f"{BLOCK}.{name}"
        found[key] = Declared(_spec(scene, key, work, work.form, path), work, path, promise)
    for one in found.values():
        _check_references(scene, one, found)
    return tuple(found.values())


def _usual_form(block: str, work: Work) -> str:
    if work.record == "minutes":
        return "meeting"
    return "file" if block == "deliverables" else "report"


def _spec(scene: Scene, key: str, work: Work, form: str, path: Path) -> WorkSpec:
    per = scene.kind(work.per, (*path, "per"))
    by = _accountable(scene, work, per, path)
    return WorkSpec(
        key,
        text_of(work, key),
        form,
        per,
        by,
        _sections(work),
        work.collects,
        work.assembles,
        work.plan,
        tuple(work.languages),
        work.series,
        work.signed,
        work.courtesy,
        bool(work.rrule or work.months or work.at_least or work.due in scene.series),
        work.source,
        work.subject,
        _is_public(scene, work),
        fields_of(work.fields),
        work.number_format,
        scene.only(work.per),
        str(work.references),
        tuple(dict.fromkeys(work.with_)),
        _least_open(scene, work),
        scene.party_key(work.issued_by, (*path, "issued_by")),
        text_of(work.classification),
        tuple(work.annexes),
        work.outline,
        path[0] == "deliverables",
        work.proofread,
        work.silent,
    )


def _sections(work: Work) -> tuple[Section, ...]:
    """The sections that are named; where none is, those customary for its kind of report."""
    named = tuple(
        Section(name, text_of(one, name), one.required, text_of(one.hint), one.summary)
        for name, one in work.sections.items()
    )
    return named or CUSTOMARY.get(work.sections_of, ())


def _is_public(scene: Scene, work: Work) -> bool:
    """Does a declared round on the same text invite the public?"""
    rounds = scene.charter.rounds.values()
    return any(PUBLIC in one.respondents for one in rounds if one.subject == work.subject)


def _least_open(scene: Scene, work: Work) -> str:
    """How long the round on the same text stays open at the least."""
    rounds = scene.charter.rounds.values()
    return next((one.min for one in rounds if one.min and one.subject == work.subject), "")


def _accountable(scene: Scene, work: Work, per: str, path: Path) -> str:
    """The one accountable role: the first named, else who leads (or must be in) that group."""
    if work.by:
        return (*scene.role_keys(work.by, (*path, "by")), "")[0]
    there = [role for role in scene.roles if role.group_kind == per and role.min]
    for verb in ("lead", "manage"):
        for role in there:
            if verb in role.can:
                return role.key
    if there:
        return there[0].key
    scene.report.error("charter.missing-key", path, at_key=True, word="by", nearest="by")
    return ""


def _check_references(scene: Scene, one: Declared, found: dict[str, Declared]) -> None:
    for word in ("collects", "assembles", "subject", "outline"):
        named = getattr(one.shape, word)
        if named and named not in found:
            scene.report.unknown("work", (*one.path, word), named, found)
    _check_invited(scene, one)
    _check_report(scene, one, found)
    role = next((role for role in scene.roles if role.key == one.spec.by), None)
    if role and not _answers_there(scene, one.spec, role.group_kind):
        path = (*one.path, "by")
        scene.report.error(
            "charter.role-elsewhere", path, word=role.key, group=role.group_kind, per=one.spec.per
        )


def _check_report(scene: Scene, one: Declared, found: dict[str, Declared]) -> None:
    """Only a report has sections that are customary; only a report that is handed in once gives its
    headings to others."""
    for word in ("sections_of", "outline"):
        if getattr(one.shape, word) and one.spec.form != "report":
            scene.report.error("charter.sections-no-report", (*one.path, word), word=one.spec.key)
    outline = found.get(one.shape.outline)
    if outline and (outline.spec.form != "report" or outline is one or outline.spec.recurring):
        scene.report.error("charter.no-outline", (*one.path, "outline"), word=outline.spec.key)


def _check_invited(scene: Scene, one: Declared) -> None:
    """Whom a meeting calls besides are groups, kinds of groups or roles; nothing else meets."""
    groups = [name for group in scene.groups for name in (group.kind, group.key)]
    known = dict.fromkeys([*groups, *(role.key for role in scene.roles)])
    for number, word in enumerate(one.shape.with_):
        path: Path = (*one.path, "with", number)
        if one.spec.form != "meeting":
            scene.report.error("charter.with-no-meeting", path, word=one.spec.key)
            return
        if word not in known:
            scene.report.error(
                "charter.unknown-participant", path, word=word, nearest=nearest(word, known),
                known=", ".join([*known][:12]),
            )  # fmt: skip
        elif word in (one.spec.only, one.spec.per) and len(scene.groups_of(one.spec.per)) == 1:
            scene.report.warning("charter.invites-itself", path, word=word)


def _answers_there(scene: Scene, work: WorkSpec, kind: str) -> bool:
    """May a role of this kind of group be accountable there: of the same kind, of the overall
    group, or of one above each group that owes it?"""
    if kind in (work.per, scene.top):
        return True
    owing = scene.groups_of(work.per, work.only)
    return all(any(up.kind == kind for up in scene.above(one)) for one in owing)


def slots(scene: Scene, one: Declared, default: datetime | None) -> tuple[Slot, ...]:
    """Every time a work is due; none when it has no due date of its own and nothing asks for it."""
    work = one.shape
    if one.promise and one.promise.every:
        rule = f"every {one.promise.every} for {one.promise.how_long}"
        looks = instants(scene, one.promise, one.path)
        return tuple(Slot(period, None, due, rule) for period, due in looks)
    try:
        if work.at_least:
            return tuple(_in_windows(scene, one))
        if work.rrule or work.months:
            near, far = _own_series(scene, one)
            return _laid(scene, one, (near, far), work.rrule or in_months(work))
        if work.due in scene.series:
            series = scene.series[work.due]
            rule = f"{work.due}; at: {work.at}" if work.at else work.due
            return _laid(scene, one, (series.occurrences, series.ahead), rule)
    except DateProblem as problem:
        names = ("at_least", "rrule", "months", "due")
        name = next(name for name in names if getattr(work, name))
        scene.problem(problem, (*one.path, name))
        return ()
    return tuple(_single(scene, one, default))


def _laid(scene: Scene, one: Declared, days: tuple[Days, Days], rule: str) -> tuple[Slot, ...]:
    """The slots of the first horizon, and those ahead of it."""
    near, far = (tuple(_recurring(scene, one, part, rule)) for part in days)
    return (*near, *(replace(slot, ahead=True) for slot in far))


def _in_windows(scene: Scene, one: Declared) -> Iterator[Slot]:
    """Owed from the first day of each stretch of time until its last."""
    work = one.shape
    said(work.at_least)
    if work.rrule or work.months or work.due:
        scene.report.error("charter.date-needs", one.path, at_key=True, word=one.spec.key)
        return
    if lacking := lacks(work, scene.horizon is not None):
        report_lacking(scene, one.path, one.spec.key, lacking)
        return
    first = scene.moment(work.begin, (*one.path, "from"))
    last = scene.moment(work.to, (*one.path, "to")) if work.to else None
    if first is None or (work.to and last is None):
        return
    until = date.max if work.to else scene.laid_until(first.day)
    minutes = scene.minutes(work.at, (*one.path, "at"))
    ends = FULL_DAY if minutes is None else minutes
    for window in windows(work.at_least, first.day, last.last if last else None, work.round):
        day = scene.workdays.roll(window.last, work.roll)
        rule = f"at least {work.at_least} from {work.begin}"
        opens = at_local(window.first, 0, scene.zone)
        due = at_local(day, ends, scene.zone)
        yield Slot(window.period, opens, due, rule, window.last > until)


def _own_series(scene: Scene, one: Declared) -> tuple[Days, Days]:
    """The days of a rule of its own, and those beyond its first horizon."""
    work = one.shape
    if lacking := lacks(work, scene.horizon is not None):
        report_lacking(scene, one.path, one.spec.key, lacking)
        return (), ()
    if work.rrule and work.months:
        scene.report.error("charter.date-needs", one.path, at_key=True, word=one.spec.key)
        return (), ()
    days = recurring_days(scene, work, one.path)
    if not days:
        return (), ()
    rolled = [scene.workdays.roll(day, work.roll) for day in days]
    found = tuple(
        Occurrence(period, day, at_local(day, FULL_DAY, scene.zone))
        for period, day in zip(periods_of(days), rolled, strict=True)
    )
    endless = bool(work.rrule and not work.to)
    until = scene.laid_until(days[0]) if endless else date.max
    count = sum(day <= until for day in days)
    return found[:count], found[count:]


def _recurring(
    scene: Scene, one: Declared, occurrences: tuple[Occurrence, ...], rule: str
) -> Iterator[Slot]:
    work = one.shape
    founded = scene.charter.groups[one.spec.per].founded if one.spec.per else ""
    lead_time = scene.length(work.opens, (*one.path, "opens")) if work.opens else None
    minutes = scene.minutes(work.at, (*one.path, "at"))
    for occurrence in occurrences:
        since = work.first and (work.first.since or founded)
        if work.first and since and too_young(occurrence.day, work.first, since, scene):
            continue
        due = occurrence.due_at
        if minutes is not None:
            due = at_local(occurrence.day, minutes, scene.zone)
        yield Slot(occurrence.period, due - lead_time if lead_time else None, due, rule)


def _single(scene: Scene, one: Declared, default: datetime | None) -> Iterator[Slot]:
    work = one.shape
    if not work.due:
        if default is not None:
            yield Slot("", None, default, "")
        return
    due = scene.end(work.due, (*one.path, "due"), work.at, work.round)
    if due is None:
        return
    opens = _opening(scene, one, due)
    if opens and opens > due:
        scene.report.error("charter.opens-after-due", (*one.path, "opens"), word=work.opens)
    yield Slot("", opens, due, f"{work.due}; at: {work.at}" if work.at else work.due)


def _opening(scene: Scene, one: Declared, due: datetime) -> datetime | None:
    text, path = one.shape.opens, (*one.path, "opens")
    if text.startswith("P") and text[1:2].isdigit():
        try:
            return due - duration(text).plain()
        except DateProblem as problem:
            scene.problem(problem, path)
            return None
    return scene.start(text, path)
