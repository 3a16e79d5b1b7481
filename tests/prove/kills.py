"""kill -9 of the server, and of PostgreSQL every second round, while people act.

What was acknowledged must stand after the restart, once; the ledger must verify.
"""

import os
import random
import threading
import time
from argparse import Namespace
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connections

from keti.documents.actions import path_of
from keti.documents.models import StoredFile
from keti.duties.models import Filing
from keti.ledger.models import Entry
from keti.meetings.models import Meeting
from keti.monitoring.models import Finding
from keti.notify.models import Announcement
from keti.work.models import Task
from tests.cast import Cast
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, Visitor, everybody

WRITERS = 6
FEWEST, MOST, LONGEST = 4, 40, 60.0
DEEDS = (3, 4, 5, 6, 7, 8)


@dataclass
class Sent:
    """What the writers sent, by its number: acknowledged, or on its way when the server died."""

    acknowledged: list[tuple[int, int]] = field(default_factory=list)
    unknown: int = 0
    refused: int = 0


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold)."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    server = Server(folder, dict(os.environ))
    people = [everybody(cast, server.port) for _ in range(WRITERS)]
    connections.close_all()
    server.start()
    try:
        figures, faults = tried(cast, (server, cluster), people, options.rounds)
    finally:
        server.kill()
    return {"database": "postgresql" if cluster else "sqlite", **figures, **load()}, faults


def tried(
    cast: Cast,
    killed: tuple[Server, Cluster | None],
    people: list[dict[str, Visitor]],
    rounds: int,
) -> tuple[dict[str, Any], list[str]]:
    """A server that runs is killed and started again so often; (figures, what did not hold)."""
    server, cluster = killed
    day, sent, faults = Day(cast), Sent(), list[str]()
    connections.close_all()
    began = time.monotonic()
    for number in range(rounds):
        with_database = cluster is not None and number % 2 == 1
        _one_round(number, (server, cluster if with_database else None), (people, day, sent))
        faults += [f"round {number}: {one}" for one in [*missing(sent), *unverified(cast)]]
        connections.close_all()
    figures = {
        "rounds": rounds,
        "databases killed": rounds // 2 if cluster else 0,
        "acknowledged": len(sent.acknowledged),
        "refused": sent.refused,
        "unanswered": sent.unknown,
        "lines": Entry.objects.count(),
        "seconds": round(time.monotonic() - began),
    }
    if len(sent.acknowledged) < rounds:
        faults.append(f"{len(sent.acknowledged)} acts were acknowledged: the trial tried little")
    return figures, faults


def _one_round(
    number: int,
    killed: tuple[Server, Cluster | None],
    acting: tuple[list[dict[str, Visitor]], Day, Sent],
) -> None:
    """Writers at work, the kill in the midst of it, and the start again."""
    server, cluster = killed
    people, day, sent = acting
    stop = threading.Event()
    threads = [
        threading.Thread(target=write, args=(mine, number, (one, day, sent), stop))
        for mine, one in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    enough = len(sent.acknowledged) + random.randint(FEWEST, MOST)
    until = time.monotonic() + LONGEST
    while len(sent.acknowledged) < enough and time.monotonic() < until:
        time.sleep(random.uniform(0, 0.05))
    server.kill()
    if cluster:
        cluster.kill()
    stop.set()
    for thread in threads:
        thread.join()
    if cluster:
        cluster.start()
    server.start()


def write(
    mine: int,
    round_number: int,
    acting: tuple[dict[str, Visitor], Day, Sent],
    stop: threading.Event,
) -> None:
    """One of the people goes on from form to form until it is over or the server is gone;
    `mine` and the round make the numbers of what they send."""
    visitors, day, sent = acting
    for visitor in visitors.values():
        visitor.hang_up()  # the line to the killed server: what is sent on it was sent to nobody
    number = round_number * 100_000 + mine * 10_000
    while not stop.is_set():
        number += 1
        deed = DEEDS[number % len(DEEDS)]
        who, path, fields = day.deeds(number)[deed]
        try:
            status = visitors[who].post(path, fields)
        except OSError:
            sent.unknown += 1
            return
        if status == 302:
            sent.acknowledged.append((deed, number))
        else:
            sent.refused += 1


def missing(sent: Sent) -> list[str]:
    """Acknowledged acts that do not stand, or stand twice; files that are not whole."""
    standing = {
        3: list(Meeting.objects.values_list("title_zh", flat=True)),
        5: list(Task.objects.values_list("title", flat=True)),
        6: list(Announcement.objects.values_list("text", flat=True)),
        7: list(Finding.objects.values_list("title", flat=True)),
        8: [one[0] for one in Filing.objects.values_list("lines", flat=True)],
    }
    standing[4] = standing[3]
    words = {3: "碰头会 {}", 4: "碰头会 {}", 5: "任务 {}", 6: "通知 {}", 7: "疑问 {}", 8: "{}"}
    faults = [
        f"{words[deed].format(number)} stands {count} times"
        for deed, number in sent.acknowledged
        if (count := standing[deed].count(words[deed].format(number))) != 1
    ]
    files = StoredFile.objects.values_list("sha256", "size")
    faults += [
        f"file {sha} is not whole"
        for sha, size in files.distinct()
        if not path_of(sha).exists() or path_of(sha).stat().st_size != size
    ]
    return faults
