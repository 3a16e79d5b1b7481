"""Run by a test in a process of its own: the same act sent by several connections at once."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402

from keti.kernel.acts import Act, Subject  # noqa: E402
from keti.ledger.actions import record, repeated  # noqa: E402
from keti.ledger.queries import export, of_subject  # noqa: E402
from keti.ledger.rules import verify  # noqa: E402
from keti.programmes.models import Programme  # noqa: E402
from tests.cast import assemble  # noqa: E402

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
        cast = assemble(Path("tests/cast.yaml").resolve())
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
