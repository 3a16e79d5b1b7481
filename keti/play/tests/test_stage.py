"""What the chronicle of a play tells."""

from datetime import UTC, datetime
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from keti.kernel.refusals import Refused
from keti.play.stage import Stage

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 5, 6, 8, tzinfo=UTC)


def test_what_was_taken_back_is_told_by_no_line() -> None:
    nothing: Any = None
    programme: Any = SimpleNamespace(local=lambda at: at)
    stage = Stage(nothing, programme, nothing, Random(1), nothing, nothing, NOW)
    stage.perform(lambda: stage.note("stands"))

    def refused() -> None:
        stage.note("taken back")
        raise Refused("groups.no-seat")

    with pytest.raises(Refused):
        stage.perform(refused)
    assert stage.lines == ["2030-05-06 08:00  stands"]
