"""A meeting that was arranged."""

import pytest

from keti.meetings import actions
from tests.cast import local


@pytest.fixture
def planned(cast):
    cast.at("2030-04-08T10:00")
    return actions.plan_meeting(
        cast.lu.act(key="plan"),
        obligation=cast.duty("talk", "cell.red"),
        starts_at=local("2030-04-11T14:00"),
        place="三号会议室（演示）",
        agenda=["通报进展"],
    )
