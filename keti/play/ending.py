"""Scenes of the end: closing, the roll, the published report."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from keti.play.aftercare import look_after
from keti.play.gathering import prepare
from keti.play.honouring import honour
from keti.play.proving import close_round, put_before
from keti.play.stage import Stage
from keti.release import queries
from keti.release.actions import (
    close_programme,
    draw_up_roll,
    finish_programme,
    make_ready,
)
from keti.release.actions import publish as publish_report
from keti.release.enums import EndStep

EMBARGO = timedelta(hours=15)
"""The report may be read from so long before its publication is due: nine in the morning."""


def close(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    close_programme(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick("课题结题", "programme closed"))
    push(stage.now + timedelta(hours=2), "honours", lambda: honour(stage, push))
    push(stage.now + timedelta(hours=1), "proof", lambda: put_before(stage))


def enrol(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    if put_before(stage):
        return
    close_round(stage, duty)
    draw_up_roll(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick("名册编成", "roll drawn up"))
    push(stage.now + timedelta(hours=6), "ready", lambda: make_report_ready(stage, push))


def make_report_ready(stage: Stage, push: Callable[..., None]) -> None:
    """The evening before the release: number, files and page, under an embargo to its morning."""
    duty = next(
        (one for one in queries.duties_of(stage.programme) if one.form == EndStep.PUBLICATION), None
    )
    if duty is None or not duty.is_open:
        return
    until = duty.due_instant - EMBARGO
    said = f"{stage.programme.local(until):%m-%d %H:%M}"
    if until <= stage.now or queries.why_not_publish(duty, None, until):
        return
    made = make_ready(stage.act(duty.seat), obligation=duty, until=until)
    stage.note(
        stage.pen.pick(
            f"备妥课题报告 {made.number}，{said} 解禁",
            f"report {made.number} made ready, public from {said}",
        )
    )
    prepare(stage, until, push)


def publish(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    publication = publish_report(stage.act(duty.seat), obligation=duty)
    stage.note(
        stage.pen.pick(
            f"发布课题报告 {publication.number}", f"report published {publication.number}"
        )
    )
    look_after(stage, push)


def finish(stage: Stage) -> None:
    """The secretariat lays the programme aside, where its last duty came after the closing."""
    finish_programme(stage.act(stage.manager()), programme=stage.programme)
