"""Admission, the call and the clock of findings: who may join, by when, with what evidence."""

from __future__ import annotations

import re

from keti.charter.rules.compiled import FindingClock
from keti.charter.rules.entry import Admission, Evidence, Track
from keti.charter.rules.findings import Path
from keti.charter.rules.joining import AdmissionSpec, CallSpec, CheckSpec, Share, TrackSpec
from keti.charter.rules.kinds import Words
from keti.charter.rules.scene import Scene, fields_of, text_of
from keti.kernel.acts import Text

PATH: Path = ("admission",)


def admission(scene: Scene) -> AdmissionSpec | None:
    """The rules of joining, or None for a programme nobody applies to."""
    shape = scene.charter.admission
    if shape is None:
        return None
    window: Path = (*PATH, "window")
    opens = scene.start(shape.window.open, (*window, "open"))
    closes = scene.end(shape.window.close, (*window, "close"))
    decide = scene.end(shape.decide_by, (*PATH, "decide_by"))
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
    if closes <= opens:
        scene.report.error("charter.ends-before-start", (*window, "close"), word=shape.window.close)
    offered = {key: _offered(scene, role) for key, role in role_for.items()}
    return AdmissionSpec(
        text_of(shape),
        opens,
        closes,
        decide,
        tuple(
            _track(key, track, shape.evidence, offered[key]) for key, track in shape.tracks.items()
        ),
        text_of(shape.form),
        fields_of(shape.form.fields),
        tuple(one.key for one in scene.groups if any(one.key in some for some in offered.values())),
        tuple((key, text_of(one)) for key, one in shape.form.declarations.items()),
        role_for,
        shape.source,
        tuple(Share(kind, one.min, one.max) for kind, one in shape.capacity.items()),
        scene.length(shape.appeal.within, (*PATH, "appeal", "within")) if shape.appeal else None,
        shape.appeal.to if shape.appeal else "",
    )


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
    title = text_of(named or Words())
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
