"""How much one charter may declare. Pure.

Judging grows faster than the file: without these bounds a file of some kilobytes could keep a
server busy for hours. Names are as long as the tables that keep them allow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from keti.charter.rules.findings import Path, Report
from keti.charter.rules.kinds import Bilingual
from keti.charter.rules.shape import Charter

MOST_DUTIES = 12_000
MOST_NEEDS = 200_000
PART = 1_000
PARTS = {"parties": 500, "roles": 500, "gates": 60, "phases": 200, "calendar": 120,
         "obligations": 400, "deliverables": 400}  # fmt: skip
INSTANCES = 5_000
NEEDS = 2_000
ROUNDS = 300
GATE = 3  # a gate weighs as much as so many duties
NAMES = {"parties": 200, "groups": 120, "roles": 80, "phases": 80, "obligations": 160,
         "deliverables": 160, "gates": 160,
         "outreach": 70}  # fmt: skip
TITLE, PREFIX, KIND = 200, 30, 30


class TooMany(Exception):
    """What is declared comes to more duties than a programme can hold."""


@dataclass
class Ceiling:
    """How many duties, and how many things they wait for, have been made so far."""

    duties: int = 0
    needs: int = 0

    def add(self, duties: int = 0, needs: int = 0) -> None:
        """Count on; raises TooMany beyond the bound."""
        self.duties += duties
        self.needs += needs
        if self.duties > MOST_DUTIES or self.needs > MOST_NEEDS:
            raise TooMany


def held(charter: Charter, report: Report) -> bool:
    """Is the charter small enough to be judged? What is too much or too long is reported."""
    fits = True
    for path, limit in (*_too_many(charter), *_too_many_groups(charter), *_too_many_needs(charter)):
        report.error("charter.too-many", path, at_key=True, word=path[-1], limit=limit)
        fits = False
    for path, limit in _too_long(charter):
        report.error("charter.too-long", path, limit=limit)
    return fits


def _parts(charter: Charter) -> Iterator[tuple[str, Mapping[str, object]]]:
    for name in Charter.model_fields:
        part = getattr(charter, name)
        inner = part if isinstance(part, dict) else getattr(part, "__pydantic_extra__", None)
        if inner:
            yield name, inner


def _too_many(charter: Charter) -> Iterator[tuple[Path, int]]:
    for name, inner in _parts(charter):
        limit = PARTS.get(name, PART)
        if len(inner) > limit:
            yield (name,), limit


def _too_many_groups(charter: Charter) -> Iterator[tuple[Path, int]]:
    for key, group in charter.groups.items():
        if len(group.instances) > INSTANCES:
            yield ("groups", key, "instances"), INSTANCES


def _too_many_needs(charter: Charter) -> Iterator[tuple[Path, int]]:
    works = {**charter.deliverables, **charter.obligations.__pydantic_extra__}
    words = sum(len(one.needs) for one in works.values())
    if words + sum(len(one.inputs) for one in charter.gates.values()) > NEEDS:
        yield ("obligations", "needs"), NEEDS
    if sum(one.max_rounds for one in charter.gates.values()) > ROUNDS:
        yield ("gates", "max_rounds"), ROUNDS


def _too_long(charter: Charter) -> Iterator[tuple[Path, int]]:
    programme = charter.programme
    yield from _long(programme.title, ("programme", "title"), TITLE)
    if len(programme.number_prefix) > PREFIX:
        yield ("programme", "number_prefix"), PREFIX
    for name, inner in _parts(charter):
        for key, one in inner.items():
            if name in NAMES and isinstance(one, Bilingual):
                yield from _long(one, (name, key), NAMES[name])
    yield from _long_groups(charter)
    for key, party in charter.parties.items():
        if len(party.kind) > KIND:
            yield ("parties", key, "kind"), KIND


def _long_groups(charter: Charter) -> Iterator[tuple[Path, int]]:
    for key, group in charter.groups.items():
        for instance, own in group.instances.items():
            yield from _long(own, ("groups", key, "instances", instance), NAMES["groups"])


def _long(words: Bilingual, path: Path, limit: int) -> Iterator[tuple[Path, int]]:
    for tongue, text in (("zh", words.zh), ("en", words.en)):
        if len(text) > limit:
            yield (*path, tongue), limit
