"""A roster of two thousand rows is previewed and entered while twenty others save.

`tests.prove.rows` runs it on both databases; prints what everybody waited.
"""

import os
import time
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections

from keti.groups.models import Seat
from keti.intake.models import RosterImport
from keti.intake.tests.sheets import HEADER, book, row
from keti.jobs.models import Job
from tests.cast import Cast
from tests.prove.lagging import Told, live
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, Deed, Visitor, everybody

PAUSE = 10.0
"""Seconds between two savings of a person: who writes sends now and then. Twenty who save every
three seconds are already more than two cores do on SQLite, which has one writer."""
MOST = 1.0
LONGEST = 900.0


class Elsewhere(Day):
    """The day of everybody who calls no meeting of the group that grows by two thousand: what is
    measured is the roster, not invitations to two thousand people."""

    def deeds(self, number: int) -> list[Deed]:
        """As on any day, but meetings are those of the other group."""
        call = f"{self.base}/meetings/call/"
        found = super().deeds(number)
        return [("he", *rest) if rest[0] == call else (who, *rest) for who, *rest in found]


class Savers:
    """People who save all the time, and what they waited while something else went on."""

    def __init__(self, cast: Cast, port: int, count: int) -> None:
        self.people = [everybody(cast, port) for _ in range(count)]
        self.day = Elsewhere(cast)
        self.figures: dict[str, Any] = {}
        self.faults: list[str] = []

    def beside(self, what: str, done: Callable[[], bool]) -> None:
        """They save until it is done."""
        told, began = Told(), time.monotonic()
        while True:
            live(told, self.day, self.people, 5.0, PAUSE)
            took = time.monotonic() - began
            if done() or took > LONGEST or _failed():
                break
        self.figures[what] = {"seconds": round(took), **told.figures()}
        self.faults += [f"{what}: {fault}" for fault in told.faults()]
        slowest = max(told.waits["act"])
        if slowest > MOST:
            self.faults.append(f"{what}: somebody waited {slowest:.2f} s for a save")


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): every row is in once, nobody waits over a second for a save."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    server = Server(folder, dict(os.environ))
    savers = Savers(cast, server.port, options.people)
    office, before = Visitor(cast.qin, server.port), Seat.objects.count()
    connections.close_all()
    server.start()
    try:
        alone = iter(range(6))
        savers.beside("alone", lambda: next(alone) == 5)
        office.post("/p/cast/roster/", {"file": _sheet(options.rows)})
        savers.beside("beside the preview", lambda: _state() == "read")
        if _state() != "read":
            return savers.figures, [*savers.faults, "the roster was not read"]
        office.post(f"{RosterImport.objects.get().path}import/", {})
        savers.beside("beside the entering", lambda: _state() == "imported")
    finally:
        server.kill()
    came = Seat.objects.count() - before
    faults = savers.faults + unverified(cast)
    if came != options.rows:
        faults.append(f"{came} of {options.rows} rows are in")
    database = "postgresql" if cluster else "sqlite"
    return {"database": database, **savers.figures, **load()}, faults


def _state() -> str:
    found = RosterImport.objects.values_list("state", flat=True).first()
    connections.close_all()
    return str(found)


def _failed() -> bool:
    """Whether a job of the house was given up."""
    failed = Job.objects.filter(state="failed").exists()
    connections.close_all()
    return failed


def _sheet(rows: int) -> SimpleUploadedFile:
    each = [
        row(f"演示{number}", f"演示单位{number % 97}", 邮箱=f"p{number}@example.org", 入册同意="是")
        for number in range(rows)
    ]
    return SimpleUploadedFile("名单.xlsx", book([list(HEADER), *each]))
