"""Gates: who decides what, on which inputs, under which rule, when, with which ways on and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from keti.charter.rules.compiled import GateRule, GateSpec, Outcome
from keti.charter.rules.facts import consultations
from keti.charter.rules.findings import Path
from keti.charter.rules.guards import BadGuard, facts_of, parse
from keti.charter.rules.joining import Share
from keti.charter.rules.scene import Scene, text_of
from keti.charter.rules.shape import Gate, Rule
from keti.charter.rules.works import Declared
from keti.kernel.acts import Text

FAR = datetime.max.replace(tzinfo=UTC)
EFFECTS = {
    "approve": "approve", "close": "approve", "issued": "approve",
    "close_with_reservation": "approve", "revise": "revise", "replan": "revise", "stop": "stop",
    "refuse": "refuse",
}  # fmt: skip
TITLES = {
    "approve": Text("通过", "Approved"),
    "close": Text("同意结题", "Closed"),
    "issued": Text("下达", "Issued"),
    "close_with_reservation": Text("有保留结题", "Closed with a reservation"),
    "revise": Text("修改后再审", "Revise and resubmit"),
    "replan": Text("调整计划后再审", "Replan and resubmit"),
    "stop": Text("不予通过", "Stopped"),
    "refuse": Text("不同意", "Refused"),
}
ASKED = {"approve": Text("同意", "Granted"), "stop": Text("同意终止", "Stop agreed")}
"""The same where somebody asked for it."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind of gate with everything its instances share."""

    kind: str
    shape: Gate
    path: Path
    per: str
    when: str
    asks: tuple[str, ...]
    inputs: tuple[str, ...]
    only: str = ""


def dated(gates: Mapping[str, Gate]) -> dict[str, Gate]:
    """The gates with a day of their own: those others can wait for."""
    return {key: gate for key, gate in gates.items() if not gate.on_request}


def judged(scene: Scene, works: tuple[Declared, ...]) -> tuple[Judged, ...]:
    """The declared gates, their guards and inputs checked."""
    known = _known_facts(scene, works)
    names = {one.spec.key for one in works}
    found = []
    for kind, gate in scene.charter.gates.items():
        path: Path = ("gates", kind)
        if kind in names:
            scene.report.error("charter.duplicate-id", path, at_key=True, word=kind)
        per = scene.kind(gate.per, (*path, "per"))
        if gate.signed_by:
            scene.role_key(gate.signed_by, (*path, "signed_by"))
        asks = _asked(scene, gate, path, known)
        consulted = tuple(name for name in _consulted(scene, gate, path, works) if name not in asks)
        when = _joined(gate.when, consulted)
        inputs = _inputs(scene, gate, path, names)
        every = (*asks, *consulted)
        found.append(Judged(kind, gate, path, per, when, every, inputs, scene.only(gate.per)))
    return tuple(found)


def _known_facts(scene: Scene, works: tuple[Declared, ...]) -> list[str]:
    gates = dated(scene.charter.gates)
    facts = [f"{kind}.{outcome}" for kind, gate in gates.items() for outcome in gate.outcomes]
    facts += [f"{one.spec.key}.done" for one in works]
    facts += [f"{key}.closed" for key in scene.charter.rounds]
    facts += ["admission.decided", "trace.complete"]
    return facts + [f"date>={name}" for name in scene.date_names()]


def _asked(scene: Scene, gate: Gate, path: Path, known: list[str]) -> tuple[str, ...]:
    if not gate.when:
        return ()
    try:
        asked = facts_of(parse(gate.when))
    except BadGuard as trouble:
        piece = gate.when[trouble.at :][:20]
        scene.report.error("charter.bad-guard", (*path, "when"), at=trouble.at + 1, piece=piece)
        return ()
    for name in asked:
        if name not in known:
            scene.report.unknown("fact", (*path, "when"), name, known)
    return asked


def _consulted(
    scene: Scene, gate: Gate, path: Path, works: tuple[Declared, ...]
) -> tuple[str, ...]:
    """The facts that say that comments were gathered where the gate asks for them first."""
    rounds = scene.charter.rounds
    if not gate.consult:
        return ()
    if gate.consult not in rounds:
        scene.report.unknown("round", (*path, "consult"), gate.consult, rounds)
        return ()
    subject = rounds[gate.consult].subject
    found = consultations((one.spec for one in works), subject)
    if not found:
        word, here = gate.consult, (*path, "consult")
        scene.report.warning("charter.round-without-work", here, word=word, subject=subject)
    return tuple(f"{one.spec.key}.done" for one in works if one.spec.key in found)


def _joined(when: str, facts: tuple[str, ...]) -> str:
    """A condition that also waits for facts."""
    if not (when and facts):
        return when or " and ".join(facts)
    return " and ".join((f"({when})", *facts))


