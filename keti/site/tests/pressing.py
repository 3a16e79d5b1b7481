"""Run by a test in a process of its own: the button of one way in, pressed by many at once."""

import json
import os
import threading
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import setup_test_environment

from keti.accounts.actions import correct_person, secret_of
from keti.accounts.models import User, WayInMeans
from keti.groups.actions import issue_way_in
from keti.ledger.models import Entry
from keti.site.tests.doors import is_in
from tests.cast import assemble

PRESSING = 6


def main() -> None:
    setup_test_environment()
    server = connection.vendor == "postgresql"
    if server:
        connection.settings_dict["TEST"]["NAME"] = f"pressing_{os.getpid()}"
        connection.creation.create_test_db(verbosity=0, serialize=False)
    else:
        call_command("migrate", verbosity=0)
    try:
        print(json.dumps(pressed()))
    finally:
        if server:
            connection.creation.destroy_test_db("keti", verbosity=0)


def pressed() -> dict[str, object]:
    """What becomes of it."""
    with transaction.atomic():
        cast = assemble(Path(__file__).resolve().parents[3] / "tests" / "cast.yaml")
        person = correct_person(cast.mao.person, {"mail": "mao.in@example.org"})
        way = issue_way_in(cast.qin.act(), seat=cast.mao.seat, means=WayInMeans.HAND)
    path, ready, seen = f"/in/{secret_of(way)}/", threading.Barrier(PRESSING), []

    def press(number: int) -> None:
        try:
            client = Client()
            ready.wait(30)
            status = client.post(path, {"key": f"{number}" * 26}).status_code
            seen.append((status, is_in(client)))
        finally:
            connection.close()

    pressing = [threading.Thread(target=press, args=(number,)) for number in range(PRESSING)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join(60)
    return {
        "answers": len(seen), "statuses": sorted({status for status, _in in seen}),
        "in": sum(inside for _status, inside in seen),
        "accounts": User.objects.filter(person=person).count(),
        "used": Entry.objects.filter(kind="accounts.wayin.used").count(),
    }  # fmt: skip


if __name__ == "__main__":
    main()
