"""`migrate`, after which what is owed is in step with the rows of before."""

from typing import Any

from django.core.management.commands import migrate

from keti.site.before import after_migrations


class Command(migrate.Command):
    """Django's own, with one step more."""

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        after_migrations(options["database"])
