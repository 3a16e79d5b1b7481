from django.db import migrations

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """What was stored stays as it was stored."""

    dependencies = [("documents", "0001_initial")]
    operations = [*append_only("documents_storedfile")]
