"""A power cut, again and again, while people act: whatever was not synced is gone.

What was acknowledged must stand after the restart, once; files must be whole, the ledger must
verify. With durability switched off the same trial must lose something, else it proves nothing.

`python -m tests.prove.power [ROUNDS]`: so many cuts of each database (20).
"""

import os
import random
import subprocess
import sys
import threading
import time
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connections

from tests.cast import Cast
from tests.prove._cutting import Layer, cannot
from tests.prove.kills import FEWEST, LONGEST, MOST, WRITERS, Sent, missing, write
from tests.prove.place import ROOT, Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, Visitor, everybody

ROUNDS = "20"
SHOWN = 8
CARELESS = "tests.prove._careless"


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold). `careless`: "database" acknowledges before it syncs, "files" of
    people are told to be synced and are not."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    house = Layer(folder, "/files/" if options.careless == "files" else "")
    under = Layer(cluster.data) if cluster else None
    environment = {**os.environ, **house.environment()}
    if options.careless == "database":
        environment["DJANGO_SETTINGS_MODULE"] = CARELESS
    server = Server(folder, environment)
    people = [everybody(cast, server.port) for _ in range(WRITERS)]
    connections.close_all()
    if cluster and under:
        cluster.stop()
        cluster.environment = under.environment()
        cluster.more = " -c fsync=off" if options.careless == "database" else ""
        under.begin()
        cluster.start()
    machine = Machine(server, cluster, house, under)
    try:
        figures, faults = _tried(cast, machine, people, options.rounds)
    finally:
        machine.remove()
    told = {"database": "postgresql" if cluster else "sqlite", "careless": options.careless}
    return {**told, **figures, **load()}, faults


@dataclass(frozen=True)
class Machine:
    """The server, its database, and the layers below the files of both."""

    server: Server
    cluster: Cluster | None
    house: Layer
    under: Layer | None

    def start(self) -> None:
        """The server runs; all that lay there before is on the disk."""
        connections.close_all()
        self.house.begin()
        self.server.start()

    def cut(self) -> None:
        """Everything stops at once, what was not synced is gone, and the database starts again."""
        connections.close_all()
        self.server.kill()
        if self.cluster and self.under:
            self.cluster.kill()
            self.under.cut()
            self.under.begin()
        self.house.cut()
        if self.cluster:
            self.cluster.start()

    @property
    def dropped(self) -> int:
        """How many bytes less there were after the cuts."""
        return self.house.dropped + (self.under.dropped if self.under else 0)

    def remove(self) -> None:
        self.server.kill()
        self.house.remove()
        if self.cluster and self.under:
            self.cluster.environment = {}
            self.under.remove()


def _tried(
    cast: Cast, machine: Machine, people: list[dict[str, Visitor]], rounds: int
) -> tuple[dict[str, Any], list[str]]:
    """So many cuts, or up to the first that loses something: that stays lost."""
    day, sent, faults, cuts = Day(cast), Sent(), list[str](), 0
    began = time.monotonic()
    while cuts < rounds and not faults:
        _one_round(cuts, machine, (people, day, sent))
        faults = [f"cut {cuts}: {one}" for one in _lost(cast, sent)]
        cuts += 1
    figures = {
        "cuts": cuts,
        "acknowledged": len(sent.acknowledged),
        "refused": sent.refused,
        "unanswered": sent.unknown,
        "not synced, KB": machine.dropped // 1024,
        "lost": len(faults),
        "seconds": round(time.monotonic() - began),
    }
    if not faults and len(sent.acknowledged) < rounds:
        faults.append(f"{len(sent.acknowledged)} acts were acknowledged: the trial tried little")
    return figures, faults[:SHOWN]


def _one_round(
    number: int, machine: Machine, acting: tuple[list[dict[str, Visitor]], Day, Sent]
) -> None:
    """Writers at work, and the cut in the midst of it."""
    people, day, sent = acting
    machine.start()
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
    stop.set()
    machine.cut()
    for thread in threads:
        thread.join()


def _lost(cast: Cast, sent: Sent) -> list[str]:
    """What was acknowledged and does not stand, and what does not verify; a database that cannot be
    read any more has lost all."""
    try:
        return [*missing(sent), *unverified(cast)]
    except DatabaseError as error:
        return [f"the database cannot be read: {error}"]
    finally:
        connections.close_all()


def once(*words: str) -> int:
    """One trial in a process of its own; its exit code."""
    print("-- power", *words, flush=True)
    command = [sys.executable, "-m", "tests.prove._one", "power", *words]
    return subprocess.run(command, cwd=ROOT).returncode


def main(arguments: list[str]) -> int:
    """Both databases, and both again without durability, which must fail; or one line why not."""
    if why := cannot():
        print(f"a power cut cannot be simulated here: {why}")
        return 0
    rounds = arguments[0] if arguments else ROUNDS
    failed = 0
    for database in ([], ["--postgres"]):
        failed += once("--rounds", rounds, *database) != 0
        for careless in ("database", "files"):
            found = once("--rounds", rounds, "--careless", careless, *database) == 1
            print(f"without durable {careless} it {'fails, as it must' if found else 'HOLDS'}")
            failed += not found
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
