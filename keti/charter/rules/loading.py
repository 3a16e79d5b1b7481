"""The whole way from charter text to compiled values, with every finding on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from keti.charter.rules import admission, bounds, calendar, people
from keti.charter.rules.compiled import Compiled, EventSpec, PhaseSpec, Principle
from keti.charter.rules.dates import Dates
from keti.charter.rules.expand import expand
from keti.charter.rules.findings import MOST, Finding, Path, Report, in_words
from keti.charter.rules.gates import dated, judged
from keti.charter.rules.lateness import lateness
from keti.charter.rules.maps import maps_of
from keti.charter.rules.named_days import Anchor
from keti.charter.rules.naming import names_of
from keti.charter.rules.numbers import first_numbers, usual_format
from keti.charter.rules.overrides import variants
from keti.charter.rules.reading import Document, Unreadable, read
from keti.charter.rules.scene import Scene, text_of
from keti.charter.rules.shape import Charter
from keti.charter.rules.shaping import shaped
from keti.charter.rules.terms import check_terms
from keti.charter.rules.workdays import KNOWN, Workdays
from keti.charter.rules.works import declared

KEPT = ("trace", "rounds", "honours", "outreach", "record", "privacy", "amendment")


@dataclass(frozen=True, slots=True)
class Study:
    """A charter whose shape is right: its text, blocks and dates, and what could be compiled.

    `compiled` may lack what was reported as an error; it is for judging, not for applying.
    """

    document: Document
    charter: Charter
    resolver: calendar.Resolver
    scene: Scene | None
    compiled: Compiled | None


def load(
    text: str, name: str, holidays: Mapping[date, bool] | None = None
) -> tuple[Compiled | None, list[Finding]]:
    """Compile a charter. The first part is None when an error was found."""
    study, found = studied(text, name, holidays)
    failed = any(one.severity == "error" for one in found)
    return (study.compiled if study and not failed else None), found


def studied(
    text: str, name: str, holidays: Mapping[date, bool] | None = None
) -> tuple[Study | None, list[Finding]]:
    """The charter as far as it can be understood; None when its shape is wrong."""
    study, found = _studied(text, name, tuple(sorted((holidays or {}).items())))
    return study, list(found)


@lru_cache(maxsize=32)
def _studied(
    text: str, name: str, holidays: tuple[tuple[date, bool], ...]
) -> tuple[Study | None, tuple[Finding, ...]]:
    try:
        document = read(text)
    except Unreadable as trouble:
        line, column = trouble.place
        words = in_words(trouble.path) or "."
        return None, (Finding(name, line, column, "error", trouble.code, words, trouble.facts),)
    return understood(document, name, dict(holidays), text)


def understood(
    document: Document, name: str, holidays: Mapping[date, bool] | None = None, text: str = ""
) -> tuple[Study | None, tuple[Finding, ...]]:
    """The same of a text that was read already; without `text` its hash is that of nothing."""
    report = Report(name, document.keys, document.values)
    _repeated(document, report, name)
    charter = shaped(document.data, report)
    if charter is None or not bounds.held(charter, report):
        return None, _in_order(report)
    report.names = names_of(charter)
    scene, resolver = _scene(charter, report, holidays)
    try:
        compiled = _compiled(scene, resolver, text) if scene else None
    except bounds.TooMany:
        facts = {"word": "obligations", "limit": bounds.MOST_DUTIES}
        report.error("charter.too-many", ("obligations",), at_key=True, **facts)
        return None, _in_order(report)
    return Study(document, charter, resolver, scene, compiled), _in_order(report)


def _repeated(document: Document, report: Report, name: str) -> None:
    for path, (line, column), word in document.repeated[:MOST]:
        first = document.keys[path][0]
        facts = {"word": word, "first_zh": f"，先见于第 {first} 行"}
        facts["first_en"] = f", first on line {first}"
        report.found.append(
            Finding(name, line, column, "error", "charter.duplicate-id", in_words(path), facts)
        )


def _in_order(report: Report) -> tuple[Finding, ...]:
    return tuple(sorted(report.found, key=lambda one: (one.line, one.column, one.code)))


def _compiled(scene: Scene, resolver: calendar.Resolver, text: str) -> Compiled:
    charter, report = scene.charter, scene.report
    parties = people.parties(charter, report)
    scene.groups = people.groups(charter, report)
    scene.roles = people.roles(charter, report)
    scene.variants = variants(scene)
    resolver.all()
    scene.series.update({key: one for key, one in resolver.series.items() if one})
    people.check_duties(scene)
    calendar.check_deciders(resolver, scene)
    anchors = calendar.anchors(resolver, scene)
    works = declared(scene)
    gates = judged(scene, works)
    late = lateness(scene)
    obligations, gate_specs, requests, ahead = expand(scene, works, gates, late)
    check_terms(scene)
    programme = charter.programme
    return Compiled(
        id=programme.id,
        title=text_of(programme.title),
        short=text_of(programme.short),
        tz=charter.tz,
        langs=tuple(charter.lang),
        workdays=charter.workdays,
        number_prefix=programme.number_prefix,
        number_format=programme.number_format or usual_format(charter.lang),
        commissioner=programme.commissioner,
        contractor=programme.contractor,
        issued_by=programme.issued_by,
        parties=parties,
        groups=scene.groups,
        roles=scene.roles,
        anchors=anchors,
        phases=_phases(scene),
        events=_events(scene, anchors),
        works=tuple(one.spec for one in works),
        obligations=obligations,
        gates=gate_specs,
        requests=requests,
        admission=admission.admission(scene),
        findings=admission.finding_clock(scene),
        late=late,
        principles=tuple(
            Principle(key, text_of(one), tuple(one.bound_to), one.source)
            for key, one in programme.principles.items()
        ),
        call=admission.call(scene),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        series=tuple(scene.series.values()),
        blocks=_blocks(charter),
        about=text_of(programme.about),
        horizon=programme.horizon,
        ahead=ahead,
    )


def _scene(
    charter: Charter, report: Report, holidays: Mapping[date, bool] | None
) -> tuple[Scene | None, calendar.Resolver]:
    resolver = calendar.Resolver(dict(charter.calendar.__pydantic_extra__))
    try:
        zone = ZoneInfo(charter.tz)
    except (KeyError, ValueError, OSError):
        report.error("charter.unknown-zone", ("tz",), word=charter.tz)
        return None, resolver
    if charter.workdays not in KNOWN:
        report.unknown("workdays", ("workdays",), charter.workdays, KNOWN)
    workdays = Workdays(charter.workdays, holidays)
    scene = Scene(charter, report, zone, workdays, Dates(resolver.named, workdays))
    resolver.scene = scene
    return scene, resolver


def _phases(scene: Scene) -> tuple[PhaseSpec, ...]:
    found = []
    for key, phase in scene.charter.phases.items():
        path: Path = ("phases", key)
        start = scene.start(phase.begin, (*path, "from"))
        end = scene.end(phase.to, (*path, "to"))
        known = dated(scene.charter.gates)
        if phase.opens_with and phase.opens_with not in known:
            scene.report.unknown("gate", (*path, "opens_with"), phase.opens_with, known)
        if start is None or end is None:
            continue
        if end <= start:
            scene.report.error("charter.ends-before-start", (*path, "to"), word=phase.to)
        found.append(PhaseSpec(key, text_of(phase, key), start, end, phase.opens_with))
    return tuple(found)


def _events(scene: Scene, anchors: tuple[Anchor, ...]) -> tuple[EventSpec, ...]:
    by_key: dict[str, Anchor] = {one.key: one for one in anchors}
    found = []
    for key, event in scene.charter.events.items():
        moment = scene.moment(event.at, ("events", key, "at"))
        if moment is None:
            continue
        anchor = by_key.get(event.at)
        vague = (anchor.precision if anchor else moment.precision) == "month"
        found.append(EventSpec(key, text_of(event, key), moment.day, vague))
    return tuple(found)


def _blocks(charter: Charter) -> Mapping[str, Any]:
    """Blocks that are read and checked for shape, and given on as they stand."""
    kept = {name: getattr(charter, name) for name in KEPT}
    maps = maps_of(charter)
    return MappingProxyType(
        {"numbers": first_numbers(charter)}
        | ({"maps": maps} if maps else {})
        | {
            name: {key: _as_said(one) for key, one in value.items()}
            if isinstance(value, dict)
            else _as_said(value)
            for name, value in kept.items()
        }
    )


LATER = {"min"}
"""Keys the language learned when charters stood already: they are given on where they are said."""


def _as_said(block: BaseModel) -> dict[str, Any]:
    said = block.model_dump(by_alias=True)
    return {key: value for key, value in said.items() if value or key not in LATER}
