"""Run by a test in a process of its own: the same act sent by several connections at once."""

import json
import threading
from dataclasses import replace
from pathlib import Path

from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from keti.kernel.acts import Act, Subject
from keti.ledger.actions import record, repeated
from keti.ledger.queries import export, of_subject
from keti.ledger.rules import verify
from keti.programmes.models import Programme
from tests.cast import assemble

SENDERS = 8
THING = Subject("x.thing", "a" * 26, "一件事")


def send(act: Act, programme: Programme, ready: threading.Barrier, ids: list[int]) -> None:
    """Send the act; a collision is answered with what the other one made."""
    ready.wait(20)
    try:
        with transaction.atomic():
            before = repeated(act, "x.thing.done", programme=programme)
            ids.append((before or record(act, "x.thing.done", programme=programme, about=THING)).pk)
    except IntegrityError:
        found = repeated(act, "x.thing.done", programme=programme)
        ids.append(found.pk if found else 0)
    finally:
        connection.close()


def main() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = assemble(Path(__file__).resolve().parents[3] / "tests" / "cast.yaml")
    act, ready, ids = replace(cast.lu.act(), key="both"), threading.Barrier(SENDERS), []
    senders = [
        threading.Thread(target=send, args=(act, cast.programme, ready, ids))
        for _ in range(SENDERS)
    ]
    for one in senders:
        one.start()
    for one in senders:
        one.join(60)
    lines = of_subject(cast.programme, THING.id).count()
    faults = verify(list(export(cast.programme)))
    print(json.dumps({
        "answers": len(ids), "different": len(set(ids)), "lines": lines, "faults": faults
    }))  # fmt: skip


if __name__ == "__main__":
    main()
