"""Files of 10,000 rows, memory and starting: `python -m bench files` rewrites its figures."""

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.installed import ROOT, asked_of, run
from bench.serving import children, spent
from tests.serving import environment, free_port

HEAD = "## Files, memory and starting"
ROWS = 10_000
TIMES, FILES, STARTS = 5, 10, 5
REST_SECONDS = 3.0
PATIENCE = 300.0
KINDS = ("Pss", "Rss")


@dataclass
class Started:
    """A house that was just started: its port and first process."""

    port: int
    pid: int
    answered: float
    """Seconds from the command to its first answer."""
    cpu: float


@contextmanager
def started(data: Path, path: str = "/healthz") -> Iterator[Started]:
    """`keti up`, waited for by asking again and again."""
    port = free_port()
    words = [sys.executable, "-m", "keti", "up", "--data", str(data), "--port", str(port)]
    log = data.with_name("up.log")
    begun = time.monotonic()
    with log.open("w") as out:
        process = subprocess.Popen(
            words, cwd=ROOT, env=environment(), stdout=out, stderr=subprocess.STDOUT
        )
        try:
            while not answers(port, path):
                if process.poll() is not None or time.monotonic() - begun > PATIENCE:
                    sys.exit(f"bench: keti up does not answer: {log.read_text()[-2000:]}")
                time.sleep(0.01)
            yield Started(port, process.pid, time.monotonic() - begun, spent([process.pid]))
        finally:
            process.terminate()  # Ctrl+C is not heard by what was started in the background
            process.wait(timeout=PATIENCE)


def answers(port: int, path: str) -> bool:
    """Whether a page is there."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request("GET", path)
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def taken(port: int, path: str, cookie: str) -> tuple[float, float, int]:
    """Seconds to the first byte of what is in the file, to the last, and how many there were."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begun = time.monotonic()
    line.request("GET", path, headers={"Cookie": f"sessionid={cookie}"})
    answer = line.getresponse()
    size = len(answer.read(1))
    first = time.monotonic() - begun
    size += len(answer.read())
    line.close()
    if answer.status != 200:
        sys.exit(f"bench: {path} is answered {answer.status}")
    return first, time.monotonic() - begun, size


def memory(pid: int) -> dict[str, dict[str, float]]:
    """Megabytes of each process of the house: its share of what several hold, and all it holds."""
    found: dict[str, dict[str, float]] = {}
    for number, one in enumerate(children(pid)):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            words = Path(f"/proc/{one}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            continue
        held = dict(line.split(":", 1) for line in lines[1:])
        name = "the parent" if one == pid else f"web {number}"
        if b"work" in words:
            name = f"worker {number}"
        found[name] = {kind: int(held[kind].split()[0]) / 1024 for kind in KINDS}
    return found


def told(when: str, seen: dict[str, dict[str, float]]) -> str:
    """One line about memory."""
    each = ", ".join(f"{name} {one['Pss']:.0f}" for name, one in seen.items())
    sums = [sum(one[kind] for one in seen.values()) for kind in KINDS]
    return f"| {when} | {sums[0]:.0f} MB | {sums[1]:.0f} MB | {each} |"


def files(here: Started, found: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Lines about the files, and about the memory they take."""
    cookie = found["cookie"]
    paths = {one["name"]: one["path"] for one in found["pages"]}
    base = paths["duties:export"].rpartition("/")[0]
    for one in found["pages"]:  # everybody is warm: both processes have drawn every page
        for _ in range(2):
            taken(here.port, one["path"], "" if one["open"] else cookie)
    time.sleep(REST_SECONDS)
    kept = [told("every page was asked for, at rest", memory(here.pid))]
    lines = []
    for form, words in (("csv", "CSV"), ("xlsx", "xlsx")):
        path = _ending(base, form, paths["duties:export"])
        cpu = spent([here.pid])
        seen = [taken(here.port, path, cookie) for _ in range(max(TIMES, FILES))]
        cpu = (spent([here.pid]) - cpu) / len(seen)
        first, last = ([one[place] for one in seen] for place in (0, 1))
        lines.append(
            f"| {words} | {min(first) * 1000:.0f} ms | {statistics.median(first) * 1000:.0f} ms |"
            f" {statistics.median(last):.2f} s | {cpu:.2f} s | {seen[0][2] / 1e6:.1f} MB |"
        )
        kept.append(told(f"after {len(seen)} of the {words}", memory(here.pid)))
    return lines, kept


def _ending(base: str, form: str, known: str) -> str:
    """The address of the same list in another form."""
    return known.replace("csv", form) if "csv" in known else f"{base}/{known.rpartition('/')[2]}"


def starts(data: Path, path: str) -> list[tuple[float, float]]:
    """Seconds and processor seconds until this page is there, several times."""
    found = []
    for _ in range(STARTS):
        with started(data, path) as here:
            found.append((here.answered, here.cpu))
    return found


def section(played: Path, folder: Path) -> list[str]:
    """The part of the page about files, memory and starting."""
    data = folder / "files" / "data"
    shutil.copytree(played / "data", data)
    run([sys.executable, "-m", "django", "migrate", "-v0"], KETI_DATA=str(data),
        DJANGO_SETTINGS_MODULE="keti.settings")  # fmt: skip
    cold = starts(data, "/")
    found = asked_of("bench.addresses", str(ROWS), KETI_DATA=str(data))
    with started(data) as here:
        time.sleep(REST_SECONDS)
        memories = [told("just started, at rest", memory(here.pid))]
        cpu = spent([here.pid])
        time.sleep(10)
        cpu = (spent([here.pid]) - cpu) / 10
        made, kept = files(here, found)
    walls, cpus = zip(*cold, strict=True)
    return [
        HEAD, "",
        f"The duties of a programme with {ROWS:,} rows more, as a file over HTTP, one visitor:", "",
        "| file | first byte, least | median | last byte, median | CPU | size |",
        "|---|---:|---:|---:|---:|---:|", *made, "",
        "Memory of everything `keti up` starts, two serving processes and no job waiting; what",
        "several processes hold is counted once (proportional), and beside it once for each:", "",
        "| when | together | as each sees it | proportional, MB |", "|---|---:|---:|---|",
        *memories, *kept, "",
        f"At rest it uses {cpu * 100:.1f} % of one core. From the command to the first answer of",
        f"the landing page of a migrated folder: {min(walls):.2f} s at least,",
        f"{statistics.median(walls):.2f} s median of {STARTS}, {min(cpus):.2f} s of CPU.",
        f"Load of the machine at the end: {os.getloadavg()[0]:.1f}.", "",
    ]  # fmt: skip
