"""How a room is bound to a form of work: where it is, whether it is done there, what counts it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """One form of work in its room.

    `tail`: the room's address inside a programme; `in_room`: it is done there, not on the page of
    the duty; `rail`: the entry of the rail that counts it, '' where none does.
    """

    form: str
    tail: str
    in_room: bool = False
    rail: str = ""
