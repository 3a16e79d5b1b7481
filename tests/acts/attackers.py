"""Who has no right to an act: the same act, by everybody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from keti.accounts.models import Person
from keti.groups.models import Seat
from keti.kernel.acts import Act

ENDED = "whose seat has ended"
SEATLESS = "a person without seat"
THIEF = "a stranger in the holder's seat"
MEMBER = "a member of another group"
LEAD = "the lead of another group"
EXTERNAL = "an external reviewer"
MONITOR = "a monitor"
ADVISER = "an adviser"
COMMISSIONER = "a commissioner"
ALL_SEEING = ("manage", "watch", "resolve", "commission")


def sees_all(seat: Seat) -> bool:
    """Does the seat's role look into every group?"""
    return any(seat.can(verb) for verb in ALL_SEEING)


Fits = Callable[[Seat, Seat], bool]
KINDS: dict[str, Fits] = {
    MEMBER: lambda one, mine: (
        one.can("contribute")
        and not sees_all(one)
        and not one.can("lead")
        and one.group.parent_id is not None
        and one.group_id != mine.group_id
    ),
    LEAD: lambda one, mine: (
        one.can("lead") and one.group.parent_id is not None and one.group_id != mine.group_id
    ),
    EXTERNAL: lambda one, mine: one.role.external,
    MONITOR: lambda one, mine: one.can("watch") and not one.can("manage"),
    ADVISER: lambda one, mine: one.can("advise"),
    COMMISSIONER: lambda one, mine: one.can("commission") and not one.can("manage"),
}


def for_the_holder(who: str) -> str:
    """How an attacker is called who says to record for whom it is (代录)."""
    return f"{who} for the holder"


def attackers(act: Act | None) -> Iterator[tuple[str, Act]]:
    """The same act by everybody who has no right to it, each told by name."""
    if act is None:
        return
    stranger = Person.objects.create(name="路过的人（演示）", is_demo=True)
    plain = replace(act, on_behalf_of=None)
    yield SEATLESS, replace(plain, by=stranger, seat=None)
    if not isinstance(act.seat, Seat):
        return
    yield THIEF, replace(plain, by=stranger, seat=act.seat)
    yield ENDED, act
    mine = act.on_behalf_of if isinstance(act.on_behalf_of, Seat) else act.seat
    for who, seat in neighbours(mine, act):
        yield who, replace(plain, by=seat.acting_person, seat=seat)
        claimed = replace(act, by=seat.acting_person, seat=seat, on_behalf_of=mine)
        yield for_the_holder(who), claimed


def neighbours(mine: Seat, act: Act) -> Iterator[tuple[str, Seat]]:
    """One seat of every kind that is not the holder's own standing in the holder's group."""
    standing = Seat.objects.filter(programme=mine.programme_id).standing(act.recorded_at)
    seats = [
        seat
        for seat in standing.with_names()
        if seat.acting_person and (seat.role_id, seat.group_id) != (mine.role_id, mine.group_id)
    ]
    for who, fits in KINDS.items():
        for seat in [one for one in seats if fits(one, mine)][:1]:
            yield who, seat
