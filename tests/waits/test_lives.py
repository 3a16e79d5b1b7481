"""Whatever is done in whatever order: nothing waits that is not owed, nothing is owed that does not
wait, and votes and lateness keep their walls. Shrinks to the shortest life that breaks it."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from random import Random

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from keti.duties.actions import astray
from keti.duties.enums import DutyState, Nature
from keti.duties.models import Obligation
from keti.duties.permissions import (
    answers,
    lateness_watchers,
    sees_lateness,
    visible,
)
from keti.groups.models import Seat
from keti.groups.permissions import sights
from keti.release.tests.conftest import _proof as set_in_type
from tests.acts.state import undone
from tests.cycle.life import ACTS, Life
from tests.cycle.test_cycle import the_beginning, the_book

DICE = st.integers(0, 9999).map(Random)
"""What a step picks at random: small, so that a life that breaks the rule is told in few words."""


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Papers need not be set; what is refused in a background run is no news."""
    monkeypatch.setattr("keti.release.actions.producing.render", set_in_type)
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


class Waiting(RuleBasedStateMachine):
    """A life of the cast's programme, one act, one hour or one draft a step."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.open.enter_context(undone())

    def teardown(self) -> None:
        """Nothing of it stays in the database."""
        self.open.close()

    @initialize(begun=st.sampled_from([the_beginning, the_beginning, the_book]))
    def begin(self, begun) -> None:
        self.life = Life(0, begun())

    def throw(self, dice: Random) -> None:
        self.life.dice = self.life.hands.dice = dice
        self.life.steps += 1

    @rule(dice=DICE, name=st.sampled_from(sorted(ACTS)))
    def act(self, dice: Random, name: str) -> None:
        """Any act, by whoever may first."""
        self.throw(dice)
        self.life.act(name)

    @rule(dice=DICE)
    def go_on(self, dice: Random) -> None:
        """What is likely to be tried after what went through."""
        self.throw(dice)
        self.life.act(dice.choice(self.life.likely))

    @rule(dice=DICE)
    def later(self, dice: Random) -> None:
        self.throw(dice)
        self.life.later()

    @rule(dice=DICE)
    def write(self, dice: Random) -> None:
        self.throw(dice)
        self.life.drafts()

    @invariant()
    def nothing_breaks(self) -> None:
        assert self.life.faults == []

    @invariant()
    def what_waits_is_owed(self) -> None:
        assert list(astray(self.life.cast.programme, self.life.now)) == []

    @invariant()
    def walls_stand(self) -> None:
        """Who is not asked knows of no vote, and of nobody's lateness but the secretariat."""
        programme = self.life.cast.programme
        rows = Obligation.objects.filter(programme=programme, nature=Nature.RESPONSE)
        owed = list(rows.filter(state=DutyState.OPEN).with_names())
        watchers = lateness_watchers(programme)
        for sight in sights(list(Seat.objects.standing(self.life.now).with_names())):
            seat = sight.seat
            seen = set(visible(sight, rows).values_list("pk", flat=True))
            late = {duty.pk for duty in owed if sees_lateness(seat, duty, watchers)}
            for duty in owed:
                asked = answers(sight, duty)
                assert asked <= (duty.pk in seen), (seat, duty.key)
                if duty.is_closed:
                    assert (duty.pk in seen) == asked, (seat, duty.key)
                    assert asked or duty.pk not in late, (seat, duty.key)
                elif not (asked or seat.can("manage")):
                    assert duty.pk not in late, (seat, duty.key)


def lived(examples: int, steps: int) -> None:
    """So many lives of at most so many steps."""
    how = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(Waiting, settings=how)


@pytest.mark.usefixtures("db")
def test_what_waits_is_owed_through_a_few_lives():
    lived(3, 20)


@pytest.mark.slow
@pytest.mark.usefixtures("db")
def test_what_waits_is_owed_through_many_lives():
    lived(30, 60)
