"""A programme without an end: so far ahead its duties are laid down, further every month."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from keti.charter.queries import in_force
from keti.charter.rules import load
from keti.charter.tests.test_endless import endless
from keti.duties.models import Obligation
from keti.groups.actions import found_groups
from keti.ledger.models import Entry
from keti.planning import queries
from keti.planning.actions import lay_due
from keti.planning.rules.applied import applied, standing
from keti.planning.rules.plan import plan
from keti.planning.rules.reality import founded
from keti.planning.rules.rolling import coming, reach
from tests.cast import local
from tests.town import Town

pytestmark = pytest.mark.django_db
TEXT = endless()


@pytest.fixture
def town() -> Iterator[Town]:
    yield Town(TEXT)


def periods(kind: str = "talks") -> list[str]:
    found = Obligation.objects.filter(kind=kind, group__key="whole")
    return list(found.order_by("due_at").values_list("period", flat=True))


def dues(town: Town) -> dict[str, datetime]:
    mine = Obligation.objects.filter(programme=town.programme)
    return dict(mine.values_list("key", "due_at"))


def published(town: Town) -> None:
    """Something of it has reached others: a group is founded by the office."""
    town.seat("head", "whole", "甲")
    found_groups(town.act(), programme=town.programme)


def test_founding_lays_down_as_far_as_the_horizon_reaches(town):
    assert periods() == ["2023-03", "2023-04", "2023-05", "2023-06"]
    town.programme.refresh_from_db()
    assert town.programme.ends_at == max(dues(town).values())


def test_time_goes_on_and_more_is_laid_down_once_with_a_line(town):
    published(town)
    before = dues(town)
    assert lay_due(local("2023-03-20T09:00")) == 0
    laid = lay_due(local("2023-05-03T09:00"))
    assert periods()[-2:] == ["2023-07", "2023-08"]
    after = dues(town)
    assert laid == len(after) - len(before)
    assert {key: after[key] for key in before} == before
    line = Entry.objects.get(kind="planning.horizon.laid")
    assert line.content["facts"]["obligations"] == laid
    assert lay_due(local("2023-05-04T09:00")) == 0
    assert Obligation.objects.get(key="talks@whole/2023-08").seat is not None
    town.programme.refresh_from_db()
    assert town.programme.ends_at == max(after.values())


def test_what_is_past_meanwhile_is_not_asked_for(town):
    published(town)
    lay_due(local("2023-12-03T09:00"))
    assert periods() == ["2023-03", "2023-04", "2023-05", "2023-06", "2023-12", "2024-01",
                         "2024-02", "2024-03"]  # fmt: skip


def test_a_trial_and_a_closed_programme_are_left_as_they_are(town):
    assert lay_due(local("2023-05-03T09:00")) == 0
    published(town)
    town.programme.refresh_from_db()
    town.programme.closed_at = local("2023-05-01T09:00")
    town.programme.save()
    assert lay_due(local("2023-05-03T09:00")) == 0


def test_a_plan_of_the_same_charter_changes_nothing_however_far_it_is_laid_down(town):
    published(town)
    lay_due(local("2023-05-03T09:00"))
    now = local("2023-05-04T09:00")
    town.programme.refresh_from_db()
    charter, _ = load(in_force(town.programme).text, "x")
    assert charter is not None
    assert plan(charter, queries.reality(town.programme, now), now).doing == ()


def test_an_end_cancels_what_lies_behind_it_and_keeps_the_rest():
    before, _ = load(TEXT, "x")
    ended = TEXT.replace("record: minutes, from: term.from, rrule", "record: minutes, "
                         "from: term.from, to: 2023-05-31, rrule")  # fmt: skip
    after, told = load(ended, "x")
    assert before is not None
    assert after is not None, told
    now = local("2023-03-02T09:00")
    made = plan(after, founded(before), now)
    assert [(one.verb, one.key) for one in made.doing] == [("cancel", "talks@whole/2023-06")]
    lived = standing(applied(founded(before), made, after)).duties
    assert [one.key for one in lived if one.key.startswith("talks@")] == [
        "talks@whole/2023-03", "talks@whole/2023-04", "talks@whole/2023-05",
    ]  # fmt: skip


def test_the_reach_is_the_end_of_a_month():
    charter, _ = load(TEXT, "x")
    assert charter is not None
    assert reach(charter, local("2023-05-03T09:00")) == local("2023-09-01T00:00")
    assert reach(charter, local("2023-05-31T23:00")) == local("2023-09-01T00:00")
    due = [one.due_at for one in coming(charter, local("2023-05-03T09:00"), ())]
    assert max(due) <= local("2023-09-01T00:00")
