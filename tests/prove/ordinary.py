"""Many people doing ordinary things at the same time, over HTTP at the real server."""

import os
import threading
import time
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connections

from tests.cast import Cast
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, Visitor, everybody


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): no answer 5xx, nothing unanswered, the ledger verifies."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    server = Server(folder, dict(os.environ))
    people = [everybody(cast, server.port) for _ in range(options.people)]
    connections.close_all()
    server.start()
    try:
        figures, faults = tried(cast, people, options.seconds)
    finally:
        server.kill()
    figures = {"database": "postgresql" if cluster else "sqlite", **figures, **load()}
    log = (folder / "server.log").read_text(errors="replace")
    figures["given up"] = log.count("an act was given up")
    return figures, faults + unverified(cast)


def tried(
    cast: Cast, people: list[dict[str, Visitor]], seconds: float
) -> tuple[dict[str, Any], list[str]]:
    """They act at a server that runs; (figures, answers that are none)."""
    answers: Counter[str] = Counter()
    waits: list[float] = []
    day, numbers = Day(cast), count(1)
    until = time.monotonic() + seconds
    threads = [
        threading.Thread(target=_acting, args=(numbers, one, day, until, answers, waits))
        for one in people
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waits.sort()
    figures = {
        "people": len(people),
        "answers": sum(answers.values()),
        "by kind": dict(sorted(answers.items())),
        "p50": round(waits[len(waits) // 2], 3),
        "p95": round(waits[len(waits) * 95 // 100], 3),
        "slowest": round(waits[-1], 3),
    }
    return figures, [
        f"{often} answers {what}" for what, often in answers.items() if _is_fault(what)
    ]


def _is_fault(what: str) -> bool:
    return what.rpartition(" ")[2][0] not in "234"


def _acting(
    numbers: Iterator[int],
    visitors: dict[str, Visitor],
    day: Day,
    until: float,
    answers: Counter[str],
    waits: list[float],
) -> None:
    """One person at their work: a deed after the other, beginning with another one each round."""
    while time.monotonic() < until:
        number = next(numbers)
        who, path, fields = day.deeds(number)[number % 10]
        began = time.monotonic()
        try:
            said = str(visitors[who].post(path, fields))
        except OSError as gone:
            said = f"nothing ({gone})"
        waits.append(time.monotonic() - began)
        answers[f"{path.split('/')[3]}/{path.rstrip('/').rpartition('/')[2][:8]} {said}"] += 1
