"""Many hand in files across the instants by which they owe them, at the real server and clock."""

import hashlib
import os
import random
import time
from argparse import Namespace
from collections import Counter
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from keti.accounts.actions import PersonFacts, enter_person
from keti.documents.actions import path_of
from keti.duties.actions import Debt, owe
from keti.duties.models import Filing, Obligation
from keti.groups.actions import Place, appoint
from keti.groups.models import Seat
from keti.kernel.acts import Text
from tests import cast as casting
from tests.prove.place import Cluster, Server
from tests.prove.sending import Letter, Told, in_time, storm, too_late, waits
from tests.prove.stage import load, unverified
from tests.prove.storm import founded
from tests.prove.visitors import Visitor

EACH = 10
"""Files that one person owes."""
INSTANTS = 6
SIZE = 512 << 10
EARLY, LATE = 6.0, 2.0
"""Seconds around its instant within which a file is sent."""


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): each file once and whole, late exactly when it was."""
    cast = founded(folder)
    sessions = _members(cast, max(options.people // EACH, 1))
    connections.close_all()
    server = Server(folder, dict(os.environ))
    server.start()
    try:
        begin = time.time() + 15
        owed = _owed(cast, begin, options.seconds)
        letters = _letters(owed, sessions)
        connections.close_all()
        told = storm(letters, server.port)
    finally:
        server.kill()
    figures, faults = _judged(told, owed)
    figures = {"database": "postgresql" if cluster else "sqlite", **figures, **load()}
    return figures, faults + unverified(cast)


@transaction.atomic
def _members(cast: casting.Cast, count: int) -> list[tuple[Seat, str]]:
    """So many more hands of a cell, signed in."""
    made = []
    for number in range(count):
        facts = PersonFacts(f"组员{number}（演示）", mail=f"m{number}@example.org", is_demo=True)
        person = enter_person(facts)
        place = Place(group=cast.group("cell.red"), role=cast.role("hand"), person=person)
        seat = appoint(cast.qin.act(), place=place)
        made.append((seat, Visitor(casting.Player(person, seat, cast.moment), 0).session))
    return made


@transaction.atomic
def _owed(cast: casting.Cast, begin: float, seconds: float) -> dict[int, Obligation]:
    """What everybody owes, by its number, due at one of a few instants."""
    made = {}
    seats = list(Seat.objects.filter(person__mail__startswith="m", person__mail__regex=r"^m\d"))
    group = cast.group("cell.red")
    for number in range(len(seats) * EACH):
        due = begin + EARLY + seconds * (number % INSTANTS + 1) / INSTANTS
        debt = Debt(
            key=f"file@cell.red/{number}", kind="file", form="file", title=Text(f"材料 {number}"),
            group=group, seat=seats[number % len(seats)],
            due_at=datetime.fromtimestamp(due, casting.ZONE),
        )  # fmt: skip
        made[number] = owe(cast.programme, debt)
    return made


def _letters(owed: dict[int, Obligation], sessions: list[tuple[Seat, str]]) -> list[Letter]:
    """One a file; of ten one is sent twice at once, and one hangs up and sends again."""
    dice, made, base = random.Random(7), [], f"/p/{owed[0].programme.slug}/duties/"
    session_of = {seat.pk: session for seat, session in sessions}
    for number, duty in owed.items():
        at = duty.due_at.timestamp() + dice.uniform(-EARLY, LATE)
        form, path = partial(_form, number), f"{base}{duty.public_id}/file/"
        one = Letter(at, number, session_of[duty.seat_id], path, form, number % 10 == 5)
        made += [one] * (2 if number % 10 == 0 else 1)
    return made


def _form(number: int) -> dict[str, Any]:
    upload = SimpleUploadedFile(f"{number}.pdf", paper(number), "application/pdf")
    return {"key": f"key-{number}", "file": upload, "line1": f"材料 {number}"}


def paper(number: int) -> bytes:
    """A PDF of no pages, as long as all and like none other."""
    head = b"%%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%% %d " % number
    filling = random.Random(number).randbytes(SIZE // 2).hex().encode()
    return head + filling + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def _judged(told: list[Told], owed: dict[int, Obligation]) -> tuple[dict[str, Any], list[str]]:
    now = {one.pk: one for one in Obligation.objects.filter(pk__in=[o.pk for o in owed.values()])}
    closes = {number: duty.due_at.timestamp() for number, duty in owed.items()}
    met = {number: now[duty.pk].met_at for number, duty in owed.items()}
    punctual = {who for who, at in met.items() if at and at.timestamp() < closes[who]}
    stands = {who for who, at in met.items() if at}
    filings = Counter(Filing.objects.values_list("obligation_id", flat=True))
    answered = Counter(one.status for one in told)
    must = {
        "late though heard in time": len(in_time(told, closes) - punctual),
        "in time though sent late": len(too_late(told, closes) & punctual),
        "lost": len({one.who for one in told if one.status == 302} - stands),
        "twice": sum(count > 1 for count in filings.values()),
        "not whole": sum(not _whole(number, duty) for number, duty in owed.items()),
        "refused": sum(count for status, count in answered.items() if 400 <= status < 500),
        "unanswered": answered[0],
        "failed": sum(count for status, count in answered.items() if status >= 500),
    }
    figures = {
        "sent": len(told), "answers": dict(answered), "heard in time": len(in_time(told, closes)),
        "punctual": len(punctual), "in": len(stands), **must, **waits(told),
    }  # fmt: skip
    return figures, [f"{name}: {count}" for name, count in must.items() if count]


def _whole(number: int, duty: Obligation) -> bool:
    """Whether what lies under its hash is what was sent."""
    wanted = hashlib.sha256(paper(number)).hexdigest()
    filed = Filing.objects.filter(obligation=duty).values_list("file__sha256", flat=True)
    if set(filed) != {wanted}:
        return False
    return hashlib.sha256(path_of(wanted).read_bytes()).hexdigest() == wanted
