"""A clean charter to plant mistakes in, and what a planted mistake is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from keti.charter.rules import Compiled, load
from keti.charter.rules.findings import Path
from keti.charter.rules.lint.calendar.uses import local_day
from keti.charter.rules.reading import read
from keti.charter.rules.writing import put, remove

Block = dict[str, Any]
Test = Callable[[Block], object]


@dataclass(frozen=True)
class Ground:
    """One clean charter in every form the planting needs."""

    name: str
    text: str
    data: Block
    compiled: Compiled

    def block(self, name: str) -> Block:
        """A block of the charter; empty where it has none."""
        found = self.data.get(name) or {}
        return {key: one for key, one in found.items() if isinstance(one, dict)}

    def first(self, name: str, fits: Test = lambda one: True) -> Path | None:
        """The first entry of a block that fits, rather one about which nothing was decided."""
        found = [(name, key) for key, one in self.block(name).items() if fits(one)]
        plain = [path for path in found if "resolve" not in self.block(name)[path[1]]]
        return next(iter([*plain, *found]), None)

    def works(self) -> Iterator[tuple[Path, Block]]:
        """Every obligation and deliverable."""
        for name in ("obligations", "deliverables"):
            for key, one in self.block(name).items():
                if key != "late":
                    yield (name, key), one

    def work(self, fits: Test) -> Path | None:
        """The first work that fits and about which nothing was decided."""
        plain = (path for path, one in self.works() if fits(one) and "resolve" not in one)
        return next(plain, None)

    def spec(self, path: Path) -> Any:
        """The compiled work or gate at a path."""
        key = str(path[1])
        if path[0] == "gates":
            return next(one for one in self.compiled.gates if one.kind == key)
        return self.compiled.work(key)

    def due(self, path: Path) -> Any:
        """The last day a work or gate is due."""
        kind = f"gate.{path[1]}" if path[0] == "gates" else path[1]
        found = [one.due_at for one in self.compiled.obligations if one.kind == kind]
        return local_day(max(found), self.zone)

    @property
    def zone(self) -> ZoneInfo:
        """The programme's time zone."""
        return ZoneInfo(self.compiled.tz)


Planted = tuple[str, Path] | None


@dataclass(frozen=True)
class Defect:
    """One mistake: its number, what was done, and how; None where a charter has no place for it."""

    number: str
    says: str
    plant: Callable[[Ground], Planted]


def ground(name: str, text: str) -> Ground:
    """A clean charter, compiled."""
    compiled, found = load(text, name)
    if compiled is None:
        raise ValueError(f"{name}: {found[0].as_text('en')}")
    return Ground(name, text, read(text).data, compiled)


def setting(
    number: str,
    says: str,
    where: Callable[[Ground], Path | None],
    value: object,
    blame: Callable[[Path], Path] = lambda path: path,
) -> Defect:
    """A defect that writes one value; the value may depend on the charter and its place."""

    def plant(here: Ground) -> Planted:
        path = where(here)
        if path is None:
            return None
        wanted = value(here, path) if callable(value) else value
        return None if wanted is None else (put(here.text, path, wanted), blame(path))

    return Defect(number, says, plant)


def removing(
    number: str,
    says: str,
    where: Callable[[Ground], Path | None],
    blame: Callable[[Path], Path] = lambda path: path[:-1],
) -> Defect:
    """A defect that leaves something out."""

    def plant(here: Ground) -> Planted:
        path = where(here)
        return (remove(here.text, path), blame(path)) if path else None

    return Defect(number, says, plant)


def rewriting(number: str, says: str, old: str, new: str, path: Path) -> Defect:
    """A defect in the letters of the file rather than in what they say."""

    def plant(here: Ground) -> Planted:
        return (here.text.replace(old, new, 1), path) if old in here.text else None

    return Defect(number, says, plant)


def below(path: Path | None, *steps: str | int) -> Path | None:
    """A path further down, where there is one at all."""
    return (*path, *steps) if path else None
