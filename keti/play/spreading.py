"""Scene of what stands on a channel against somebody's will: it is taken down."""

from collections.abc import Callable
from typing import Any

from keti.media import queries
from keti.media.actions import take_down
from keti.play.stage import Stage


def down(stage: Stage, duty: Any, push: Callable[..., None]) -> None:
    """The secretariat has it taken down, and notes since when."""
    one = queries.posting_owed(stage.programme, duty)
    if one is None:
        return
    reason = stage.pen.pick("出镜人不再同意（演示）。", "Somebody in it no longer agrees (demo).")
    day = stage.programme.local(stage.now).date()
    take_down(stage.act(duty.seat), posting=one, day=day, reason=reason)
