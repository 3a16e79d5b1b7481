"""Which class an amendment has, who must approve it, how long before effect it is told. Pure.

Everything is read from the amendment block of the charter in force.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import Any

from keti.charter.rules.comparing import Steps, touches
from keti.charter.rules.compiled import Compiled, GateRule
from keti.charter.rules.dates import DateProblem, duration
from keti.kernel.acts import Text

ALWAYS_HELD = frozenset(
    {"retroactive_lateness", "weaken_open_gate_without_commissioner", "delete_record"}
)
NAMELESS = Text()
BEFORE = "before-publication"


@dataclass(frozen=True, slots=True)
class Class:
    """A class of amendment: its key ('' where the charter declares none), approvers, notice.

    `title` is the charter's; the key where it gives none. With a `rule` those who hold the roles
    vote, for so long as it is `open`.
    """

    key: str
    approve: tuple[str, ...]
    notice: timedelta = timedelta(0)
    touches: tuple[str, ...] = ()
    title: Text = NAMELESS
    rule: GateRule | None = None
    open: timedelta | None = None


def before_publication() -> Class:
    """The class of every change made while nothing is published: nobody approves, at once."""
    return Class(BEFORE, (), title=Text("公布之前", "before publication"))


def classes(charter: Compiled) -> tuple[Class, ...]:
    """The declared classes, weightiest last.

    Where the charter declares none: whoever commissions, or manages where nobody does, approves.
    """
    declared: Mapping[str, Any] = _block(charter).get("classes") or {}
    found = tuple(
        Class(
            key,
            tuple(one["approve"]),
            _length(one["notice"]),
            tuple(one["touches"]),
            _title(one, key),
            _vote(one.get("rule")),
            _length(one["open"]) if one.get("open") else None,
        )
        for key, one in declared.items()
    )
    return found or (Class("", _usual(charter)),)


def _vote(held: Mapping[str, Any] | None) -> GateRule | None:
    """How the votes are counted, where the class is voted on."""
    if not held:
        return None
    quorum = _share(held["quorum"])
    count = int(quorum) if quorum is not None and quorum >= 1 else quorum
    return GateRule(count, _share(held["approve"]), bool(held["unanimous"]))


def _share(word: Any) -> Fraction | None:
    """A share as the charter's blocks carry it: in words."""
    return None if word is None else Fraction(str(word))


def _title(held: Mapping[str, Any], key: str) -> Text:
    zh, en = str(held.get("zh") or ""), str(held.get("en") or "")
    return Text(zh, en) if zh or en else Text(key, key)


def _usual(charter: Compiled) -> tuple[str, ...]:
    for verb in ("commission", "manage"):
        able = tuple(role.key for role in charter.roles if verb in role.can)
        if able:
            return able[:1]
    return ()


def proposers(charter: Compiled) -> tuple[str, ...]:
    """Role keys that may propose; where none are named, everybody who approves some class."""
    named = tuple(_block(charter).get("propose") or ())
    return named or tuple(dict.fromkeys(key for one in classes(charter) for key in one.approve))


def class_of(charter: Compiled, touched: Iterable[Steps]) -> Class:
    """The weightiest class that any touched path has.

    For one path the most exact pattern decides, the weightier class where two are as exact.
    A path that no class names has the weightiest class.
    """
    known = classes(charter)
    weight = max((_weight(known, path) for path in touched), default=0)
    return known[weight]


def _weight(known: tuple[Class, ...], path: Steps) -> int:
    best = max(
        (
            (max((touches(pattern, path) for pattern in one.touches), default=0), place)
            for place, one in enumerate(known)
        ),
    )
    return best[1] if best[0] else len(known) - 1


def forbidden(charter: Compiled, touched: Iterable[Steps]) -> list[Steps]:
    """The touched paths that the charter's `never` names.

    What no amendment can do by its making (`ALWAYS_HELD`) needs no path.
    """
    never = [word for word in _block(charter).get("never") or () if word not in ALWAYS_HELD]
    return [path for path in touched if any(touches(word, path) for word in never)]


def own_adjustment(charter: Compiled, group: str, touched: Iterable[Steps]) -> bool:
    """Does everything touched lie in what this group may set for itself?

    Which paths a group may override is judged when the charter is read.
    """
    kind, _, instance = group.partition(".")
    home = ("groups", kind, "instances", instance, "overrides")
    paths = list(touched)
    return bool(instance and paths) and all(path[: len(home)] == home for path in paths)


def _block(charter: Compiled) -> Mapping[str, Any]:
    return charter.blocks.get("amendment") or {}


def _length(word: str) -> timedelta:
    try:
        return duration(word).plain()
    except DateProblem:
        return timedelta(0)
