"""What the tests of every room ask of the answers that are owed in it."""

from dataclasses import replace

from keti.duties.actions import astray, hand_in_file
from keti.duties.enums import Nature
from keti.duties.models import Claim, Obligation, ObligationQuerySet
from keti.duties.queries import asked
from keti.duties.tests.test_actions import stored
from tests.cast import Cast, local

Row = tuple[str, str, list[str]]


def responses(cast: Cast, kind: str = "") -> ObligationQuerySet:
    """The answers of this kind that are or were owed, in the order in which they were asked."""
    found = Obligation.objects.filter(programme=cast.programme, nature=Nature.RESPONSE)
    found = found.filter(kind=kind) if kind else found
    return found.with_names().order_by("pk")


def waits(cast: Cast, kind: str) -> list[Row]:
    """(turn, state, whom it waits for) of every answer of this kind; what rooms and list say of
    all that waits in the programme is the same."""
    now = cast.qin.moment
    assert list(astray(cast.programme, now)) == []
    names = {one.seat.pk: name for name, one in cast.players.items() if one.seat}
    return [
        (
            one.key.rpartition("/")[2],
            one.state,
            [names.get(seat.pk, seat.label) for seat in asked(one, now)]
            if one.state == "open"
            else [],
        )
        for one in responses(cast, kind)
    ]


def waiting(cast: Cast, kind: str) -> Obligation:
    """The one answer of this kind that is owed now."""
    [found] = responses(cast, kind).filter(state="open")
    return found


def claimed(cast: Cast) -> Claim:
    """Tao hands in four days late and says that it was done in time."""
    act = replace(cast.tao.act(), happened=local("2030-03-14T17:00"))
    act = replace(act, evidence=stored(cast, act))
    duty = cast.duty("paper")
    hand_in_file(act, obligation=duty, file=stored(cast, act), lines=["合作书"])
    return Claim.objects.get()
