from django.db import migrations

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """An applied charter version never changes."""

    dependencies = [("charter", "0001_initial")]
    operations = [*append_only("charter_charterversion")]
