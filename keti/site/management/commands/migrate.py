"""`migrate`, after which what is owed is in step with the rows of before."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

from keti.site.before import after_migrations


class Command(migrate.Command):
    """Django's own, with one step more where something was migrated."""

    def handle(self, *args: Any, **options: Any) -> None:
        recorder = MigrationRecorder(connections[options["database"]])
        before = set(recorder.applied_migrations())
        super().handle(*args, **options)
        if options["database"] == DEFAULT_DB_ALIAS:
            after_migrations(changed=before != set(recorder.applied_migrations()))
