"""What may happen to a piece after what, and what it then is. Pure."""

from collections.abc import Iterable

from keti.letters.rules import divisions

WAITING = "waiting"
MOVES: dict[str, tuple[str, ...]] = {
    WAITING: ("printed", "sent", "delivered"),
    "printed": ("sent", "delivered"),
    "sent": ("delivered", "returned", "acknowledged"),
    "delivered": ("acknowledged", "returned"),
    "returned": ("resent",),
    "resent": ("delivered", "returned", "acknowledged"),
    "acknowledged": (),
}
"""State -> what may come next. A piece is what happened to it last, but for what was corrected."""
ARRIVED = ("delivered", "acknowledged")
ON_THE_WAY = ("sent", "resent")


def may_follow(state: str, passage: str) -> bool:
    """May this passage come after that state?"""
    return passage in MOVES[state]


def coverage(pieces: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int, int]]:
    """Code of each of the 34 and 333 divisions -> how many pieces were addressed to an office
    there, how many of these went out, how many arrived. A province counts what goes to its own
    offices; `within` adds its prefectures.

    `pieces`: the division of the office (or "") and the state.
    """
    found = {code: [0, 0, 0] for code in divisions.DIVISIONS}
    for code, state in pieces:
        if code in found:
            counts = found[code]
            counts[0] += 1
            counts[1] += state in (*ON_THE_WAY, *ARRIVED, "returned")
            counts[2] += state in ARRIVED
    return {code: (one, two, three) for code, (one, two, three) in found.items()}
