"""Decisions on request: each kind that the charter knows is asked for once, in the middle."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from keti.charter.rules.compiled import GateSpec
from keti.groups.queries import standing
from keti.kernel.refusals import Refused
from keti.play.stage import Stage
from keti.review.actions import ask_decision
from keti.review.permissions import asks

Planned = tuple[datetime, str, Callable[[], None]]
WHY = ("外出调研推迟，请予同意。", "Field work is delayed; please agree.")


def scenes(stage: Stage) -> list[Planned]:
    """One request for each kind of decision on request, in the first group of its kind."""
    start, end = stage.programme.starts_at, stage.programme.ends_at
    first = {one.kind: one for one in reversed(stage.charter.requests)}
    found: list[Planned] = []
    for number, spec in enumerate(first.values()):
        at = start + (end - start) * min(0.42 + 0.05 * number, 0.7)
        at = at.replace(hour=3, minute=10, second=0, microsecond=0)
        found.append((at, "request", partial(_ask, stage, spec)))
    return found


def _ask(stage: Stage, spec: GateSpec) -> None:
    """Who may ask does, the first whom those who decide can judge; else nobody asks."""
    seats = standing(stage.programme, stage.now).with_names()
    for seat in [one for one in seats if one.acting_person and asks(one, spec)]:
        try:
            _asked(stage, spec, seat)
        except Refused as refused:
            if refused.code != "review.nobody-free-to-decide":
                raise
        else:
            return


def _asked(stage: Stage, spec: GateSpec, seat: Any) -> None:
    reason = stage.pen.pick(*WHY)
    gate = ask_decision(stage.act(seat), programme=stage.programme, asked=spec.key, reason=reason)
    zh, en = gate.title.in_("zh"), gate.title.in_("en")
    stage.note(stage.pen.pick(f"{seat.label}申请：{zh}", f"{seat.label} asks for: {en}"))
