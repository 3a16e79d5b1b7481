"""What one programme costs among many: `python -m bench programmes` rewrites its figures.

A small programme is played, reopened and copied inside one database; the pages of the first one,
and a tick, are measured at each number of programmes.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from bench.installed import Figures, asked_of, run, served

HEAD = "## Many programmes in one database"
SIZES = (1, 100, 1_000)
DUE = (0, 10, 100)
ROWS = 50
PAGES = {
    "site:front": "the landing page",
    "release:book": "a published report",
    "intake:call": "a call",
    "site:desk": "the desk",
    "site:home": "the programme's home",
    "duties:list": "the duty list",
    "duties:grid": "the grid",
    "reports:list": "the report list",
    "reports:report": "a report",
    "review:gate": "a gate",
    "site:ledger": "the ledger",
}
Ticks = dict[tuple[int, int], dict[str, Any]]


def measured(played: Path, folder: Path) -> tuple[dict[int, Figures], Ticks]:
    """Every page and every tick at every size, in a copy of the played folder."""
    data = folder / "programmes"
    shutil.copytree(played / "data", data)
    told = {"KETI_DATA": str(data)}
    run([sys.executable, "-m", "django", "migrate", "-v0"], **told,
        DJANGO_SETTINGS_MODULE="keti.settings")  # fmt: skip
    found = asked_of("bench.addresses", str(ROWS), **told)
    found["pages"] = [one for one in found["pages"] if one["name"] in PAGES]
    figures: dict[int, Figures] = {}
    ticks: Ticks = {}
    for size in SIZES:
        asked_of("bench.copying", str(size), **told)
        figures[size] = served(data, found, {}, [])
        for due in DUE:
            if due <= size / 10:
                ticks[size, due] = asked_of("bench.ticking", str(due), **told)
    figures[SIZES[-1]]["size"] = {"ms": (data / "keti.sqlite3").stat().st_size / 1e6}
    return figures, ticks


def section(played: Path, folder: Path) -> list[str]:
    """The part of the page about many programmes."""
    figures, ticks = measured(played, folder)
    first, last = figures[SIZES[0]], figures[SIZES[-1]]
    lines = [
        HEAD, "",
        "The pages of one programme over HTTP, eight visitors at once, as above; each further",
        "programme is a copy with people, units, ids and a ledger of its own. In brackets the",
        "ratio to the same page where the programme is alone; each page is taken as a ratio to",
        "the bare view of its own run first, so that a busier moment does not count.", "",
        "| page | " + " | ".join(f"{size:,} programmes" for size in SIZES) + " |",
        "|---|" + "---:|" * len(SIZES),
    ]  # fmt: skip
    for name, words in [("bare", "the yardstick"), *PAGES.items()]:
        if name in first:
            cells = [_cell(figures[size], first, name) for size in SIZES]
            lines.append(f"| {words} | " + " | ".join(cells) + " |")
    loads = ", ".join(f"{size:,}: {figures[size]['load']['ms']:.1f}" for size in SIZES)
    lines += [
        "", f"Load of the machine at the end of each run: {loads}. The database of",
        f"{SIZES[-1]:,} programmes has {last['size']['ms']:,.0f} MB.", "",
        "One tick, processor time of its process with its database; something is due of one duty",
        "in each of so many programmes:", "",
        "| programmes | due | what is due is written | letters | the post is handed over |",
        "|---:|---:|---:|---:|---:|",
    ]  # fmt: skip
    for (size, due), one in ticks.items():
        spent = f"{one['write']:.1f} ms | {one['written']} | {one['send']:.1f} ms"
        lines.append(f"| {size:,} | {due} | {spent} |")
    return [*lines, ""]


def _cell(here: Figures, first: Figures, name: str) -> str:
    """Milliseconds, and the ratio to where the programme is alone."""
    one = here[name]
    wrong = f", {one['wrong']} wrong" if one["wrong"] else ""
    if name == "bare":
        return f"{one['ms']:.1f} ms{wrong}"
    bare = first[name]["bare"] / one["bare"]
    ratio = one["ms"] / first[name]["ms"] * bare
    return f"{one['ms']:.1f} ms ({ratio:.2f} ×){wrong}"
