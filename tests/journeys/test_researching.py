"""The scenes of research, played on the small programme of the tests."""

from random import Random

import pytest

from keti.kernel import ids
from keti.notify.models import Message
from keti.play.people import Casting
from keti.play.research import Table, beside
from keti.play.researching import QUARTERS, scenes
from keti.play.stage import Stage
from keti.play.tests.test_research import NOTICE
from keti.research import queries
from keti.research.models import Link, Node, Uptake

NAMED = {"sector.industry": "cell.red", "sector.city": "cell.blue"}


class Quiet:
    """A pen that says the first of two."""

    english = False

    def pick(self, zh, en):
        return zh


@pytest.fixture
def played(cast):
    """The research of two of the notice's groups, entered by two groups of the small programme."""
    ids.seed(3)
    rows = {
        (NAMED.get(group, group), kind): pairs
        for (group, kind), pairs in beside(NOTICE).items()
        if not group or group in NAMED
    }
    dice = Random(3)
    stage = Stage(
        None, cast.programme, cast.qin.person, dice, Casting(dice, False), Quiet(), cast.moment
    )
    stage.memory["research"] = Table(rows, "zh")
    for at, _name, scene in sorted(scenes(stage), key=lambda one: one[0]):
        stage.move_to(at)
        stage.perform(scene)
    yield stage
    ids.unseed()


def test_the_groups_enter_tie_and_follow_what_they_found(played, cast):
    counts = queries.whole(cast.programme).counts
    assert (counts["challenge"], counts["demand"], counts["case"]) == (10, 16, 16)
    assert (counts["source"], counts["recommendation"], counts["element"]) == (20, 8, 8)
    kinds = set(Link.objects.values_list("kind", flat=True))
    assert kinds == {"rests_on", "answers", "addresses", "part_of", "illustrates", "contradicts"}
    secret = Node.objects.filter(kind="demand", confidential=True)
    assert secret.count() == 4
    leads = {cast.lu.seat.pk, cast.he.seat.pk}
    assert not leads & {one.owner_id for one in secret}
    assert Message.objects.filter(kind="research.answered").exists()
    said = Uptake.objects.exclude(verified_at=None)
    assert said.count() == 2 * QUARTERS == Uptake.objects.count()
    assert {"sent", "under_study", "adopted"} <= set(said.values_list("state", flat=True))
    graph = queries.whole(cast.programme)
    assert [graph.dots[key].kind for key in graph.suspects] == ["demand"] * 2


def test_nothing_binding_lacks_in_what_is_played(played, cast):
    assert [str(one) for one in queries.gaps_that_bind(cast.programme)] == []


def test_a_case_of_each_group_is_checked_and_approved(played, cast):
    """By somebody of the other group, and by the unit of which it tells."""
    stands = queries.standings(cast.programme, queries.whole(cast.programme))
    assert [(one.check, one.approval) for one in stands.values()] == [("holds", "approved")] * 2


def test_a_charter_without_a_table_has_no_such_scenes(cast):
    stage = Stage(None, cast.programme, cast.qin.person, Random(1), None, None, cast.moment)
    stage.memory["research"] = Table({}, "zh")
    assert scenes(stage) == []
