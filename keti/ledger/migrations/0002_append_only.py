from django.db import migrations

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """The ledger is append-only: the database refuses to change, delete or truncate it."""

    dependencies = [("ledger", "0001_initial")]
    operations = [*append_only("ledger_entry")]
