"""Which sheets of a workbook hold people, and what they say as one roster. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from keti.documents.actions import read as read_file
from keti.documents.models import StoredFile
from keti.documents.rules.sheet import Table, read_table
from keti.intake.rules import roster as rules
from keti.intake.rules.roster import Reading, numbered
from keti.intake.rules.wording import headings_said, is_left_out
from keti.kernel.refusals import Refused

MOST_ROWS = 5000
"""Of a roster: some thousand people, with the titles, headings and gaps such sheets have."""
MOST_SHEETS = 20
"""So many sheets are looked through for people."""


@dataclass(frozen=True, slots=True)
class Roster:
    """All sheets of a file that hold people as one reading; the name of each sheet that is read by
    its place among those that hold anything, empty where there is only one; and what is told of
    how it was read."""

    reading: Reading
    names: Mapping[int, str] = field(default_factory=dict)
    notes: Mapping[str, object] = field(default_factory=dict)


def roster_of(file: StoredFile, answers: Mapping[str, str]) -> Roster:
    """What a roster says: of every sheet that holds people under headings, but for those that were
    left out; else of the first sheet. Refuses what is no spreadsheet, and too many rows in all."""
    said = headings_said(answers)
    first, tables = _tables(file)
    found = {place: rules.read(table.rows, said) for place, table in tables.items()}
    people = [place for place, reading in found.items() if reading.lines]
    read = [one for one in people if not is_left_out(answers, tables[one].name)] or people[:1]
    read = read or [0]
    rows = sum(len(tables[one].rows) for one in read)
    if rows > MOST_ROWS:
        raise Refused("documents.sheet-too-many-rows", rows=rows, limit=MOST_ROWS)
    names = {one: tables[one].name for one in read} if len(read) > 1 else {}
    taken = [tables[one].name for one in read]
    notes: dict[str, object] = {
        "sheet": taken[0],
        "sheets": taken,
        "sheet_names": {str(place): name for place, name in names.items()},
        "people": [tables[one].name for one in people],
        "others": [one for one in (first.name, *first.others) if one not in taken],
        "hidden": list(first.hidden),
        "unread": list(dict.fromkeys(word for one in read for word in found[one].unread)),
        "ignored": [
            {"row": row.row, "text": row.text, "why": row.why, "sheet": names.get(one, "")}
            for one in read
            for row in found[one].ignored
        ],
    }
    return Roster(_joined({one: found[one] for one in read}), names, notes)


def _tables(file: StoredFile) -> tuple[Table, dict[int, Table]]:
    """The first sheet that holds anything, and every sheet that can be read by its place."""
    data, kind = read_file(file), sheet_kind(file.name)
    first = read_table(data, kind, max_rows=MOST_ROWS)
    tables = {0: first}
    for place, name in enumerate(first.others[:MOST_SHEETS], start=1):
        try:
            tables[place] = read_table(data, kind, max_rows=MOST_ROWS, sheet=name)
        except Refused:
            continue  # it is named as not read
    return first, tables


def _joined(found: Mapping[int, Reading]) -> Reading:
    """Several sheets under each other; a row is known by its sheet's place and its number there."""
    return Reading(
        tuple(
            replace(line, row=numbered(place, line.row))
            for place, one in found.items()
            for line in one.lines
        ),
        tuple(
            replace(fault, row=numbered(place, fault.row))
            for place, one in found.items()
            for fault in one.problems
        ),
        sum(one.rows for one in found.values()),
    )


def sheet_kind(name: str) -> str:
    """What a file of this name is read as. Refuses what is not read."""
    kind = name.lower().rpartition(".")[2]
    if kind not in ("xlsx", "xltx", "xls", "et", "csv"):
        raise Refused("intake.roster-not-xlsx")
    return kind
