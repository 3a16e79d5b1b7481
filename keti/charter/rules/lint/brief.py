"""What a family of the linter judges: the charter in every form it has, and where to report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.calendar import Resolver
from keti.charter.rules.compiled import Compiled
from keti.charter.rules.findings import Path, Report, Waiver
from keti.charter.rules.kinds import as_words
from keti.charter.rules.loading import Study
from keti.charter.rules.naming import names_of
from keti.charter.rules.scene import Scene
from keti.charter.rules.shape import Charter
from keti.kernel.acts import Text


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody who holds a seat: the role, the group, and the party she belongs to ('' if none)."""

    name: str
    role: str
    group: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of the founding notice: its id and what it says, in short."""

    id: str
    words: Text


@dataclass(frozen=True, slots=True)
class Brief:
    """One charter to be judged. `compiled` may lack what could not be worked out."""

    charter: Charter
    data: Mapping[str, Any]
    scene: Scene
    resolver: Resolver
    compiled: Compiled
    report: Report
    clauses: tuple[Clause, ...] = ()
    roster: tuple[Seated, ...] | None = None

    def by_office(self, key: str) -> int:
        """How many seats of a role come by other offices, at the least, in the first of its
        groups."""
        role = next((one for one in self.compiled.roles if one.key == key), None)
        homes = (one.key for one in self.compiled.groups if role and one.kind == role.group_kind)
        home = next(homes, "")
        return self.compiled.least_by_office(role, home) if role and role.ex_officio else 0


def brief_of(
    study: Study,
    scene: Scene,
    compiled: Compiled,
    name: str,
    clauses: str,
    roster: tuple[Seated, ...] | None,
) -> Brief:
    """A brief with a report of its own, in which `resolve:` waives."""
    document = study.document
    report = Report(name, document.keys, document.values, _waiver_in(document.data))
    report.names = names_of(study.charter)
    return Brief(
        study.charter,
        document.data,
        scene,
        study.resolver,
        compiled,
        report,
        clause_rows(clauses),
        roster,
    )


def clause_rows(table: str) -> tuple[Clause, ...]:
    """Clause ids and words from a table with tabs; its first line names the columns."""
    rows = [[*line.split("\t"), "", ""] for line in table.splitlines()[1:] if line.strip()]
    return tuple(Clause(row[0].strip(), Text(row[1].strip(), row[2].strip())) for row in rows)


def _waiver_in(data: Mapping[str, Any]) -> Any:
    def waiver(path: Path, number: str) -> Waiver | None:
        """The decision of the innermost block around a path that carries one."""
        for length in range(len(path), 0, -1):
            block = _at(data, path[:length])
            decided = block.get("resolve") if isinstance(block, dict) else None
            if decided:
                return _waiver(decided, number)
        return None

    return waiver


def _waiver(decided: Mapping[str, Any], number: str) -> Waiver | None:
    waives = decided.get("waives", [])
    waives = [waives] if isinstance(waives, str) else waives
    if waives and number not in waives:
        return None
    why: Any = as_words(decided["why"])
    return Waiver(str(decided["by"]), Text(why.get("zh", ""), why.get("en", "")))


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
