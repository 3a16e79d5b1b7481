"""Acts driven in the plays of every shipped charter, several examples of each."""

import pytest

from tests.acts.attackers import ENDED, KINDS, SEATLESS, THIEF, for_the_holder
from tests.acts.driving import Driver
from tests.acts.test_acts import LAWFUL, lawful, play

MORE = {
    "intake.save_application": {SEATLESS},
    "monitoring.raise_finding": set(KINDS),
    "consultation.comment": set(KINDS),
    "consultation.no_remarks": set(KINDS),
}
"""What a play's charter lets more kinds of seats do; applying is for everybody."""


@pytest.mark.parametrize(
    "charter",
    [
        "association-standard",
        "commissioned-study",
        "fund-project",
        "metaverse-governance-2022",
    ],
)
def test_acts_of_every_play(db, charter):
    more = {(act, one): "its charter says so" for act, kinds in MORE.items() for one in kinds}
    driver = Driver(examples=3, lawful=lawful() | LAWFUL | more)
    play(driver, charter)
    assert sorted(driver.faults) == []
    assert len(driver.driven) > 15
    assert {who for _, who in driver.denied} >= {ENDED, SEATLESS, THIEF}
    assert any(who == for_the_holder(one) for one in KINDS for _, who in driver.denied)


def main(arguments: list[str]) -> int:
    """All plays, one after another; 0 when no act is at fault."""
    return int(pytest.main([__file__, "-q", *arguments]))
