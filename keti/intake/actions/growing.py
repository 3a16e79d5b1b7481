"""Groups that begin with an application admitted: made by the room that knows the charter."""

from dataclasses import dataclass
from typing import Protocol

from keti.groups.models import Group
from keti.intake.models import Application
from keti.kernel.acts import Act, Text
from keti.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Seed:
    """The group to be: its kind, its name, and the application that founds it."""

    kind: str
    title: Text
    number: str


class Grower(Protocol):
    """Makes a group that the charter lets be born by admission, in the transaction of the act."""

    def hold_seats(self, programme: Programme) -> None: ...

    def hold_rest(self, programme: Programme) -> None: ...

    def grow(self, act: Act, programme: Programme, seed: Seed) -> Group: ...


GROWERS: list[Grower] = []


def grows_groups(grower: Grower) -> None:
    """Name what makes the groups; called once, by the room that does."""
    GROWERS[:] = [grower]


def grower() -> Grower:
    """What makes the groups."""
    [one] = GROWERS
    return one


def seed_of(mine: Application, kind: str, named_by: str) -> Seed:
    """Of this application: named by what was answered, else by who applied."""
    answers = mine.filled.fields
    words = " ".join(str(answers.get(named_by, "")).split())[:80] or mine.name
    chinese = any("\u3400" <= sign <= "\u9fff" for sign in words)
    return Seed(kind, Text(words, "") if chinese else Text(words, words), mine.number)
