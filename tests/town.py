"""A small programme of any charter, for tests that need another one than the cast's."""

from __future__ import annotations

from typing import Any

from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.groups.actions import Place
from keti.groups.models import Group, Role, Seat
from keti.intake.actions import appoint_members
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.ledger.models import Entry
from keti.planning.actions import Founding, found_programme
from tests.cast import local


class Town:
    """A programme founded from this charter by who then runs it, at the start of its term."""

    def __init__(self, text: str, at: str = "2023-03-02T09:00") -> None:
        clock.stand_at(local(at))
        self.founder = Person.objects.create(
            name="秦（演示）", mail="q@example.org", may_found=True
        )
        act = Act(by=self.founder, recorded_at=clock.instant())
        founding = Founding(CharterFile("x.yaml", text), "town")
        self.programme = found_programme(act, founder=self.founder, founding=founding)

    def act(self, at: str = "2023-03-02T09:00") -> Act:
        clock.stand_at(local(at))
        seats = Seat.objects.filter(programme=self.programme).of(self.founder).with_names()
        seat = next(one for one in seats if one.can("manage"))
        return Act(by=self.founder, recorded_at=clock.instant(), seat=seat)

    def place(self, role: str, group: str, **who: Any) -> Place:
        where = Group.objects.select_related("programme").get(programme=self.programme, key=group)
        return Place(where, Role.objects.get(programme=self.programme, key=role), **who)

    def seat(self, role: str, group: str, name: str) -> Seat:
        person, _ = Person.objects.get_or_create(name=name)
        act = self.act()
        return appoint_members(act, places=[self.place(role, group, person=person)])[0]

    def board(self) -> list[str]:
        found = Seat.objects.filter(programme=self.programme, role__key="board", ends_at=None)
        return [one.holder.label for one in found.with_names().order_by("pk")]

    def lines(self) -> list[tuple[str, str, str]]:
        found = Entry.objects.filter(programme=self.programme, kind__startswith="groups.")
        facts = [(one.kind.removeprefix("groups."), one.content) for one in found.order_by("seq")]
        return [
            (kind, said["about"], said["facts"]["office"])
            for kind, said in facts
            if said["facts"].get("office")
        ]
