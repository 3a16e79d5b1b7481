from django.db import migrations

from keti.kernel.triggers import only_with_its_programme


class Migration(migrations.Migration):
    """What a trial programme reminded its own secretariat of goes with it when it is deleted whole."""

    dependencies = [("duties", "0010_said"), ("programmes", "0002_deletion")]
    operations = [
        *only_with_its_programme(
            name="duties_reminder_no_delete",
            table="duties_reminder",
            programme="(SELECT programme_id FROM duties_obligation WHERE id = OLD.obligation_id)",
        ),
    ]
