"""A folder of its own: something waits in it, the rows of it are lost, the folder is migrated."""

import json
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from keti.duties.enums import Nature
from keti.duties.models import Obligation, ObligationQuerySet
from keti.reports.tests.conftest import Desk
from tests.cast import assemble


def responses() -> ObligationQuerySet:
    return Obligation.objects.filter(nature=Nature.RESPONSE)


def rows() -> list[str]:
    wanted = ("key", "kind", "due_at", "pool", "seat_id", "pool_group_id", "caused_by_id", "state")
    return sorted(repr(one) for one in responses().values_list(*wanted))


def main() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        cast = assemble(Path(__file__).resolve().parents[3] / "tests" / "cast.yaml")
        cast.at("2030-04-28T10:00")
        Desk(cast).submitted()
    before, owed = rows(), responses().count()
    call_command("migrate", "reports", "0004", verbosity=0)
    responses().delete()
    call_command("migrate", "reports", "0004", verbosity=0)
    back = responses().count()
    call_command("migrate", verbosity=0)
    again = rows()
    responses().delete()
    call_command("migrate", verbosity=0)
    idle = responses().count()
    print(json.dumps({
        "owed": owed, "before": before, "again": again, "back": back, "idle": idle,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
