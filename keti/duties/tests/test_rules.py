"""How an obligation stands, when it is late, which reminder is due."""

from datetime import UTC, datetime, timedelta

import pytest

from keti.duties.enums import DutyState, DutyStatus
from keti.duties.rules import Clock, is_late, standing, step_due, titled
from keti.kernel.acts import Text

DUE = datetime(2030, 4, 30, 16, tzinfo=UTC)
DAY = timedelta(days=1)


def clock(
    state: str = DutyState.OPEN, met_at: datetime | None = None, begun: bool = False
) -> Clock:
    return Clock(state, DUE, met_at, begun)


@pytest.mark.parametrize(
    ("duty", "now", "expected"),
    [
        (clock(DutyState.MET, DUE), DUE + DAY, DutyStatus.DONE),
        (clock(DutyState.WAIVED), DUE + DAY, DutyStatus.WAIVED),
        (clock(DutyState.CANCELLED), DUE - DAY, DutyStatus.WAIVED),
        (clock(DutyState.RETURNED), DUE + DAY, DutyStatus.RETURNED),
        (clock(), DUE, DutyStatus.OVERDUE),
        (clock(), DUE - timedelta(milliseconds=1), DutyStatus.SOON),
        (clock(), DUE - 7 * DAY, DutyStatus.SOON),
        (clock(), DUE - 7 * DAY - timedelta(milliseconds=1), DutyStatus.AHEAD),
        (clock(begun=True), DUE - DAY, DutyStatus.DOING),
        (clock(begun=True), DUE, DutyStatus.OVERDUE),
    ],
)
def test_standing(duty: Clock, now: datetime, expected: DutyStatus) -> None:
    assert standing(duty, now) is expected


def test_others_see_not_received() -> None:
    assert standing(clock(), DUE, lateness_shown=False) is DutyStatus.MISSING


@pytest.mark.parametrize(
    ("duty", "now", "late"),
    [
        (clock(DutyState.MET, DUE - timedelta(milliseconds=1)), DUE + DAY, False),
        (clock(DutyState.MET, DUE), DUE + DAY, True),
        (clock(), DUE - DAY, False),
        (clock(), DUE, True),
        (clock(DutyState.WAIVED), DUE + DAY, False),
    ],
)
def test_lateness_is_half_open(duty: Clock, now: datetime, late: bool) -> None:
    assert is_late(duty, now) is late


def test_the_newest_reminder_step_covers_the_missed_ones() -> None:
    offsets = [5 * 86400, 86400]
    assert step_due(DUE, offsets, DUE - 6 * DAY) is None
    assert step_due(DUE, offsets, DUE - 5 * DAY) == 5 * 86400
    assert step_due(DUE, offsets, DUE - DAY / 2) == 86400
    assert step_due(DUE, offsets, DUE) is None


def test_a_title_says_the_year_and_which_time_in_it() -> None:
    assert titled(Text("例会", "Talks"), "2023") == Text("2023 年例会", "Talks, 2023")
    assert titled(Text("例会", "Talks"), "2023.2") == Text(
        "2023 年例会（第 2 次）", "Talks, 2023 (2)"
    )
