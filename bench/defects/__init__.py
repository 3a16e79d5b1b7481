"""Mistakes planted in clean charters: how many does the linter find, at the right line?

`python -m bench.defects` prints what was missed and rewrites its part of the figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bench.defects.dates import DATES
from bench.defects.ground import Defect, Ground, ground
from bench.defects.meaning import MEANING
from bench.defects.shape import SHAPE
from keti.charter.rules.findings import Finding, Report
from keti.charter.rules.lint import lint
from keti.charter.rules.reading import Unreadable, read
from keti.charter.tests.small import TIDY
from keti.charter.tests.sound import SOUND

ROOT = Path(__file__).resolve().parents[2]
DEFECTS = [*SHAPE, *DATES, *MEANING]
WRITTEN = "notice-as-written"
HEAD = "## Mistakes planted in charters"

__all__ = ["DEFECTS", "Result", "grounds", "planted"]


@dataclass(frozen=True)
class Result:
    """One defect in one charter."""

    charter: str
    number: str
    says: str
    caught: bool
    found: tuple[str, ...]


def grounds() -> list[Ground]:
    """The shipped charters and two small ones."""
    files = sorted((ROOT / "charters").glob("*.yaml"))
    made = [ground(one.stem, one.read_text("utf-8")) for one in files if one.stem != WRITTEN]
    return [*made, ground("tidy", TIDY), ground("sound", SOUND)]


def alarms(here: Ground) -> list[Finding]:
    """What the linter holds against a clean charter: errors and warnings."""
    return [one for one in lint(here.text, here.name) if one.severity != "note"]


def planted(here: Ground, defects: Iterable[Defect] = tuple(DEFECTS)) -> list[Result]:
    """Plant every defect for which the charter has a place."""
    known = {(one.number, one.path) for one in alarms(here)}
    results = []
    for defect in defects:
        made = defect.plant(here)
        if made is None:
            continue
        text, path = made
        assert text != here.text, (here.name, defect.says)
        told = [one for one in lint(text, here.name) if not one.waived]
        new = [one for one in told if (one.number, one.path) not in known]
        lines = _lines(text, path)
        caught = any(one.number == defect.number and one.line in lines for one in new)
        found = tuple(f"{one.line} {one.number} {one.path}" for one in new)
        results.append(Result(here.name, defect.number, defect.says, caught, found))
    return results


def _lines(text: str, path: tuple[str | int, ...]) -> set[int]:
    """The line of a key and the line of its value; a file that cannot be read has them in text."""
    try:
        document = read(text)
    except Unreadable as trouble:
        return {trouble.place[0]} if not path else _in_text(text, str(path[0]))
    if document.repeated:
        return {place[0] for _, place, _ in document.repeated}
    report = Report("", document.keys, document.values)
    return {report.place(path, at_key)[0] for at_key in (True, False)}


def _in_text(text: str, key: str) -> set[int]:
    lines = text.split("\n")
    return {n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")}


def section() -> list[str]:
    """The part of the figures about planted mistakes."""
    every = [(here, alarms(here), planted(here)) for here in grounds()]
    results = [one for _, _, found in every for one in found]
    caught = sum(one.caught for one in results)
    lines = [
        HEAD, "",
        f"{len(DEFECTS)} kinds of mistakes, each planted in every clean charter that has a place",
        "for it; found means: the right number at the right line. A false alarm is an error or a",
        "warning on the clean charter itself. The kinds are those the rules were written for: this",
        "shows that the rules hold, not that no other mistake exists.", "",
        "| clean charter | planted | found | false alarms |", "|---|---:|---:|---:|",
    ]  # fmt: skip
    for here, loud, found in every:
        hits = sum(one.caught for one in found)
        lines.append(f"| {here.name} | {len(found)} | {hits} | {len(loud)} |")
    lines.append(f"| together | {len(results)} | {caught} ({caught / len(results):.1%}) | |")
    missed = "; ".join(f"{one.says} ({one.charter})" for one in results if not one.caught)
    return [*lines, "", *([f"Not found: {missed}.", ""] if missed else [])]
