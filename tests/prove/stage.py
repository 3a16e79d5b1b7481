"""The cast's programme on a database that is really there, and threads that meet at it."""

import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from keti.kernel.refusals import Refused
from keti.kernel.transactions import run
from keti.ledger.queries import export
from keti.ledger.rules import verify
from tests.cast import Cast, assemble

CHARTER = Path(__file__).resolve().parents[1] / "cast.yaml"


def founded() -> Cast:
    """A migrated database with the founded programme, the connection given back."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with transaction.atomic():
        cast = assemble(CHARTER)
    return cast


def load() -> dict[str, list[float]]:
    """How busy the machine was: its load over one, five and fifteen minutes."""
    return {"load": [round(one, 1) for one in os.getloadavg()]}


def at_once(deeds: Sequence[Callable[[], Any]]) -> list[str]:
    """Run each as an act in a thread of its own, all at the same moment; what became of each:
    "done", the code of a refusal, or the name of an error nobody caught."""
    ready, became = threading.Barrier(len(deeds)), [""] * len(deeds)

    def one(number: int, deed: Callable[[], Any]) -> None:
        ready.wait(60)
        try:
            run(deed)
            became[number] = "done"
        except Refused as refused:
            became[number] = refused.code
        except Exception as error:
            became[number] = f"{type(error).__name__}: {error}"
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return became


def unverified(cast: Cast) -> list[str]:
    """What does not verify in the programme's ledger."""
    return [f"ledger line {at}: {code}" for at, code in verify(list(export(cast.programme)))]
