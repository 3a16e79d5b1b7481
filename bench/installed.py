"""Commands run and installations served for a measurement."""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench.serving import Cost, cost
from tests.serving import environment, serving

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600
BETWEEN = 6
"""So many pages are measured between two measurings of the yardstick."""
Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Run:
    """One command: how it ended, what it took, what it printed."""

    code: int
    cpu: float
    wall: float
    out: str


def run(words: list[str], **more: str) -> Run:
    """Run a command with a bound on its time; CPU counts the command and its children."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    try:
        ran = subprocess.run(
            words, env=environment() | more, cwd=ROOT, capture_output=True, text=True,
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
    """What each page costs, the yardstick first.

    Yardstick and house are served side by side, and the yardstick is measured again after every
    few pages: each page stands beside what the yardstick cost just before and just after it
    (`bare`), for a machine does not do the same work at the same price all the time.
    """
    figures: Figures = {}
    log = data.with_name(f"{data.name}.log")
    own = log.with_suffix(".bare.log")

    def paid(site: Any, path: str, cookie: str) -> Cost:
        return cost(int(site.url.rpartition(":")[2]), path, cookie, [site.process.pid, *roots])

    with (
        serving("up", data, own, **more | {"DJANGO_SETTINGS_MODULE": "bench.bare_site"}) as bare,
        serving("up", data, log, **more) as site,
    ):
        marks = [paid(bare, "/", "")]
        for start in range(0, len(found["pages"]), BETWEEN):
            several = found["pages"][start : start + BETWEEN]
            for one in several:
                it = paid(site, one["path"], "" if one["open"] else found["cookie"])
                known = {key: one[key] for key in ("statements", "file")}
                figures[one["name"]] = {"ms": it.ms, "wrong": it.wrong, **known}
            marks.append(paid(bare, "/", ""))
            for one in several:
                figures[one["name"]]["bare"] = (marks[-2].ms + marks[-1].ms) / 2
    middle, wrong = median(one.ms for one in marks), sum(one.wrong for one in marks)
    figures["bare"] = {"ms": middle, "wrong": wrong, "statements": 1, "bare": middle, "file": False}
    figures["load"] = {"ms": os.getloadavg()[0]}
    return figures


def asked_of(module: str, *words: str, **told: str) -> Any:
    """What `python -m MODULE` prints last, as data, in the environment of a data folder."""
    ran = run(
        [sys.executable, "-W", "ignore", "-m", module, *words],
        **{"DJANGO_SETTINGS_MODULE": "keti.settings", **told},
    )
    if ran.code:
        sys.exit(f"bench: {module} {' '.join(words)}: {ran.out[-2000:]}")
    return json.loads(ran.out.splitlines()[-1])
