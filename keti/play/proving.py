"""Scenes of the proof of the roll: opened after the closing, or when the roll would be drawn up;
looked at, corrected, closed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from keti.charter.rules.dates import duration
from keti.play.stage import Stage
from keti.release import queries
from keti.release.actions import (
    Form,
    Wishes,
    answer_proof,
    close_proof,
    open_proof,
    settle_proof,
)
from keti.release.enums import Answered, EndStep

SILENT, NAME, ORDER = 9, 7, 11
"""Of so many owners one does not answer, corrects the name, is at odds with the order."""
FIRST = timedelta(hours=13)
"""The round ends so long before the roll is due; where that is over, after the charter's time."""


def put_before(stage: Stage) -> bool:
    """Open the round where the charter asks for one and none was held; owners look at their entries
    in its time. Whether it is open now."""
    roll = next(
        (one for one in queries.duties_of(stage.programme) if one.form == EndStep.ROLL), None
    )
    said = queries.proof_said(roll) if roll and roll.is_open else ""
    if roll is None or not said or queries.proof_of(roll):
        return False
    until = roll.due_instant - FIRST
    if until <= stage.now:
        until = stage.now + duration(said).plain()
    if not queries.proposed(stage.programme, stage.now).entries:
        return False
    made = open_proof(stage.act(roll.seat), obligation=roll, until=until)
    entries = queries.proof_entries(made)
    stage.note(
        stage.pen.pick(
            f"名册 {len(entries)} 条请各方核对", f"{len(entries)} entries of the roll put to owners"
        )
    )
    return True


def look(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    """Most owners find their entry right; some correct the name or the order, some say nothing."""
    entry = queries.entry_of(duty)
    if entry is None or entry.position % SILENT == 0:
        return
    wishes = _wishes(stage, entry, entry.position)
    answer_proof(stage.act(duty.seat), entry=entry, wishes=wishes)


def _wishes(stage: Stage, entry: Any, number: int) -> Wishes | None:
    shown = (entry.name_zh, entry.name_en, entry.honorific)
    if number % ORDER == 0:
        words = ("应按报名先后排列（演示）", "The order should be that of application (demo)")
        return Wishes(*shown, wish=stage.pen.pick(*words))
    if number % NAME == 0 and entry.seat.organisation_id is None:
        return Wishes(shown[0], shown[1], stage.pen.pick("博士", "Dr"))
    return None


def close_round(stage: Stage, roll: Any) -> None:
    """The office decides each correction and ends the round: names as wished, the order as the
    charter has it."""
    made = queries.proof_of(roll)
    if made is None or made.closed_at is not None:
        return
    for entry in queries.proof_entries(made):
        if entry.state == Answered.CORRECTED:
            _settle(stage, roll, entry)
    close_proof(stage.act(roll.seat), round_=made)
    counts = queries.proof_counts(made)
    right, silent = counts[Answered.CONFIRMED], counts[Answered.SILENT]
    stage.note(
        stage.pen.pick(
            f"名册校核结束：无误 {right}，未答复 {silent}",
            f"proof of the roll closed: {right} right, {silent} silent",
        )
    )


def _settle(stage: Stage, roll: Any, entry: Any) -> None:
    act = stage.act(roll.seat)
    if entry.wish:
        words = (
            "次序按实施方案规定的职务和席位排列（演示）",
            "The charter settles the order (demo)",
        )
        settle_proof(act, entry=entry, reason=stage.pen.pick(*words))
        return
    form = Form(entry.wished_zh, entry.wished_en, entry.wished_honorific, entry.order)
    settle_proof(act, entry=entry, form=form)
