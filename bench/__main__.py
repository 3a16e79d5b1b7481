"""`python -m bench`: play, fill, measure, and write docs/figures.md."""

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import defects, language, rehearsal

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "figures.md"
SMALL = ROOT / "charters" / "association-standard.yaml"
NOTICE = ROOT / "charters" / "metaverse-governance-2022.yaml"
SIZES = (10, 1_000, 10_000)
PATIENCE = 300
MEASURE = "import django; django.setup(); from bench.pages import main; main({rows})"
INTRODUCTION = """# Figures

Written by `make bench`. CPU time of one request (application and database) in the process that
serves it, as a ratio to a bare Django view of 100 rows with one template, measured in the same
run; in brackets milliseconds and SQL statements (st.). Rows are duties, each with its report,
added in bulk to a played programme: groups enough that each owes every kind of report in each of
twelve months. Pages are read by the secretariat, the public ones without signing in; files are read
to their last row. Nothing passes or fails on time.
"""
Figures = dict[str, dict[str, float]]


@dataclass(frozen=True)
class Run:
    """One command: how it ended, what it took, what it printed."""

    code: int
    cpu: float
    wall: float
    out: str


def run(words: list[str], **environment: str) -> Run:
    """Run a command with a bound on its time; CPU counts the command and its children."""
    shown = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    try:
        ran = subprocess.run(
            words, env={**shown, **environment}, cwd=ROOT, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        code, out = ran.returncode, ran.stdout or ran.stderr
    except subprocess.TimeoutExpired:
        code, out = 124, ""
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(code, cpu, time.monotonic() - begun, out)


def keti(*words: str) -> Run:
    return run([sys.executable, "-m", "keti", *words])


def pages(played: Path, folder: Path, rows: int) -> Figures:
    """Every page at this many rows, in a copy of the played folder."""
    data = folder / f"pages-{rows}"
    shutil.copytree(played / "data", data)
    ran = run(
        [sys.executable, "-W", "ignore", "-c", MEASURE.format(rows=rows)],
        KETI_DATA=str(data), DJANGO_SETTINGS_MODULE="keti.settings",
    )  # fmt: skip
    if ran.code:
        sys.exit(f"bench: pages at {rows} rows: {ran.out[-2000:]}")
    figures: Figures = json.loads(ran.out)
    return figures


def machine() -> str:
    """In words: processors and memory, never a name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processor cores, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, SQLite in the data folder"
    )


def table(measured: dict[int, Figures]) -> list[str]:
    """Ratio to the bare view of the same run, and statements, at each size."""
    heads = [f"{size:,} rows" for size in SIZES]
    lines = ["| page | " + " | ".join(heads) + " |", "|---|" + "---:|" * len(SIZES)]
    for name in measured[SIZES[0]]:
        cells = []
        for size in SIZES:
            one, bare = measured[size][name], measured[size]["bare"]["ms"]
            cells.append(
                f"answered {one['status']:.0f}" if "status" in one
                else f"{one['ms'] / bare:.1f} × ({one['ms']:.0f} ms, {one['statements']:.0f} st.)"
            )  # fmt: skip
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def told(name: str, ran: Run) -> str:
    """One line about a command."""
    end = "" if ran.code == 0 else f" (ended with {ran.code})"
    return f"| {name}{end} | {ran.cpu:.1f} s | {ran.wall:.1f} s |"


def main() -> int:
    """Measure everything within about four minutes; the page says what did not finish."""
    with tempfile.TemporaryDirectory(prefix="keti-bench-") as folder:
        here = Path(folder)
        small = keti("play", str(SMALL), "--seed", "1", "--out", str(here / "small"))
        if small.code:
            sys.exit(f"bench: the small programme does not play: {small.out[-2000:]}")
        measured = {size: pages(here / "small", here, size) for size in SIZES}
        notice = keti("play", str(NOTICE), "--seed", "1", "--out", str(here / "notice"))
        tick = keti("tick", "--data", str(here / "notice" / "data"))
    lines = [
        INTRODUCTION,
        f"Machine: {machine()}.", "", *table(measured), "",
        "| command | CPU | wall |", "|---|---:|---:|",
        told("play the association standard", small), told("play the notice's programme", notice),
        told("tick over it with nothing due", tick), "", *language.section(), *defects.section(),
        *rehearsal.section(),
    ]  # fmt: skip
    PAGE.write_text("\n".join(lines))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
