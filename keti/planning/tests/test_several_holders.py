"""A charter that names several holders of one role: founded with all, amended one by one."""

from collections.abc import Iterator

import pytest

from keti.accounts.models import Person
from keti.charter.actions import CharterFile
from keti.charter.rules import load
from keti.charter.tests.test_several_seats import HELD
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.planning import queries
from keti.planning.actions import Founding, Proposal, found_programme, propose_amendment
from keti.planning.rules.applied import applied, standing
from keti.planning.rules.plan import plan
from keti.planning.rules.reality import founded
from keti.programmes.models import Programme
from tests.cast import local

pytestmark = pytest.mark.django_db
THREE = HELD.replace("min: 2, max: 2, holder: [a, b]", "min: 2, max: 3, holder: [a, b]")


@pytest.fixture
def own() -> Iterator[tuple[Programme, Person]]:
    clock.stand_at(local("2023-02-20T09:00"))
    founder = Person.objects.create(name="秦秘书（演示）", mail="own@example.org", may_found=True)
    made = found_programme(
        Act(by=founder, recorded_at=clock.instant()),
        founder=founder,
        founding=Founding(CharterFile("x.yaml", THREE), "own"),
    )
    yield made, founder


def sitting(programme: Programme) -> list[str]:
    seats = Seat.objects.filter(programme=programme, role__key="boss", ends_at=None)
    return [one.organisation.name_zh for one in seats.order_by("pk") if one.organisation]


def amended(own: tuple[Programme, Person], text: str) -> None:
    programme, founder = own
    seat = next(one for one in Seat.objects.of(founder).with_names() if one.can("manage"))
    act = Act(by=founder, recorded_at=clock.instant(), seat=seat)
    proposal = Proposal(CharterFile("x.yaml", text), "换人。")
    made = propose_amendment(act, programme=programme, proposal=proposal)
    assert made.state == "applied"


def test_founding_seats_them_all_and_an_amendment_those_it_names(own):
    programme, _founder = own
    assert sitting(programme) == ["A council (demo)", "B board (demo)"]
    for holders, after in (
        ("[a, b, c]", ["A council (demo)", "B board (demo)", "C centre (demo)"]),
        ("[a, c, d]", ["A council (demo)", "C centre (demo)", "D depot (demo)"]),
        ("[c, d]", ["C centre (demo)", "D depot (demo)"]),
        ("[d, c]", ["C centre (demo)", "D depot (demo)"]),
    ):
        amended(own, THREE.replace("holder: [a, b]", f"holder: {holders}"))
        assert sitting(programme) == after
        assert {one.party for one in queries.reality(programme, clock.instant()).sittings} - {
            ""
        } == set(holders.strip("[]").split(", "))


@pytest.mark.parametrize("holders", ["[a, b, c]", "[b, c]", "[c, d]", "a", "[a]"])
def test_what_the_plan_does_is_what_the_charter_founds(holders):
    before, _ = load(THREE, "x")
    after, told = load(THREE.replace("holder: [a, b]", f"holder: {holders}").replace(
        "min: 2, max: 3", "min: 1, max: 3"), "x")  # fmt: skip
    assert before is not None
    assert after is not None, told
    at = local("2023-02-20T09:00")
    made = applied(founded(before), plan(after, founded(before), at), after)
    assert standing(made).sittings == standing(founded(after)).sittings
