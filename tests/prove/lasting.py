"""Ordinary acts and pages for as long as is asked, and how much the server holds meanwhile."""

import os
import threading
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.db import connections

from tests.prove.lagging import Told, live
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, everybody

WARMING = 0.25
"""The share of the time after which every page and act was met once; what is held then counts."""
MOST_MEMORY = 1.15, 24.0
"""Growth from then on: by this factor and so many MB more; a leak passes it, a cache does not."""
MOST_HANDLES = 16
EVERY = 2.0
PAUSE = 0.2
"""Seconds between two deeds of a person: people read what they see."""


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): memory and handles stay, no answer 5xx, the ledger verifies."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    server = Server(folder, dict(os.environ))
    people = [everybody(cast, server.port) for _ in range(options.people)]
    connections.close_all()
    server.start()
    told, watch = Told(), Watch(server)
    try:
        watch.start()
        live(told, Day(cast), people, options.seconds, PAUSE)
    finally:
        watch.stop()
        server.kill()
    figures = {
        "seconds": options.seconds, "database": "postgresql" if cluster else "sqlite",
        **watch.figures(), **told.figures(), **load(),
    }  # fmt: skip
    return figures, watch.faults() + told.faults() + unverified(cast)


class Watch:
    """Memory (MB, resident) and open handles of the server and all it started, every moment."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.seen: list[tuple[float, int, int]] = []
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.over.set()
        self.thread.join(30)

    def _watch(self) -> None:
        while not self.over.wait(EVERY):
            pids = self.server.family()
            self.seen.append((
                sum(map(_memory, pids)), sum(map(_handles, pids)), len(pids),
            ))  # fmt: skip

    def parted(self) -> tuple[list[tuple[float, int, int]], list[tuple[float, int, int]]]:
        """What was held at the end of the warming, and at the end of all: a tenth of the time."""
        warm, tenth = int(len(self.seen) * WARMING), max(1, len(self.seen) // 10)
        return self.seen[warm : warm + tenth], self.seen[-tenth:]

    def figures(self) -> dict[str, Any]:
        before, after = self.parted()
        return {
            "looked": len(self.seen),
            "memory MB": [round(_middle(before, 0), 1), round(_middle(after, 0), 1)],
            "handles": [_middle(before, 1), _middle(after, 1)],
            "processes": [_middle(before, 2), _middle(after, 2)],
            "most": {"memory MB": round(max(one[0] for one in self.seen), 1),
                     "handles": max(one[1] for one in self.seen)},
        }  # fmt: skip

    def faults(self) -> list[str]:
        before, after = self.parted()
        factor, more = MOST_MEMORY
        grown = {
            "memory": _middle(after, 0) > _middle(before, 0) * factor + more,
            "handles": _middle(after, 1) > _middle(before, 1) + MOST_HANDLES,
            "processes": _middle(after, 2) > _middle(before, 2),
        }
        return [f"{what} grew" for what, wrong in grown.items() if wrong]


def _middle(seen: list[tuple[float, int, int]], column: int) -> float:
    """The median of what was seen."""
    values = sorted(one[column] for one in seen)
    return values[len(values) // 2]


def _memory(pid: int) -> float:
    """What a process keeps of its own, and its share of what several keep."""
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    pss = next(line for line in said.splitlines() if line.startswith("Pss:"))
    return int(pss.split()[1]) / 1024


def _handles(pid: int) -> int:
    try:
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        return 0
