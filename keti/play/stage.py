"""The stage: the programme being played, its clock, its dice, and what was seen."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any, TypeVar

from django.db import transaction

from keti.charter.rules import Compiled
from keti.groups import queries as groups
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.kernel.ids import new_id
from keti.kernel.refusals import Refused
from keti.play.people import Casting
from keti.play.words import Pen

T = TypeVar("T")


@dataclass
class Stage:
    """Everything a scene needs. Scenes change the world only through actions of the rooms."""

    charter: Compiled
    programme: Any
    founder: Any
    dice: Random
    casting: Casting
    pen: Pen
    now: datetime
    lines: list[str] = field(default_factory=list)
    refusals: Counter[str] = field(default_factory=Counter)
    memory: dict[str, Any] = field(default_factory=dict)

    def move_to(self, at: datetime) -> None:
        """Let the clock run to `at`; it never runs back."""
        if at > self.now:
            self.now = at
            clock.stand_at(at)

    def act(self, seat: Any, **more: Any) -> Act:
        """An act now, by whoever acts in `seat`."""
        person = seat.acting_person if seat else None
        if seat is not None and person is None:
            raise Refused("duties.no-person", seat=seat.title)
        return Act(by=person or self.founder, recorded_at=self.now, seat=seat, key=new_id(), **more)

    def manager(self) -> Any:
        """The seat that runs the programme. Refuses where the charter lets nobody manage."""
        seats = self.able("manage")
        if not seats:
            raise Refused("groups.no-seat")
        return seats[0]

    def able(self, verb: str) -> list[Any]:
        """Seats whose role can `verb`, now."""
        return groups.able(self.programme, verb, self.now)

    def perform(self, what: Callable[[], T]) -> T:
        """Run one act in a transaction of its own, as a page would. What is taken back is told by
        no line of the chronicle."""
        told = len(self.lines)
        try:
            with transaction.atomic():
                return what()
        except BaseException:
            del self.lines[told:]
            raise

    def note(self, text: str) -> None:
        """One line of the chronicle."""
        local = self.programme.local(self.now)
        self.lines.append(f"{local:%Y-%m-%d %H:%M}  {text}")

    def refused(self, refusal: Refused, what: str) -> None:
        """Remember a refusal; the same one is told once."""
        sentence = refusal.sentence("en" if self.pen.english else "zh-hans")
        mark = f"{what}: {sentence}"
        self.refusals[mark] += 1
        if self.refusals[mark] == 1:
            self.note(("refused: " if self.pen.english else "未获准：") + mark)