def _inputs(scene: Scene, gate: Gate, path: Path, names: set[str]) -> tuple[str, ...]:
    found = []
    for number, word in enumerate(gate.inputs):
        key = word.split(" per ")[0].strip()
        if key in names:
            found.append(key)
        else:
            scene.report.unknown("work", (*path, "inputs", number), key, sorted(names))
    return tuple(found)


def instances(scene: Scene, gate: Judged) -> tuple[GateSpec, ...]:
    """One gate for each group of its kind; its inputs are filled in by the expansion."""
    _check_outcomes(scene, gate)
    if not gate.shape.by and not gate.shape.on_request:
        scene.report.error("charter.no-deadline", gate.path, at_key=True, word=gate.kind)
    with scene.of(gate.per):
        usual = _usual(scene, gate)
    found = []
    for group in scene.groups_of(gate.per, gate.only):
        variant = scene.variants.get((gate.kind, group.key))
        spec, own = usual, gate
        if variant and isinstance(variant.shape, Gate):
            own = replace(gate, shape=variant.shape, path=variant.path)
        if own is not gate or scene.charter.groups[group.kind].by_admission:
            with scene.of(group.kind, group.key):
                spec = _usual(scene, own)
        if spec:
            found.append(replace(spec, key=f"{gate.kind}@{group.key}", group=group.key))
    return tuple(found)


def _usual(scene: Scene, gate: Judged) -> GateSpec | None:
    """What all the gates of a kind have in common; None when it has no date."""
    shape, path = gate.shape, gate.path
    by_at = scene.end(shape.by, (*path, "by"), shape.at, shape.round)
    if shape.on_request:
        by_at = FAR
    within = shape.revise_within
    revise = scene.length(within, (*path, "revise_within")) if within else None
    decides = scene.role_keys(shape.decides, (*path, "decides"))
    phases = scene.charter.phases.items()
    opened = next((key for key, phase in phases if phase.opens_with == gate.kind), "")
    spec = GateSpec(
        "",
        gate.kind,
        text_of(shape, gate.kind),
        "",
        decides,
        _rule(scene, shape.rule, path),
        _outcomes(shape),
        (),
        gate.when,
        opened,
        scene.start(shape.opens, (*path, "opens")),
        by_at or FAR,
        scene.end(shape.first_by, (*path, "first_by")),
        shape.max_rounds,
        revise,
        shape.sign_off,
        shape.source,
        _composition(scene, gate, decides),
        scene.role_keys(shape.asked_by, (*path, "asked_by")),
        _within(scene, shape, path),
        scene.party_key(shape.issued_by, (*path, "issued_by")),
    )
    return spec if by_at else None


def _within(scene: Scene, shape: Gate, path: Path) -> timedelta | None:
    """How long who decides has once somebody asks: its own term, else that of every answer."""
    if not shape.on_request:
        return None
    if shape.within:
        return scene.length(shape.within, (*path, "within"))
    respond = scene.charter.obligations.late.respond
    return scene.length(respond.decide or respond.within, (*path, "on_request"))


def _composition(scene: Scene, gate: Judged, decides: tuple[str, ...]) -> tuple[Share, ...]:
    """How many of each role must sit among those who decide."""
    found = []
    for word, one in gate.shape.composition.items():
        path = (*gate.path, "composition", word)
        key = scene.role_key(word, path)
        if key and key not in decides:
            scene.report.unknown("role", path, word, decides)
        if one.max is not None and one.max < one.min:
            scene.report.error("charter.max-below-min", (*path, "max"), min=one.min, max=one.max)
        found.append(Share(key, one.min, one.max))
    return tuple(found)


def _rule(scene: Scene, rule: Rule | None, path: Path) -> GateRule:
    """The rule of a decision; without one, everybody who decides must agree."""
    if rule is None:
        return GateRule(unanimous=True)
    no_voice = scene.role_keys(rule.no_voice, (*path, "rule", "no_voice"))
    share = _quorum(rule.quorum)
    return GateRule(
        share, rule.approve, rule.unanimous, rule.conflicts, no_voice, rule.consensus_first, rule.of
    )


def _quorum(quorum: Fraction | None) -> Fraction | int | None:
    if quorum is None or quorum < 1:
        return quorum
    return int(quorum)


def _outcomes(gate: Gate) -> tuple[Outcome, ...]:
    made = []
    for key, one in gate.outcomes.items():
        title = text_of(one)
        if not (title.zh or title.en):
            asked = ASKED if gate.on_request else TITLES
            title = asked.get(key) or TITLES.get(key, Text(key, key))
        made.append(Outcome(key, title, one.effect or EFFECTS.get(key, "")))
    return tuple(made)


def _check_outcomes(scene: Scene, gate: Judged) -> None:
    path = (*gate.path, "outcomes")
    made = _outcomes(gate.shape)
    for number, one in enumerate(made):
        if not one.effect:
            here = (*path, one.key) if scene.report.has((*path, one.key)) else (*path, number)
            scene.report.unknown("outcome", here, one.key, sorted(EFFECTS))
