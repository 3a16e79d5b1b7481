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
from typing import Any

from bench import defects, language, rehearsal
from bench.serving import Cost, cost
from tests.prove.place import Cluster
from tests.serving import environment, serving

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "figures.md"
SMALL = ROOT / "charters" / "association-standard.yaml"
NOTICE = ROOT / "charters" / "metaverse-governance-2022.yaml"
SIZES = (10, 10_000)
POSTGRES_ROWS = 1_000
PATIENCE = 600
INTRODUCTION = """# Figures

Written by `make bench`. What one answer costs over HTTP with eight visitors asking at once:
processor time of the whole house, its children and its database, as a ratio to a bare Django
view of 100 rows with one template, served by the same server from the same database in the same
run; in brackets milliseconds and SQL statements (st.). Every page of the house that answers the
secretariat of a played programme is here, to its last byte. Rows are duties, each with its
report, added in bulk: groups enough that each owes every kind of report in each of twelve
months. Nothing passes or fails on time; the machine's load stands beside, for a busy machine
makes everything dearer.
"""
Figures = dict[str, dict[str, Any]]


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


def served(data: Path, found: dict[str, Any], more: dict[str, str], roots: list[int]) -> Figures:
    """What each page costs, the yardstick first."""
    figures: Figures = {}

    def asked(name: str, site: Any, path: str, cookie: str, **told: Any) -> None:
        port = int(site.url.rpartition(":")[2])
        paid: Cost = cost(port, path, cookie, [site.process.pid, *roots])
        figures[name] = {"ms": paid.ms, "wrong": paid.wrong, **told}

    log = data.with_name(f"{data.name}.log")
    with serving("up", data, log, **more, DJANGO_SETTINGS_MODULE="bench.bare_site") as site:
        asked("bare", site, "/", "", statements=1)
    with serving("up", data, log, **more) as site:
        for one in found["pages"]:
            cookie = "" if one["open"] else found["cookie"]
            asked(one["name"], site, one["path"], cookie, statements=one["statements"])
    figures["load"] = {"ms": os.getloadavg()[0]}
    return figures


def pages(played: Path, folder: Path, rows: int, **more: str) -> Figures:
    """Every page at this many rows, in a copy of the played folder."""
    data = folder / f"pages-{rows}-{len(more)}"
    shutil.copytree(played / "data", data)
    told = {"KETI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "keti.settings"}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bench.addresses", str(rows)],
        env=environment() | told | more, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        sys.exit(f"bench: pages at {rows} rows: {ran.stderr[-2000:]}")
    roots = [int(one) for one in more.pop("ROOTS", "").split()]
    return served(data, json.loads(ran.stdout.splitlines()[-1]), more, roots)


def on_postgres(folder: Path) -> Figures:
    """The same on a private cluster, whose processes count."""
    cluster = Cluster()
    try:
        more = {"DATABASE_URL": cluster.url}
        out = folder / "on-postgres"
        ran = run(
            [sys.executable, "-m", "keti", "play", str(SMALL), "--seed", "1", "--out", str(out)],
            **more,
        )
        if ran.code:
            sys.exit(f"bench: the small programme does not play on PostgreSQL: {ran.out[-2000:]}")
        first = (cluster.data / "postmaster.pid").read_text().split()[0]
        return pages(out, folder, POSTGRES_ROWS, **more, ROOTS=first)
    finally:
        cluster.remove()


def machine() -> str:
    """In words: processors and memory, never a name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} processor cores, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, SQLite in the data folder"
    )


def table(measured: dict[str, Figures]) -> list[str]:
    """Ratio to the bare view of the same run, and statements, of each run; the dearest first."""
    runs = list(measured)
    lines = ["| page | " + " | ".join(runs) + " |", "|---|" + "---:|" * len(runs)]
    names = {name: None for one in measured.values() for name in one if name != "load"}

    def ratio(run: str, name: str) -> float:
        one = measured[run].get(name)
        return one["ms"] / measured[run]["bare"]["ms"] if one else 0.0

    for name in sorted(names, key=lambda name: -ratio(runs[0], name)):
        cells = []
        for run_name in runs:
            one = measured[run_name].get(name)
            wrong = f", {one['wrong']} wrong" if one and one["wrong"] else ""
            if one is None:
                cells.append("")
                continue
            paid = f"{one['ms']:.1f} ms, {one['statements']} st.{wrong}"
            cells.append(f"{ratio(run_name, name):.1f} × ({paid})")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    loads = ", ".join(f"{name}: {one['load']['ms']:.1f}" for name, one in measured.items())
    return [*lines, "", f"Load of the machine at the end of each run: {loads}."]


def told(name: str, ran: Run) -> str:
    """One line about a command."""
    end = "" if ran.code == 0 else f" (ended with {ran.code})"
    return f"| {name}{end} | {ran.cpu:.1f} s | {ran.wall:.1f} s |"


def only_pages(here: Path, rows: int) -> int:
    """The pages of one size on SQLite, in a folder that KETI_PLAYED names or that is played now."""
    played = Path(os.environ.get("KETI_PLAYED") or here / "small")
    if not played.exists():
        keti("play", str(SMALL), "--seed", "1", "--out", str(played))
    print("\n".join(table({f"{rows:,} rows": pages(played, here, rows)})))
    return 0


def main() -> int:
    """Measure everything, some twenty minutes; the page says what did not finish.

    `python -m bench pages ROWS` prints the pages of one size on SQLite and writes nothing.
    """
    with tempfile.TemporaryDirectory(prefix="keti-bench-") as folder:
        here = Path(folder)
        if sys.argv[1:2] == ["pages"]:
            return only_pages(here, int(sys.argv[2]))
        small = keti("play", str(SMALL), "--seed", "1", "--out", str(here / "small"))
        if small.code:
            sys.exit(f"bench: the small programme does not play: {small.out[-2000:]}")
        measured = {f"{size:,} rows": pages(here / "small", here, size) for size in SIZES}
        measured[f"PostgreSQL, {POSTGRES_ROWS:,} rows"] = on_postgres(here)
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
