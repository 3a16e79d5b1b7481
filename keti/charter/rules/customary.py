"""The sections customary for each kind of report, for a charter that names the kind and no sections
of its own: `customary.tsv`, one section a line. A kind that was shipped keeps its keys: programmes
in force were founded on them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from keti.charter.rules.joining import Section
from keti.kernel.acts import Text

TABLE = Path(__file__).with_name("customary.tsv")


def _read() -> dict[str, tuple[Section, ...]]:
    found: dict[str, tuple[Section, ...]] = {}
    with TABLE.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            found[row["kind"]] = (*found.get(row["kind"], ()), _section(row))
    return found


def _section(row: Mapping[str, str]) -> Section:
    return Section(
        row["key"],
        Text(row["zh"], row["en"]),
        row["mark"] != "optional",
        Text(row["hint_zh"], row["hint_en"]),
        row["mark"] == "summary",
    )


CUSTOMARY: Mapping[str, tuple[Section, ...]] = _read()
