"""Run in a process and a database of its own: letters of before, brought up to today's tables.

Prints, as JSON, what each row says afterwards.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from importlib import import_module

NOW = datetime(2030, 4, 2, 2, tzinfo=UTC)
STATES = ("waiting", "sent", "uncertain", "failed", "no_address")
BEFORE = [("notify", "0005_fixed_address")]


def write(apps: object) -> None:
    """One letter in each state, in the tables as they were."""
    programme = apps.get_model("programmes", "Programme").objects.create(
        slug="old", title_zh="旧", starts_at=NOW, ends_at=NOW + timedelta(days=9)
    )
    for number, state in enumerate(STATES):
        apps.get_model("notify", "Message").objects.create(
            public_id=state, programme=programme, key=f"k{number}", kind="x.told",
            recipient_id="r", recipient_label="甲", subject="题", body="文", path="/p/old/",
            state=state, created_at=NOW, attempts=number, next_attempt_at=NOW + timedelta(hours=1),
            sent_at=NOW if state == "sent" else None, fault="notify.server-busy",
            error="450 later",
        )  # fmt: skip


def main() -> None:
    """Migrate to before, write, migrate to today, say what stands."""
    import_module("django").setup()
    connection = import_module("django.db").connection
    executors = import_module("django.db.migrations.executor")
    executor = executors.MigrationExecutor(connection)
    executor.migrate(BEFORE)
    write(executor.loader.project_state(BEFORE).apps)
    executor = executors.MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == "notify"])
    rows = import_module("keti.notify.models").Delivery.objects.order_by("message", "way")
    message = ("message__public_id", "message__subject", "message__held_until")
    delivery = ("way", "state", "attempts", "next_attempt_at", "sent_at", "fault", "error")
    said = rows.values_list(*message, *delivery)
    json.dump(list(said), sys.stdout, default=str)


if __name__ == "__main__":
    main()
