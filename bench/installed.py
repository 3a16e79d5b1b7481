"""Commands run and installations served for a measurement."""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.serving import Cost, cost
from tests.serving import environment, serving

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600
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


def asked_of(module: str, *words: str, **told: str) -> Any:
    """What `python -m MODULE` prints last, as data, in the environment of a data folder."""
    ran = run(
        [sys.executable, "-W", "ignore", "-m", module, *words],
        **{"DJANGO_SETTINGS_MODULE": "keti.settings", **told},
    )
    if ran.code:
        sys.exit(f"bench: {module} {' '.join(words)}: {ran.out[-2000:]}")
    return json.loads(ran.out.splitlines()[-1])
