"""What is due and what is answered: reminders, escalations, terms, what may be recorded later."""

from __future__ import annotations

from datetime import timedelta

from keti.charter.rules.compiled import Late
from keti.charter.rules.dates import DateProblem, duration
from keti.charter.rules.findings import Path
from keti.charter.rules.scene import Scene
from keti.charter.rules.shape import Respond

PATH: Path = ("obligations", "late")


def lateness(scene: Scene) -> Late:
    """The reminders and escalations every obligation has unless it says otherwise, how soon who is
    asked answers, what may be recorded after the fact, and who sees lateness."""
    late, courtesy = scene.charter.obligations.late, scene.charter.courtesy
    within, terms = _terms(scene, late.respond)
    escalate = []
    for number, one in enumerate(late.escalate):
        here = (*PATH, "escalate", number)
        role = scene.role_key(one.to, (*here, "to"))
        escalate.append((scene.length(one.after, (*here, "after")), role))
    return Late(
        late.record_late,
        late.on_behalf,
        frozenset(late.seen_by),
        frozenset(courtesy.conflicts_seen_by),
        within,
        terms,
        offsets(scene, late.remind, (*PATH, "remind")),
        tuple(escalate),
    )


def _terms(scene: Scene, said: Respond) -> tuple[timedelta, tuple[tuple[str, timedelta], ...]]:
    """The term of every answer, and those that have one of their own, by verb."""
    path: Path = (*PATH, "respond")
    own = {verb: word for verb, word in said.model_dump().items() if word and verb != "within"}
    terms = tuple((verb, scene.length(word, (*path, verb))) for verb, word in own.items())
    return scene.length(said.within, (*path, "within")), terms


def offsets(scene: Scene, words: list[str], path: Path) -> tuple[timedelta, ...]:
    """How long before a due instant something is said; what is no length of time is told."""
    found = []
    for number, word in enumerate(words):
        try:
            found.append(duration(word).plain())
        except DateProblem as problem:
            scene.problem(problem, (*path, number))
    return tuple(found)
