"""The clauses of a notice, read from their table (id, zh, en). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its id and our own paraphrase."""

    id: str
    zh: str
    en: str

    def text(self, lang: str) -> str:
        return (self.en or self.zh) if lang.startswith("en") else (self.zh or self.en)


def read(table: str) -> dict[str, Clause]:
    """Clause id -> clause, in the order of the table; the header line is left out."""
    found: dict[str, Clause] = {}
    for line in table.splitlines():
        cells = [*line.split("\t"), "", ""][:3]
        if cells[0] and cells[0] != "clause":
            found[cells[0].strip()] = Clause(cells[0].strip(), cells[1].strip(), cells[2].strip())
    return found


def cited(sources: Iterable[str]) -> list[str]:
    """The clause ids of `二.13.1; 二.12.2` and the like, each once, in order."""
    found: dict[str, None] = {}
    for source in sources:
        for one in source.replace("；", ";").split(";"):
            if one.strip():
                found.setdefault(one.strip())
    return list(found)
