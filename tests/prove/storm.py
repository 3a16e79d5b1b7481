"""Many hand in long applications across the closing instant, at the real server and clock."""

import os
import time
from argparse import Namespace
from collections import Counter
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connections, transaction

from keti.accounts.actions import PersonFacts, enter_person
from keti.intake.models import Application, Call
from keti.kernel.models import SimulatedInstant
from tests import cast as casting
from tests.prove.place import Cluster, Server
from tests.prove.sending import Letter, Told, in_time, storm, too_late, waits
from tests.prove.stage import CHARTER, load, unverified
from tests.prove.visitors import Visitor

LONG = 90_000
TEXT = ("本单位承担过同类课题，能够按期完成。" * 5_000)[: LONG - 10]
"""256 KB of UTF-8: three bytes a sign."""
BEFORE = 0.8
"""The share of the storm that lies before the close."""


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): none lost, late or twice, no 5xx, nobody refused in time."""
    cast = founded(folder)
    sessions = _applicants(cast, options.people)
    connections.close_all()
    server = Server(folder, dict(os.environ))
    server.start()
    try:
        begin = time.time() + 3
        closes = begin + options.seconds * BEFORE
        _publish(cast, closes)
        connections.close_all()
        told = storm(_letters(sessions, begin, options.seconds), server.port)
    finally:
        server.kill()
    figures, faults = _judged(told, closes)
    figures = {"database": "postgresql" if cluster else "sqlite", **figures, **load()}
    return figures, faults + unverified(cast)


def founded(folder: Path) -> casting.Cast:
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


@transaction.atomic
def _applicants(cast: casting.Cast, count: int) -> list[str]:
    made = []
    for number in range(count):
        facts = PersonFacts(f"申报人{number}（演示）", mail=f"a{number}@example.org", is_demo=True)
        player = casting.Player(enter_person(facts), None, cast.moment)
        made.append(Visitor(player, 0).session)
    return made


def _publish(cast: casting.Cast, closes: float) -> None:
    at = datetime.fromtimestamp(closes, casting.ZONE)
    Call.objects.create(
        programme=cast.programme, obligation=cast.duty("invite"), number="S1", title_zh="征集",
        opens_at=at - timedelta(days=1), closes_at=at, published_at=at - timedelta(days=1),
    )  # fmt: skip


def _letters(sessions: list[str], begin: float, seconds: float) -> list[Letter]:
    """One a person; of ten one is sent twice at once, and one hangs up and sends again."""
    made = []
    for number, session in enumerate(sessions):
        at = begin + seconds * number / len(sessions)
        form, path = partial(_form, number), "/calls/cast/apply/solo/"
        one = Letter(at, number, session, path, form, number % 10 == 5)
        made += [one] * (2 if number % 10 == 0 else 1)
    return made


def _form(number: int) -> dict[str, Any]:
    return {
        "key": f"key-{number}", "do": "submit", "name": f"申报人{number}（演示）",
        "choices": "cell.red", "field_topic": "方法", "field_offer": TEXT,
        "declarations": ["lawful", "truthful"],
    }  # fmt: skip


def _judged(told: list[Told], closes: float) -> tuple[dict[str, Any], list[str]]:
    kept = Counter(Application.objects.live().values_list("applicant__mail", flat=True))
    submitted = Application.objects.filter(submitted_at__isnull=False)
    late = submitted.filter(submitted_at__gte=datetime.fromtimestamp(closes, casting.ZONE)).count()
    stands = {int(one[1:].partition("@")[0]) for one in submitted.values_list(
        "applicant__mail", flat=True
    )}  # fmt: skip
    instants = {one.who: closes for one in told}
    answered = Counter(one.status for one in told)
    must = {
        "late": late + len(too_late(told, instants) & stands),
        "lost": len({one.who for one in told if one.status == 302} - stands),
        "twice": sum(count > 1 for count in kept.values()),
        "out though heard in time": len(in_time(told, instants) - stands),
        "unanswered": answered[0],
        "failed": sum(count for status, count in answered.items() if status >= 500),
    }
    figures = {
        "sent": len(told), "answers": dict(answered), "heard in time": len(in_time(told, instants)),
        "in": len(stands), **must, **waits(told),
    }  # fmt: skip
    return figures, [f"{name}: {count}" for name, count in must.items() if count]
