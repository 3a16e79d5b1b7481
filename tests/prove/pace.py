"""How many small acts a second the real server takes over HTTP, each synced to the disk.

Every act is one form with a key of its own, in one programme, whose lines follow each other: they
are not spread over several books. The clients run on the same machine and take their share of it.
"""

import os
import threading
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.db import connections

from keti.kernel.roles import unsynced
from keti.notify.models import Announcement
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, Visitor, everybody

WANTED = 200
ACT, WARMING = 6, 3.0
"""The deed of a day that is sent (an announcement is noted), and the seconds before it counts."""


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): whatever was acknowledged stands once, synced and verified. The
    pace is a figure of this machine and of what else it does, no fault."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    faults = [f"not durable: {one}" for one in unsynced()]
    server = Server(folder, dict(os.environ))
    people = [everybody(cast, server.port)["qin"] for _ in range(options.people)]
    connections.close_all()
    server.start()
    try:
        taken, refused, seconds = _paced(people, Day(cast), options.seconds)
    finally:
        server.kill()
    texts = list(Announcement.objects.values_list("text", flat=True))
    lost = [one for one, _ in taken if texts.count(f"通知 {one}") != 1]
    faults += [f"{len(lost)} acknowledged acts do not stand once"] if lost else []
    waits = sorted(wait for _, wait in taken)
    figures = {
        "database": "postgresql" if cluster else "sqlite", "people": options.people,
        "acts": len(taken), "refused": refused, "seconds": round(seconds, 1),
        "acts a second": round(len(taken) / seconds, 1), "wanted": WANTED,
        "p50 ms": round(waits[len(waits) // 2] * 1000) if waits else None,
        "p99 ms": round(waits[len(waits) * 99 // 100] * 1000) if waits else None,
        "cores": os.cpu_count(), **load(),
    }  # fmt: skip
    return figures, [*faults, *unverified(cast)]


def _paced(
    people: list[Visitor], day: Day, seconds: float
) -> tuple[list[tuple[int, float]], int, float]:
    """Everybody sends one after another; what was acknowledged once it was warm, and its wait."""
    taken: list[tuple[int, float]] = []
    refused = [0]
    begin = time.monotonic() + WARMING

    def one(mine: int, visitor: Visitor) -> None:
        number = mine * 1_000_000
        while (sent := time.monotonic()) < begin + seconds:
            number += 1
            _who, path, fields = day.deeds(number)[ACT]
            status = visitor.post(path, fields)
            if sent >= begin and status == 302:
                taken.append((number, time.monotonic() - sent))
            elif status != 302:
                refused[0] += 1

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken, refused[0], time.monotonic() - begin
