"""What must be so after merging, correcting and undoing: in plain Python, without the house."""

from dataclasses import dataclass, field

HELD, ENDED, ANNULLED = "held", "ended", "annulled"


@dataclass
class Chair:
    """A seat as the model knows it."""

    group: str
    person: int | None
    unit: int | None
    delegate: int | None = None
    state: str = HELD
    used: bool = False
    admitted: int | None = None


@dataclass
class Model:
    """What must be so."""

    same: dict[int, int] = field(default_factory=dict)
    same_unit: dict[int, int] = field(default_factory=dict)
    chairs: dict[int, Chair] = field(default_factory=dict)
    agrees: dict[int, bool] = field(default_factory=dict)
    signed: dict[int, int] = field(default_factory=dict)
    applied: dict[int, int | None] = field(default_factory=dict)

    def who(self, person: int) -> int:
        while person in self.same:
            person = self.same[person]
        return person

    def which(self, unit: int) -> int:
        while unit in self.same_unit:
            unit = self.same_unit[unit]
        return unit

    def held(self) -> dict[int, Chair]:
        return {pk: one for pk, one in self.chairs.items() if one.state == HELD}

    def holds(self, group: str, person: int | None, unit: int | None, but: int = 0) -> bool:
        """Whether this holder sits there already."""
        return any(
            (one.group, one.person, one.unit) == (group, person, unit)
            for pk, one in self.held().items()
            if pk != but
        )

    def of(self, person: int) -> list[Chair]:
        return [one for one in self.chairs.values() if person in (one.person, one.delegate)]

    def double(self, name: str, gone: int, kept: int) -> None:
        """Who was two is one: what both held stands once, the other has ended."""
        mine = {one.group for one in self.held().values() if getattr(one, name) == kept}
        for one in self.chairs.values():
            if getattr(one, name) == gone:
                if one.state == HELD and one.group in mine:
                    one.state = ENDED
                setattr(one, name, kept)
            if name == "person" and one.delegate == gone:
                one.delegate = kept
