"""Durations in the blocks that are given on as they stand: each can be reckoned with."""

from __future__ import annotations

from collections.abc import Iterator

from keti.charter.rules.dates import DateProblem, duration
from keti.charter.rules.findings import Path
from keti.charter.rules.scene import Scene


def check_terms(scene: Scene) -> None:
    """Report every duration that is none."""
    for path, text in _terms(scene):
        try:
            duration(text)
        except DateProblem as problem:
            scene.problem(problem, path)


def _terms(scene: Scene) -> Iterator[tuple[Path, str]]:
    charter = scene.charter
    if charter.programme.horizon:
        yield ("programme", "horizon"), charter.programme.horizon
    for block, things, keys in (
        ("rounds", charter.rounds, ("open", "min")),
        ("honours", charter.honours, ("appeal",)),
        ("outreach", charter.outreach, ("keep", "every", "for")),
        ("amendment.classes", charter.amendment.classes, ("notice", "open")),
        ("obligations", charter.obligations.__pydantic_extra__, ("look_back", "proofread")),
        ("deliverables", charter.deliverables, ("look_back", "proofread")),
    ):
        for name, thing in things.items():
            for key in keys:
                text = getattr(thing, "how_long" if key == "for" else key)
                if text:
                    yield (*block.split("."), name, key), text
