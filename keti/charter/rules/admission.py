"""Admission, the call and the clock of findings: who may join, by when, with what evidence."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from keti.charter.rules.compiled import FindingClock
from keti.charter.rules.dates import at_local
from keti.charter.rules.entry import Admission, Evidence, Track
from keti.charter.rules.findings import Path
from keti.charter.rules.joining import (
    AdmissionSpec,
    Batch,
    CallSpec,
    CheckSpec,
    Share,
    TrackSpec,
)
from keti.charter.rules.kinds import Bilingual
from keti.charter.rules.named_days import Occurrence
from keti.charter.rules.scene import Scene, fields_of, text_of
from keti.kernel.acts import Text

PATH: Path = ("admission",)
WHOLE_DAY = timedelta(days=1)


def admission(scene: Scene) -> AdmissionSpec | None:
    """The rules of joining, or None for a programme nobody applies to."""
    shape = scene.charter.admission
    if shape is None:
        return None
    window: Path = (*PATH, "window")
    several = _batches(scene, shape)
    opens, closes, decide = _first_window(scene, shape, several)
    role_for = _roles(scene, shape)
    _check(scene, shape)
    for key, box in shape.form.fields.items():
        if box.kind == "choice" and not box.options:
            path = (*PATH, "form", "fields", key)
            scene.report.warning("charter.nothing-to-choose", path, at_key=True, word=key)
    if not shape.decide_by:
        scene.report.error("charter.undecided", PATH, at_key=True)
    if opens is None or closes is None or decide is None:
        return None
    if closes <= opens and not several:
        scene.report.error("charter.ends-before-start", (*window, "close"), word=shape.window.close)
    offered = {key: _offered(scene, role) for key, role in role_for.items()}
    founds = {key: _founds(scene, role) for key, role in role_for.items()}
    return AdmissionSpec(
        text_of(shape),
        opens,
        closes,
        decide,
        tuple(
            _track(key, track, shape.evidence, () if founds[key] else offered[key])
            if not founds[key]
            else replace(
                _track(key, track, shape.evidence, ()),
                founds=founds[key],
                named_by=_named_by(scene, shape, founds[key]),
            )
            for key, track in shape.tracks.items()
        ),
        text_of(shape.form),
        fields_of(shape.form.fields),
        tuple(
            one.key
            for one in scene.groups
            if any(one.key in some for key, some in offered.items() if not founds[key])
        ),
        tuple((key, text_of(one)) for key, one in shape.form.declarations.items()),
        role_for,
        shape.source,
        tuple(Share(kind, one.min, one.max) for kind, one in shape.capacity.items()),
        scene.length(shape.appeal.within, (*PATH, "appeal", "within")) if shape.appeal else None,
        shape.appeal.to if shape.appeal else "",
        several,
    )


def _first_window(
    scene: Scene, shape: Admission, several: tuple[Batch, ...]
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """The only window, or that of the first batch; nothing where a series is wrong, which is said
    already."""
    if several:
        return several[0].opens_at, several[0].closes_at, several[0].decide_at
    if any(word in scene.series for _path, word in _named(shape)):
        return None, None, None
    (opens, first), (closes, last), (by, decided) = _named(shape)
    return scene.start(first, opens), scene.end(last, closes), scene.end(decided, by)


def _named(shape: Admission) -> list[tuple[Path, str]]:
    window: Path = (*PATH, "window")
    return [
        ((*window, "open"), shape.window.open),
        ((*window, "close"), shape.window.close),
        ((*PATH, "decide_by"), shape.decide_by),
    ]


def _batches(scene: Scene, shape: Admission) -> tuple[Batch, ...]:
    """A window of three series comes again: the first day of each belongs together, then the second
    ones. None where the window has days of its own."""
    window: Path = (*PATH, "window")
    named = _named(shape)
    series = [scene.series.get(word) for _path, word in named]
    if not any(series):
        return ()
    for (path, word), one in zip(named, series, strict=True):
        if one is None:
            scene.report.error("charter.batches-mixed", path, word=word)
    known = [one for one in series if one is not None]
    days = [(*one.occurrences, *one.ahead) for one in known]
    if len(known) < len(named) or not all(days):
        return ()
    if len({len(one) for one in days}) > 1 and not any(one.ahead for one in known):
        facts = {"counts": ", ".join(str(len(one)) for one in days)}
        scene.report.found_problem("charter.batches-uneven", window, facts)
        return ()
    found = tuple(
        Batch(_begins(scene, opens), closes.due_at, decided.due_at)
        for opens, closes, decided in zip(*days, strict=False)
    )
    _in_turn(scene, found, window)
    return found


def _begins(scene: Scene, one: Occurrence) -> datetime:
    """When the window opens: with the day, or at the time the series says."""
    first = at_local(one.day, 0, scene.zone)
    return first if one.due_at - first == WHOLE_DAY else one.due_at


def _in_turn(scene: Scene, batches: tuple[Batch, ...], window: Path) -> None:
    """Each opens, closes, is decided, and only then the next one opens."""
    for number, one in enumerate(batches):
        after = batches[number + 1].opens_at if number + 1 < len(batches) else None
        rises = one.opens_at < one.closes_at <= one.decide_at
        if not rises or (after is not None and after < one.closes_at):
            day = one.opens_at.astimezone(scene.zone).date().isoformat()
            scene.report.found_problem("charter.batches-crossed", window, {"day": day})
            return


def _roles(scene: Scene, shape: Admission) -> dict[str, str]:
    """The role an accepted applicant of each track receives."""
    found = {}
    for key, track in shape.tracks.items():
        if track.role:
            found[key] = scene.role_key(track.role, (*PATH, "tracks", key, "role"))
        else:
            given = (role.key for role in scene.roles if "contribute" in role.can)
            found[key] = next((one for one in given), "")
    return found


def _founds(scene: Scene, role: str) -> str:
    """The kind of group that begins with whoever is admitted to this role: one born by admission,
    where the role leads it."""
    found = next((one for one in scene.roles if one.key == role), None)
    if found is None or "lead" not in found.can:
        return ""
    return found.group_kind if scene.charter.groups[found.group_kind].by_admission else ""


def _named_by(scene: Scene, shape: Admission, kind: str) -> str:
    """The box of the form that names the group: the one said, else the first of one line."""
    said = scene.charter.groups[kind].named_by
    boxes = shape.form.fields
    if said and said not in boxes:
        scene.report.unknown("box", ("groups", kind, "named_by"), said, boxes)
    return said or next((key for key, box in boxes.items() if box.kind == "text"), "")


def _offered(scene: Scene, role: str) -> tuple[str, ...]:
    """The groups in which a role can sit: those of its kind."""
    kinds = {one.group_kind for one in scene.roles if one.key == role}
    return tuple(group.key for group in scene.groups if group.kind in kinds)


def _track(
    key: str, track: Track, evidence: dict[str, Evidence], offered: tuple[str, ...]
) -> TrackSpec:
    kind = track.kind or ("unit" if key == "unit" else "person")
    require = tuple(
        CheckSpec(_key(word), _title(word, evidence), ", ".join(_by(word, evidence)))
        for word in track.require
    )
    priority = tuple(_title(word, evidence) for word in track.rank)
    return TrackSpec(key, kind, text_of(track), require, priority, offered)


def _key(word: str) -> str:
    return re.sub(r"\W+", "_", word).strip("_")


def _title(word: str, evidence: dict[str, Evidence]) -> Text:
    named = evidence.get(word)
    title = text_of(named or Bilingual())
    return title if title.zh or title.en else Text(word, word)


def _by(word: str, evidence: dict[str, Evidence]) -> list[str]:
    named = evidence.get(word)
    return named.by if named else []


def _check(scene: Scene, shape: Admission) -> None:
    for key, one in shape.evidence.items():
        for word in ("checked_by", "decided_by"):
            named = getattr(one, word)
            if named:
                scene.role_key(named, (*PATH, "evidence", key, word))
    for kind in shape.capacity:
        scene.kind(kind, (*PATH, "capacity", kind))
    if shape.appeal:
        scene.role_key(shape.appeal.to, (*PATH, "appeal", "to"))


def call(scene: Scene) -> CallSpec:
    """The public call; a programme without one shows its title."""
    shape = scene.charter.call
    if shape is None:
        return CallSpec(text_of(scene.charter.programme.title))
    return CallSpec(
        text_of(shape.title),
        text_of(shape.body),
        text_of(shape.signatory),
        text_of(shape.audience),
        shape.source,
    )


def finding_clock(scene: Scene) -> FindingClock:
    """How fast problems raised on anything are sorted and answered."""
    shape, path = scene.charter.findings, ("findings",)
    verified = shape.verified_by
    return FindingClock(
        scene.length(shape.triage_within, (*path, "triage_within")),
        scene.length(shape.owner_within, (*path, "owner_within")),
        scene.role_keys(shape.raised_by, (*path, "raised_by")),
        scene.role_key(verified, (*path, "verified_by")) if verified else "",
    )
