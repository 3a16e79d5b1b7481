"""What a cast writes about: titles of the charter, and prose that may lie beside it."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from keti.charter.rules import Compiled
from keti.kernel.acts import Text
from keti.play.prose import PATTERNS

TOPIC = "topic"
ROW = 4


@dataclass(frozen=True, slots=True)
class Lore:
    """The programme's name, its groups' titles, and lines of its own: (group, ask) -> pairs."""

    programme: Text
    groups: Mapping[str, Text]
    overall: Sequence[Text]
    lines: Mapping[tuple[str, str], Sequence[Text]] = field(default_factory=dict)

    def topics(self, group: str) -> Sequence[Text]:
        """What this group works on: its own subjects, else its title, else all titles."""
        own = self.lines.get((group, TOPIC), ())
        if own:
            return own
        title = self.groups.get(group)
        return (title,) if title else self.overall


def lore_of(charter: Compiled, file: Path | None = None) -> Lore:
    """The lore of a charter, with the prose of `NAME.prose.tsv` beside it where there is one."""
    parts = {one.key: one.title for one in charter.groups if one.parent}
    overall = tuple(parts.values()) or (charter.short,)
    beside = file.with_name(f"{file.stem}.prose.tsv") if file else None
    lines = read_prose(beside) if beside and beside.is_file() else {}
    return Lore(charter.short, parts, overall, lines)


def read_prose(file: Path) -> dict[tuple[str, str], list[Text]]:
    """Rows `group, ask, zh, en`; `group` is a charter's group key, or empty for the whole."""
    found: dict[tuple[str, str], list[Text]] = {}
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if not row or row[0].startswith("#"):
                continue
            if len(row) != ROW or row[1] not in {TOPIC, *PATTERNS}:
                raise ValueError(f"{file.name}: {row}")
            found.setdefault((row[0], row[1]), []).append(Text(row[2], row[3]))
    return found
