"""Scenes of the end: closing, the roll, the published report."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from keti.play.honouring import honour
from keti.play.stage import Stage
from keti.release.actions import close_programme, draw_up_roll, finish_programme
from keti.release.actions import publish as publish_report


def close(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    close_programme(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick("课题结题", "programme closed"))
    push(stage.now + timedelta(hours=2), "honours", lambda: honour(stage, push))


def enrol(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    draw_up_roll(stage.act(duty.seat), obligation=duty)
    stage.note(stage.pen.pick("名册编成", "roll drawn up"))


def publish(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    publication = publish_report(stage.act(duty.seat), obligation=duty)
    stage.note(
        stage.pen.pick(
            f"发布课题报告 {publication.number}", f"report published {publication.number}"
        )
    )


def finish(stage: Stage) -> None:
    """The secretariat lays the programme aside, where its last duty came after the closing."""
    finish_programme(stage.act(stage.manager()), programme=stage.programme)
