"""How a room is bound to a form of work: where it is, whether it is done there, what counts it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Binding:
    """One form of work in its room.

    `route`: its page in that room, asked for by programme and duty; `in_room`: it is done there,
    not on the page of the duty; `rail`: the entry of the rail that counts it, '' where none does;
    `by_file`: where a file handed in is recorded for it, '' where the room has no such page.
    """

    form: str
    route: str
    in_room: bool = False
    rail: str = ""
    by_file: str = ""
