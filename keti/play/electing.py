"""Scenes of terms that run out: the holder goes on, somebody else follows, or nobody in time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from keti.duties import queries as duties
from keti.duties.enums import Verb
from keti.groups import queries as groups
from keti.groups.rules import may_go_on
from keti.intake.actions import appoint_members, end_terms, renew_term, replace_holder
from keti.play.joining import place_of
from keti.play.stage import Stage

Planned = tuple[datetime, str, Callable[[], None]]
WHY = ("任期届满，换届选举。", "The term is over; a new holder was elected.")
BEFORE = timedelta(days=3)


def scenes(stage: Stage) -> list[Planned]:
    """Every term that runs out and is not seen to yet: three days before it ends, of every fourth
    three days after."""
    end_terms(stage.now)
    known, found = stage.memory.setdefault("terms", set()), list[Planned]()
    for duty in duties.any_of(stage.programme).open().filter(form=Verb.APPOINT):
        if duty.key not in known:
            known.add(duty.key)
            late = stage.dice.random() < 0.25
            at = duty.due_instant + (BEFORE if late else -BEFORE)
            at = stage.programme.local(at).replace(hour=10)
            found.append((max(at, stage.now), duty.label, partial(_elect, stage, duty.public_id)))
    return found


def _elect(stage: Stage, public_id: str) -> None:
    duty = duties.by_id(stage.programme, public_id)
    if duty is None or duty.state != "open":
        return
    end_terms(stage.now)
    seat = groups.seat_by_id(stage.programme, duty.subject_id)
    assert seat is not None
    role = seat.role.title
    if seat.ends_at is not None:
        _follow(stage, seat)
        said = ("届满后选出接任", "somebody follows after the term was over")
    elif may_go_on(seat.role.renewals, seat.renewed) and stage.dice.random() < 0.5:
        renew_term(stage.act(stage.manager()), seat=seat)
        said = ("连任", "goes on for another term")
    else:
        place = replace(_place(stage, seat), starts_at=None)
        act = stage.act(stage.manager())
        replace_holder(act, seat=seat, place=place, reason=stage.pen.pick(*WHY))
        said = ("换届", "somebody else follows")
    zh, en = f"{seat.group.label}{role.in_('zh')}{said[0]}", f"{role.in_('en')}: {said[1]}"
    stage.note(stage.pen.pick(zh, en))


def _follow(stage: Stage, seat: Any) -> None:
    appoint_members(stage.act(stage.manager()), places=[_place(stage, seat)])


def _place(stage: Stage, seat: Any) -> Any:
    return place_of(stage, seat.group, stage.charter.role(seat.role.key))
