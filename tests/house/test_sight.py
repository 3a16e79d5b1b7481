"""The rule that filters rows and the predicate that asks one row agree, in every room."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import getmembers, isfunction
from pathlib import Path
from random import Random
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from django.db.models import Model, Q, QuerySet

from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.consultation.models import Round
from keti.duties import permissions as duties
from keti.duties.models import Obligation
from keti.groups.models import Seat
from keti.groups.permissions import Sight, sights
from keti.honours.models import Contribution, Nomination, Piece
from keti.intake.models import Application, Call
from keti.kernel.acts import Act
from keti.meetings.models import Attendance, Meeting
from keti.monitoring.models import Finding
from keti.planning.actions import Founding, found_programme
from keti.programmes.models import Programme
from keti.reports.models import Report, Version
from keti.research.models import CaseApproval, Node
from keti.review.models import Gate
from keti.work.models import Task, TaskBook
from tests.cast import Cast
from tests.house.predicates import WRITTEN
from tests.house.sources import HOUSE
from tests.house.worlds import VERBS, World

pytestmark = pytest.mark.once

NAMED = re.compile(r"`(\w+)`")
VIEWERS = (Sight, Seat, Person)
ALONE = {
    "duties.announced": "what the charter says is due; everybody inside sees it",
    "duties.announced_lateness": "of the announced alone: compared in duties/tests/test_queries",
    "duties.waiting_for": "the rows of `owed_by_seat`, found by index",
    "letters.visible": "all of it or nothing; one row is fetched from it alone",
    "media.reach_in_sight": "all of it or nothing; one row is fetched from it alone",
    "media.postings_in_sight": "one row is fetched from it alone; no act asks it",
    "media.visible": "one row is fetched from it alone; no act asks it",
    "meetings.visible": "no act and no page asks it of one meeting",
    "reports.visible_versions": "the versions of what `visible` shows",
}
"""Rules that no predicate says again, and why none is needed."""

ROWS = (
    (Report, 12),
    (Version, 14),
    (Round, 8),
    (Finding, 14),
    (TaskBook, 12),
    (Task, 12),
    (Meeting, 10),
    (Attendance, 10),
    (Call, 2),
    (Application, 12),
    (Nomination, 12),
    (Contribution, 10),
    (Piece, 10),
    (Node, 14),
    (CaseApproval, 14),
)
ASKED = ("nature", "pool", "pool_group", "caused_by", "role")
"""Columns that tell for whom an answer waits."""
WORLDS = range(2)
MANY_WORLDS = range(2, 10)


@dataclass(frozen=True)
class Pair:
    """A rule and the predicate that says the same of one row."""

    room: str
    rule: Any
    predicate: Any

    @property
    def name(self) -> str:
        return f"{self.room}.{self.rule.__name__}"

    @property
    def model(self) -> type[Model]:
        """What the predicate is asked about."""
        return next(one for one in _plain(self._hints(self.predicate)[1]) if one is not type(None))

    def _hints(self, function: Any) -> list[Any]:
        hints = get_type_hints(function)
        return [hint for name, hint in hints.items() if name != "return"]

    def viewer(self, sight: Sight) -> Any:
        """Whom the functions ask for, behind this sight."""
        wanted = _plain(self._hints(self.rule)[0])
        if Sight in wanted:
            return sight
        return sight.seat if Seat in wanted else sight.seat.acting_person

    def shown(self, sight: Sight, rest: tuple[Any, ...]) -> set[int]:
        """What the rule lets through, by key."""
        who, rows = self.viewer(sight), self.model._default_manager.order_by()
        if get_type_hints(self.rule)["return"] is Q:
            return set(rows.filter(self.rule(who, *rest)).values_list("pk", flat=True))
        if Programme in _plain(self._hints(self.rule)[1]):
            found = [self.rule(who, one) for one in Programme.objects.all()]
            return {row.pk for rows in found for row in rows}
        return set(self.rule(who, rows).values_list("pk", flat=True))

    def rest(self, dice: Random) -> tuple[Any, ...]:
        """What the predicate wants beyond viewer and row."""
        if len(self._hints(self.predicate)) < 3:
            return ()
        return (frozenset(dice.sample(("holder", *VERBS), 3)),)


def _plain(hint: Any) -> tuple[Any, ...]:
    """The types of a hint: of a union, each; of a generic, what it is made of."""
    return get_args(hint) if get_origin(hint) not in (None, QuerySet) else (hint,)


def questions() -> Iterator[tuple[str, Any]]:
    """Every public function among the permissions that is first asked who looks, and what is
    written down beside them."""
    for file in sorted(HOUSE.glob("*/permissions*")):
        room = file.parent.name
        module = import_module(f"keti.{room}.permissions")
        for name, function in getmembers(module, isfunction):
            hints = list(get_type_hints(function).values())
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and len(hints) > 2 and set(_plain(hints[0])) & set(VIEWERS):
                yield room, function
    yield from WRITTEN


def _filters(function: Any) -> bool:
    made = get_type_hints(function)["return"]
    return made is Q or issubclass(get_origin(made) or made, QuerySet)


def pairs() -> dict[str, Pair]:
    """Rules and predicates that name each other in their docstrings."""
    found = {}
    by_name = {(room, one.__name__): one for room, one in questions()}
    for room, one in questions():
        for word in NAMED.findall(one.__doc__ or ""):
            other = by_name.get((room, word))
            if other and _filters(one) != _filters(other):
                rule, predicate = (one, other) if _filters(one) else (other, one)
                pair = Pair(room, rule, predicate)
                found[pair.name] = pair
    return found


PAIRS = pairs()


def test_every_rule_has_its_predicate():
    rules = {f"{room}.{one.__name__}" for room, one in questions() if _filters(one)}
    assert rules - set(PAIRS) == set(ALONE)
    assert len(PAIRS) >= 10


@pytest.fixture
def elsewhere(cast: Cast) -> Programme:
    """A second programme of the same charter."""
    charter = Path(__file__).parents[1] / "cast.yaml"
    file = CharterFile(charter.name, charter.read_text(), "")
    act = Act(by=cast.qin.person, recorded_at=cast.moment)
    founding = Founding(file, "elsewhere", is_demo=True)
    return found_programme(act, founder=cast.qin.person, founding=founding)


def built(cast: Cast, other: Programme, seed: int) -> list[Sight]:
    """A random world, and everybody who looks at it."""
    world = World(Random(seed), cast.moment)
    for programme, share in ((cast.programme, 1.0), (other, 0.4)):
        world.people(programme, 10)
        world.file(programme)
        world.shuffle(Obligation, programme, "seat", "state", "words_of", "met_at", *ASKED)
        for _ in range(8):
            known = world.dice.choice(list(Obligation.objects.filter(programme=programme)[:40]))
            world.row(Obligation, programme, kind=known.kind, form=known.form)
        for model, count in ROWS:
            for _ in range(int(count * share)):
                world.row(model, programme)
        judged = [one.public_id for model in (Report, Gate, Obligation, Meeting, Finding)
                  for one in model.objects.filter(programme=programme)]  # fmt: skip
        world.recusals(programme, judged, 14)
    seats = list(Seat.objects.with_names().order_by("pk"))
    return sights([one for one in seats if one.acting_person])


Said = tuple[list[str], Counter[bool]]


def differences(pair: Pair, everybody: list[Sight], dice: Random) -> Said:
    """Rows of which rule and predicate say different things, and how often each was said."""
    names = getattr(pair.model._default_manager, "with_names", pair.model._default_manager.all)
    rows, wrong, said = list(names()), [], Counter[bool]()
    for sight in everybody:
        rest = pair.rest(dice)
        shown = pair.shown(sight, rest)
        for row in rows:
            seen = bool(pair.predicate(pair.viewer(sight), row, *rest))
            said[seen] += 1
            if seen != (row.pk in shown):
                wrong.append(f"{pair.name} {sight.seat.role.can} {sight} {row.pk} {seen}")
    return wrong, said


@pytest.mark.parametrize("seed", WORLDS)
def test_rule_and_predicate_agree(cast: Cast, elsewhere: Programme, seed: int):
    everybody, dice = built(cast, elsewhere, seed), Random(seed)
    for pair in PAIRS.values():
        wrong, said = differences(pair, everybody, dice)
        assert wrong == []
        assert said[True] and said[False], f"{pair.name}: {said}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", MANY_WORLDS)
def test_rule_and_predicate_agree_in_many_worlds(cast: Cast, elsewhere: Programme, seed: int):
    everybody, dice = built(cast, elsewhere, seed), Random(seed)
    assert [one for pair in PAIRS.values() for one in differences(pair, everybody, dice)[0]] == []


def test_shorter_ways_find_the_same(cast: Cast, elsewhere: Programme):
    """What waits is found by index as by its rule; the announced are some of what is visible."""
    every = Obligation.objects.order_by()
    waits = 0

    def keys(rows) -> set[int]:
        return set(rows.values_list("pk", flat=True))

    for sight in built(cast, elsewhere, 2):
        here = every.filter(programme=sight.programme_id)
        planned = here.filter(nature="charter")
        found = keys(duties.waiting_for(sight))
        assert found == keys(here.filter(duties.owed_by_seat(sight)))
        assert (
            keys(duties.announced(sight, every))
            == keys(planned)
            <= keys(duties.visible(sight, every))
        )
        waits += len(found)
    assert waits > 20


def test_who_has_no_seat_sees_nothing(cast: Cast, elsewhere: Programme):
    built(cast, elsewhere, 1)
    for pair in PAIRS.values():
        for row in pair.model._default_manager.all()[:3]:
            if type(None) in _plain(pair._hints(pair.predicate)[0]):
                assert not pair.predicate(None, row, *pair.rest(Random(1))), pair.name
