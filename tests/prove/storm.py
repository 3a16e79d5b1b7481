"""Many hand in long applications across the closing instant, at the real server and clock."""

import os
import threading
import time
from argparse import Namespace
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from django.core.management import call_command
from django.db import connections, transaction

from keti.accounts.actions import PersonFacts, enter_person
from keti.intake.models import Application, Call
from keti.kernel.models import SimulatedInstant
from tests import cast as casting
from tests.prove.place import Cluster, Server
from tests.prove.stage import CHARTER, unverified
from tests.prove.visitors import Visitor

LONG = 90_000
TEXT = ("本单位承担过同类课题，能够按期完成。" * 5_000)[: LONG - 10]
"""256 KB of UTF-8: three bytes a sign."""
SENDERS = 48
SURE = 1.0
"""Seconds before the close by which whoever began to send was surely heard whole, on loopback."""


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): none lost, late or twice, no 5xx, nobody refused in time."""
    cast = _founded(folder)
    visitors = _applicants(cast, options.people)
    server = Server(folder, dict(os.environ))
    begin = time.time() + 20
    closes = begin + options.seconds / 2
    _publish(cast, closes)
    connections.close_all()
    server.start()
    try:
        told = _stormed(visitors, server.port, begin, options.seconds)
    finally:
        server.kill()
    figures, faults = _judged(told, closes)
    figures["database"] = "postgresql" if cluster else "sqlite"
    return figures, faults + unverified(cast)


def _founded(folder: Path) -> casting.Cast:
    """The cast's programme of this year, with a box for long texts; then the real clock."""
    year = str(time.localtime().tm_year)
    charter = folder / "storm.yaml"
    text = CHARTER.read_text().replace("2030-", f"{year}-")
    charter.write_text(text.replace("max_chars: 1000", f"max_chars: {LONG}"))
    casting.MOMENT = f"{year}-03-02T09:00"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        cast = casting.assemble(charter)
    SimulatedInstant.objects.all().delete()
    return cast


def _applicants(cast: casting.Cast, count: int) -> list[Visitor]:
    made = []
    for number in range(count):
        facts = PersonFacts(f"申报人{number}（演示）", mail=f"a{number}@example.org", is_demo=True)
        player = casting.Player(enter_person(facts), None, cast.moment)
        made.append(Visitor(player, 0))
    return made


def _publish(cast: casting.Cast, closes: float) -> None:
    at = datetime.fromtimestamp(closes, casting.ZONE)
    Call.objects.create(
        programme=cast.programme, obligation=cast.duty("invite"), number="S1", title_zh="征集",
        opens_at=at - timedelta(days=1), closes_at=at, published_at=at - timedelta(days=1),
    )  # fmt: skip


Told = tuple[int, int, float, float]
"""Who, which status, when the last byte was sent, how long the answer took."""


def _stormed(visitors: list[Visitor], port: int, begin: float, seconds: float) -> list[Told]:
    """Everybody sends once at a moment of their own, every tenth twice with the same key."""
    work: Queue[tuple[float, int, str]] = Queue()
    for number, visitor in enumerate(visitors):
        visitor.port = port
        at = begin + seconds * number / len(visitors)
        for _ in range(2 if number % 10 == 0 else 1):
            work.put((at, number, f"key-{number}"))
    told: list[Told] = []
    threads = [
        threading.Thread(target=_sending, args=(work, visitors, told)) for _ in range(SENDERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _sending(
    work: "Queue[tuple[float, int, str]]", visitors: list[Visitor], told: list[Told]
) -> None:
    while True:
        try:
            at, number, key = work.get_nowait()
        except Empty:
            return
        time.sleep(max(0.0, at - time.time()))
        fields = {
            "key": key, "do": "submit", "name": f"申报人{number}（演示）", "choices": "cell.red",
            "field_topic": "方法", "field_offer": TEXT, "declarations": ["lawful", "truthful"],
        }  # fmt: skip
        began = time.time()
        line = Visitor.__new__(Visitor)
        line.session, line.port, line.line = visitors[number].session, visitors[number].port, None
        try:
            status = line.post("/calls/cast/apply/solo/", fields)
        except OSError:
            status = 0
        told.append((number, status, began, time.time() - began))


def _judged(told: list[Told], closes: float) -> tuple[dict[str, Any], list[str]]:
    kept = Counter(Application.objects.live().values_list("applicant__mail", flat=True))
    submitted = Application.objects.filter(submitted_at__isnull=False)
    late = submitted.filter(submitted_at__gte=datetime.fromtimestamp(closes, casting.ZONE)).count()
    inside = {f"a{who}@example.org" for who, status, _, _ in told if status == 302}
    stands = set(submitted.values_list("applicant__mail", flat=True))
    answered = Counter(status for _, status, _, _ in told)
    unfair = [who for who, status, at, _ in told if status == 422 and at < closes - SURE]
    waits = sorted(wait for _, _, _, wait in told)
    figures = {
        "sent": len(told), "answers": dict(answered), "in": len(stands), "late": late,
        "lost": len(inside - stands), "twice": sum(count > 1 for count in kept.values()),
        "refused though sent in time": len(unfair),
        "p50": round(waits[len(waits) // 2], 2), "p99": round(waits[len(waits) * 99 // 100], 2),
    }  # fmt: skip
    faults = [f"{name}: {figures[name]}" for name in ("late", "lost", "twice") if figures[name]]
    faults += [f"{count} answers {status}" for status, count in answered.items() if status >= 500]
    faults += [f"{answered[0]} unanswered"] if answered[0] else []
    faults += [f"{len(unfair)} refused though sent in time"] if unfair else []
    return figures, faults
