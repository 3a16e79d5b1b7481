"""Run by a test in a process of its own: requests that wait for a lock across the closing instant.

One connection holds what every application waits for. Two applicants send in time, the clock is
moved past the close under the lock, a third sends too late; only then the lock is let go.
"""

import json
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from keti.accounts.actions import PersonFacts, enter_person, open_account
from keti.intake.models import Application, Call
from keti.intake.tests.scene import CLOSES, drafted
from keti.kernel import clock
from keti.ledger.models import Head
from keti.ledger.queries import export
from keti.ledger.rules import verify
from tests.cast import Cast, Player, assemble, local

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TYPED = {
    "name": "吴路人（演示）", "mobile": "13800000000", "choices": ["cell.red"],
    "field_topic": "测试方法", "field_offer": "写第一章。", "declarations": ["lawful", "truthful"],
    "consent": "on", "do": "submit",
}  # fmt: skip
PATIENCE = 120


@dataclass
class Sender:
    """Somebody who sends the filled-in form; `here` is set once the request was received."""

    client: Client
    key: str
    here: threading.Event = field(default_factory=threading.Event)
    status: int = 0

    def send(self) -> None:
        try:
            SENDERS[threading.get_ident()] = self
            form = TYPED | {"key": self.key}
            self.status = self.client.post("/calls/cast/apply/solo/", form).status_code
        finally:
            connection.close()


SENDERS: dict[int, Sender] = {}
_received = clock.received


def received(request: Any) -> Any:
    """The stamp of every request, and word of it to whoever waits for that."""
    at = _received(request)
    if sender := SENDERS.get(threading.get_ident()):
        sender.here.set()
    return at


def applicants(cast: Cast) -> list[Sender]:
    """Three people with a draft each and an account."""
    made = []
    for number in range(3):
        person = enter_person(PersonFacts(f"申请人{number}（演示）", mail=f"a{number}@example.org"))
        cast.players[f"a{number}"] = Player(person, None, cast.moment)
        drafted(cast, f"a{number}")
        client = Client(HTTP_HOST="127.0.0.1", raise_request_exception=False)
        client.force_login(open_account(person), backend=BACKEND)
        made.append(Sender(client, f"k{number}"))
    return made


def start(senders: list[Sender]) -> list[threading.Thread]:
    threads = [threading.Thread(target=one.send) for one in senders]
    for thread in threads:
        thread.start()
    for one in senders:
        assert one.here.wait(PATIENCE)
    return threads


def main() -> None:
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    call_command("migrate", verbosity=0)
    clock.received = received
    close = local(CLOSES)
    with transaction.atomic():
        cast = assemble(Path(__file__).resolve().parents[3] / "tests" / "cast.yaml")
        senders = applicants(cast)
        clock.stand_at(close - timedelta(microseconds=1))
    with transaction.atomic():
        list(Head.objects.select_for_update())
        list(Call.objects.select_for_update())
        threads = start(senders[:2])
        clock.stand_at(close)
    threads += start(senders[2:])
    for thread in threads:
        thread.join(PATIENCE)
    rows = Application.objects.order_by("pk")
    print(json.dumps({
        "statuses": [one.status for one in senders],
        "states": [one.state for one in rows],
        "in_time": all(one.submitted_at < close for one in rows if one.submitted_at),
        "faults": verify(list(export(cast.programme))),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
