"""`python -m bench`: play, fill, measure, and write docs/figures.md."""

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import defects, files, language, programmes, rehearsal
from bench.installed import ROOT, Figures, Run, keti, run, served
from tests.prove.place import Cluster
from tests.serving import environment

PAGE = ROOT / "docs" / "figures.md"
SMALL = ROOT / "charters" / "association-standard.yaml"
NOTICE = ROOT / "charters" / "metaverse-governance-2022.yaml"
SIZES = (10, 10_000)
POSTGRES_ROWS = 1_000
INTRODUCTION = """# Figures

Written by `make bench`. What one answer costs over HTTP with eight visitors asking at once:
processor time of the whole house, its children and its database, as a ratio to a bare Django
view of 100 rows with one template, served by the same server from the same database in the same
run, just before and after; in brackets milliseconds and SQL statements (st.). Every page of the
house that answers the secretariat of a played programme is here, to its last byte. Rows are
duties, each with its report, added in bulk: groups enough that each owes every kind of report in
each of twelve months. What a page reckons is kept until a line is recorded (decision 0046); the
run "after a line" keeps nothing: so much the first page after an act costs. Nothing passes or
fails on time; the machine's load stands beside, for a busy machine makes everything dearer.
"""


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
            [sys.executable, "-m", "keti", "play", str(SMALL), "--seed", "1", "--out", str(out),
             "--database", cluster.url],
        )  # fmt: skip
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
    """Ratio to the bare view of the same run, and statements, of each run; the dearest first. What
    is fetched as a file stands apart from the pages: it is drawn by other means, and streamed."""
    pages, sent = (_table(measured, file=file) for file in (False, True))
    loads = ", ".join(f"{name}: {one['load']['ms']:.1f}" for name, one in measured.items())
    load = f"Load of the machine at the end of each run: {loads}."
    return [*pages, "", "What is fetched as a file:", "", *sent, "", load]


def _table(measured: dict[str, Figures], *, file: bool) -> list[str]:
    runs = list(measured)
    lines = [
        f"| {'file' if file else 'page'} | " + " | ".join(runs) + " |",
        "|---|" + "---:|" * len(runs),
    ]
    several = [one.items() for one in measured.values()]
    names = {name: None for all_ in several for name, one in all_ if one.get("file") is file}

    def ratio(run: str, name: str) -> float:
        one = measured[run].get(name)
        return one["ms"] / one["bare"] if one else 0.0

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
    return lines


def told(name: str, ran: Run) -> str:
    """One line about a command."""
    end = "" if ran.code == 0 else f" (ended with {ran.code})"
    return f"| {name}{end} | {ran.cpu:.1f} s | {ran.wall:.1f} s |"


def only_pages(played: Path, here: Path, rows: int) -> None:
    """The pages of one size on SQLite."""
    print("\n".join(table({f"{rows:,} rows": pages(played, here, rows)})))


def keep(measured: dict[str, Figures], name: str, found: Figures) -> None:
    """Put one run beside the others and print it at once: what fails later loses no figures."""
    measured[name] = found
    print("\n".join(table({name: found})), flush=True)


PARTS = {"programmes": programmes, "files": files}


def one_part(words: list[str], here: Path) -> int:
    """One part alone, in a folder that KETI_PLAYED names or that is played now."""
    played = Path(os.environ.get("KETI_PLAYED") or here / "small")
    if not played.exists():
        keti("play", str(SMALL), "--seed", "1", "--out", str(played))
    if words[0] == "pages":
        only_pages(played, here, int(words[1]))
        return 0
    part = PARTS[words[0]]
    language.placed(part.HEAD, part.section(played, here))
    return 0


def main() -> int:
    """Measure everything, some twenty minutes; the page says what did not finish.

    `python -m bench pages ROWS` prints the pages of one size on SQLite and writes nothing;
    `python -m bench programmes` and `python -m bench files` rewrite their parts of the page.
    """
    with tempfile.TemporaryDirectory(prefix="keti-bench-") as folder:
        here = Path(folder)
        if sys.argv[1:]:
            return one_part(sys.argv[1:], here)
        small = keti("play", str(SMALL), "--seed", "1", "--out", str(here / "small"))
        if small.code:
            sys.exit(f"bench: the small programme does not play: {small.out[-2000:]}")
        measured: dict[str, Figures] = {}
        for size in SIZES:
            keep(measured, f"{size:,} rows", pages(here / "small", here, size))
        anew = pages(here / "small", here, SIZES[-1], DJANGO_SETTINGS_MODULE="bench.anew")
        keep(measured, f"{SIZES[-1]:,} rows, after a line", anew)
        keep(measured, f"PostgreSQL, {POSTGRES_ROWS:,} rows", on_postgres(here))
        notice = keti("play", str(NOTICE), "--seed", "1", "--out", str(here / "notice"))
        tick = keti("tick", "--data", str(here / "notice" / "data"))
        many = programmes.section(here / "small", here)
        sent = files.section(here / "small", here)
    lines = [
        INTRODUCTION,
        f"Machine: {machine()}.", "", *table(measured), "",
        "| command | CPU | wall |", "|---|---:|---:|",
        told("play the association standard", small), told("play the notice's programme", notice),
        told("tick over it with nothing due", tick), "", *many, *sent, *language.section(),
        *defects.section(), *rehearsal.section(),
    ]  # fmt: skip
    PAGE.write_text("\n".join(lines))
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
