"""A plan: what an amendment would do, thing by thing, and what it must not do. Plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from keti.kernel.acts import Text
from keti.planning.rules.reality import Pairs, digest, stamp

CREATE, MOVE, HOLD, RETITLE, ADJUST, CANCEL = (
    "create",
    "move",
    "hold",
    "retitle",
    "adjust",
    "cancel",
)
FROZEN, FORBIDDEN = "frozen", "forbidden"
DOING = (MOVE, HOLD, RETITLE, ADJUST, CREATE, CANCEL)
SIGNS = {
    CREATE: "+", MOVE: "~", HOLD: "~", RETITLE: "~", ADJUST: "~", CANCEL: "-", FROZEN: "!",
    FORBIDDEN: "✗",
}  # fmt: skip
PROGRAMME, PHASE, GROUP, ROLE, SEAT, DUTY, GATE = (
    "programme", "phase", "group", "role", "seat", "duty", "gate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one thing. `before` and `after` hold only what differs, as text.

    `why` is the code of the reason for which something stays as it is.
    """

    verb: str
    thing: str
    key: str
    title: Text
    group: str = ""
    role: str = ""
    before: Pairs = ()
    after: Pairs = ()
    why: str = ""

    @property
    def sign(self) -> str:
        return SIGNS[self.verb]

    @property
    def does(self) -> bool:
        """Does it change anything?"""
        return self.verb in DOING

    @property
    def aspects(self) -> tuple[str, ...]:
        """The names of what differs."""
        return tuple(dict.fromkeys(name for name, _ in (*self.before, *self.after)))

    def value(self, side: str, name: str) -> str:
        """One differing fact, before or after; '' when there is none."""
        pairs: Pairs = getattr(self, side)
        return dict(pairs).get(name, "")


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the amendment as a whole cannot be: something would be orphaned or contradicted."""

    why: str
    thing: str
    key: str
    title: Text
    count: int = 1


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything an amendment would do at the instant `at`."""

    base_sha256: str
    sha256: str
    at: datetime
    touched: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    blocks: tuple[Obstacle, ...] = ()
    kept: int = 0
    past: int = 0

    @property
    def doing(self) -> tuple[Change, ...]:
        """What really changes."""
        return tuple(one for one in self.changes if one.does)

    @property
    def is_empty(self) -> bool:
        """Does the charter mean the same, and does everything stand as it says?"""
        return not self.touched and not self.doing

    def of(self, verb: str, thing: str = "") -> tuple[Change, ...]:
        """Changes of one kind, of one sort of thing where it is given."""
        return tuple(one for one in self.changes if one.verb == verb and thing in ("", one.thing))

    def as_data(self) -> dict[str, Any]:
        """The plan as JSON-able data, the same for the same plan."""
        return {
            "v": 1,
            "base_sha256": self.base_sha256,
            "sha256": self.sha256,
            "at": stamp(self.at),
            "touched": list(self.touched),
            "kept": self.kept,
            "past": self.past,
            "changes": [_data(one) | {"sign": one.sign} for one in self.changes],
            "blocks": [_data(one) for one in self.blocks],
        }

    def digest(self) -> str:
        """Hash of what would be done: equal plans do the same to the same things."""
        return digest([self.base_sha256, self.sha256, [_data(one) for one in self.doing]])


def from_data(data: Mapping[str, Any]) -> Plan:
    """A plan read back from `as_data`."""
    return Plan(
        data["base_sha256"],
        data["sha256"],
        datetime.fromisoformat(data["at"]),
        tuple(data["touched"]),
        tuple(_change(one) for one in data["changes"]),
        tuple(
            Obstacle(one["why"], one["thing"], one["key"], Text(**one["title"]), one["count"])
            for one in data["blocks"]
        ),
        data["kept"],
        data["past"],
    )


def _change(one: Mapping[str, Any]) -> Change:
    return Change(
        one["verb"],
        one["thing"],
        one["key"],
        Text(**one["title"]),
        one["group"],
        one["role"],
        _pairs(one["before"]),
        _pairs(one["after"]),
        one["why"],
    )


def _pairs(value: Mapping[str, str]) -> Pairs:
    return tuple(value.items())


def _data(one: Change | Obstacle) -> dict[str, Any]:
    data = asdict(one)
    for side in ("before", "after"):
        if side in data:
            data[side] = dict(data[side])
    return data


def differences(before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]) -> list[str]:
    """The names under which two lists of facts differ, in their order."""
    one, other = dict(before), dict(after)
    return [name for name in {**one, **other} if one.get(name) != other.get(name)]
