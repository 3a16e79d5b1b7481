"""What a page reckoned is kept until something is recorded or its moment comes, for its visitor."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest

from keti.groups.doors import Door, unchanged
from keti.groups.models import Seat
from keti.groups.permissions import sight_of
from keti.kernel.acts import Subject
from keti.kernel.once import afresh, reading
from keti.ledger.actions import record
from keti.ledger.models import Head
from tests.cast import Cast, Player


class Reckoned:
    """An answer that counts how often it is reckoned."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


@pytest.fixture
def reckon(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reckoned]:
    """A page is read, and what it reckons is kept as it is in the house."""
    monkeypatch.setattr(unchanged, "checking", False)
    return Reckoned()


def door_of(cast: Cast, player: Player, at: datetime) -> Door:
    sight = sight_of(player.seat, player.person)
    return Door(HttpRequest(), cast.programme, player.person, player.seat, [player.seat], at, sight)


def asked(door: Door, reckon: Reckoned, *, names: bool = False) -> int:
    with reading():
        return door.unchanged(("tried",), reckon, names=names)


def line(cast: Cast, *, in_house: bool = False) -> None:
    about = Subject("programme", cast.programme.public_id, "课题")
    record(
        cast.qin.act(), "site.tried", programme=None if in_house else cast.programme, about=about
    )


def test_kept_until_a_line_is_recorded_here_or_in_the_house(cast: Cast, reckon: Reckoned) -> None:
    door = door_of(cast, cast.qin, cast.moment)
    assert [asked(door, reckon), asked(door, reckon)] == [1, 1]
    line(cast)
    assert [asked(door, reckon), asked(door, reckon)] == [2, 2]
    line(cast, in_house=True)
    assert [asked(door, reckon), asked(door, reckon)] == [3, 3]


def test_only_what_says_names_ends_with_a_line_elsewhere(cast: Cast, reckon: Reckoned) -> None:
    door, named = door_of(cast, cast.qin, cast.moment), Reckoned()
    asked(door, reckon)
    asked(door, named, names=True)
    Head.objects.create(book="of another programme", size=1)
    assert asked(door, reckon) == 1
    assert asked(door, named, names=True) == 2


def test_another_visitor_is_told_nothing_of_it(cast: Cast, reckon: Reckoned) -> None:
    assert asked(door_of(cast, cast.qin, cast.moment), reckon) == 1
    assert asked(door_of(cast, cast.lu, cast.moment), reckon) == 2


def test_a_moment_ends_it_to_the_instant_and_nothing_before_it_is_answered(
    cast: Cast, reckon: Reckoned
) -> None:
    ends = cast.moment + timedelta(minutes=7)
    Seat.objects.filter(pk=cast.lu.seat.pk).update(ends_at=ends)
    door = door_of(cast, cast.qin, cast.moment)
    assert asked(door, reckon) == 1
    assert asked(replace(door, now=ends - timedelta(microseconds=1)), reckon) == 1
    assert asked(replace(door, now=ends), reckon) == 2
    assert asked(replace(door, now=cast.moment - timedelta(microseconds=1)), reckon) == 3


def test_midnight_of_the_programme_ends_it(cast: Cast, reckon: Reckoned) -> None:
    far = datetime(2040, 3, 1, 15, 59, 59, tzinfo=UTC)  # 23:59:59 in Beijing, nothing is due
    door = door_of(cast, cast.qin, far)
    assert [asked(door, reckon), asked(door, reckon)] == [1, 1]
    assert asked(replace(door, now=far + timedelta(seconds=1)), reckon) == 2


def test_an_act_and_whoever_reads_no_page_are_never_answered_from_it(
    cast: Cast, reckon: Reckoned
) -> None:
    door = door_of(cast, cast.qin, cast.moment)
    asked(door, reckon)
    assert door.unchanged(("tried",), reckon) == 2
    with reading(), afresh():
        assert door.unchanged(("tried",), reckon) == 3


def test_what_changes_without_a_line_is_found_by_the_tests(
    cast: Cast, reckon: Reckoned, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "checking", True)
    door = door_of(cast, cast.qin, cast.moment)
    asked(door, reckon)
    with pytest.raises(unchanged.Stale, match="tried"):
        asked(door, reckon)


def test_so_many_are_kept_and_the_oldest_go(cast: Cast, reckon: Reckoned) -> None:
    door = door_of(cast, cast.qin, cast.moment)
    with reading():
        for number in range(unchanged.MOST + 5):
            door.unchanged(("tried", number), reckon)
    assert len(unchanged._kept) == unchanged.MOST
