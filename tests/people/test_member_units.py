"""The vote that a charter gives member units of the overall group: one a unit, by its delegate."""

import pytest

from keti.accounts.actions import PersonFacts, enter_organisation, enter_person
from keti.accounts.models import Organisation, Person
from keti.groups.actions import Place, appoint, name_colleague, swap_delegate
from keti.groups.models import Seat
from keti.kernel import clock
from keti.kernel.acts import Act
from keti.planning.actions import Proposal, propose_amendment
from keti.planning.tests.test_amending import file
from keti.review.actions import decide, declare_conflict, give_opinion, open_gate
from keti.review.models import Gate, Opinion
from keti.review.queries import bench
from keti.review.tests.bench import gate, paper, refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MEMBER = (
    "  watcher: {zh: 督察",
    "  member: {zh: 组员单位, en: Member unit, in: core, min: 3, holder_kind: unit, "
    "can: [contribute, read]}\n  watcher: {zh: 督察",
)
VOTES = (
    "    decides: [patron]\n    inputs: [paper]\n",
    "    decides: [member]\n    rule: {quorum: 2, approve: 2/3, conflicts: recuse}\n"
    "    inputs: [paper]\n",
)


class Bench:
    """Three units of the overall group at the first gate, each with its delegate."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        propose_amendment(
            cast.gao.act(),
            programme=cast.programme,
            proposal=Proposal(file(MEMBER, VOTES), "组员单位参加开题评审。"),
        )
        self.seats = [self.joins(one) for one in "甲乙丙"]
        paper(cast)
        cast.at("2030-03-16T10:00")
        self.gate: Gate = open_gate(cast.qin.act(), gate=gate(cast, "setup@core"))

    def joins(self, name: str) -> Seat:
        unit = enter_organisation(f"{name}公司（演示）", is_demo=True)
        place = Place(
            self.cast.group("core"),
            self.cast.role("member"),
            organisation=unit,
            delegate=self.person(f"{name}代表（演示）", unit),
        )
        return self.read(appoint(self.cast.qin.act(), place=place))

    def person(self, name: str, unit: Organisation) -> Person:
        mail = f"{len(name)}{abs(hash(name))}@example.org"
        return enter_person(PersonFacts(name, mail=mail, unit=unit, is_demo=True))

    def read(self, seat: Seat) -> Seat:
        return Seat.objects.with_names().get(pk=seat.pk)

    def act(self, at: int, who: Person | None = None) -> Act:
        """Who acts for the unit, or somebody else in its seat."""
        seat = self.seats[at] = self.read(self.seats[at])
        return Act(by=who or seat.acting_person, recorded_at=clock.instant(), seat=seat)

    def vote(self, at: int, verdict: str = "approve", who: Person | None = None) -> Opinion:
        declare_conflict(self.act(at, who), gate=self.gate, has=False)
        return give_opinion(self.act(at, who), gate=self.gate, verdict=verdict, comment="同意。")

    def tally(self) -> tuple[int, int, int]:
        """Seats, those aside, votes cast."""
        one = bench(self.gate, clock.instant()).tally
        return one.seats, one.aside, len(one.votes)


@pytest.fixture
def units(cast: Cast) -> Bench:
    return Bench(cast)


def test_each_unit_has_one_vote_which_its_delegate_casts(units: Bench) -> None:
    units.vote(0)
    assert units.tally() == (3, 0, 1)
    code = refused(lambda: give_opinion(units.act(0), gate=units.gate, verdict="approve")).code
    assert code == "review.opinion-given"
    assert refused(lambda: decide(units.cast.qin.act(), gate=units.gate, outcome="approve"))
    units.vote(1)
    made = decide(units.cast.qin.act(), gate=units.gate, outcome="approve", reasons="过。")
    assert made.record["count"] == {
        "seats": 3, "aside": 0, "cast": 2, "needed": 2, "votes": {"approve": 2},
    }  # fmt: skip
    assert {one["person"] for one in made.record["deciders"]} == {
        one.delegate.public_id for one in units.seats if one.delegate
    }


def test_who_comes_after_the_delegate_casts_no_second_vote(units: Bench) -> None:
    units.vote(0)
    unit = units.seats[0].organisation
    assert unit is not None
    heir = units.person("甲后任（演示）", unit)
    swap_delegate(units.cast.qin.act(), seat=units.seats[0], delegate=heir)
    code = refused(lambda: units.vote(0, "revise")).code
    assert code == "review.opinion-given"
    assert units.tally() == (3, 0, 1)


def test_a_colleague_of_the_unit_does_not_vote_in_its_name(units: Bench) -> None:
    unit = units.seats[0].organisation
    assert unit is not None
    clerk = units.person("甲经办（演示）", unit)
    name_colleague(units.cast.qin.act(), seat=units.seats[0], person=clerk)
    assert refused(lambda: units.vote(0, who=clerk))
    assert units.tally() == (3, 0, 0)


def test_a_conflict_of_the_delegate_stops_the_vote_of_the_unit(units: Bench) -> None:
    declare_conflict(units.act(0), gate=units.gate, has=True, text="参与起草。")
    code = refused(lambda: give_opinion(units.act(0), gate=units.gate, verdict="approve")).code
    assert code == "review.stands-aside"
    unit = units.seats[0].organisation
    assert unit is not None
    heir = units.person("甲后任（演示）", unit)
    swap_delegate(units.cast.qin.act(), seat=units.seats[0], delegate=heir)
    assert refused(lambda: units.vote(0)).code == "review.conflict-stands", (
        "the unit, not the person"
    )
    units.vote(1)
    units.vote(2)
    assert units.tally() == (3, 1, 2)
    made = decide(units.cast.qin.act(), gate=units.gate, outcome="approve", reasons="过。")
    assert made.record["count"]["votes"] == {"approve": 2}
