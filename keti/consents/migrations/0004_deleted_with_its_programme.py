from django.db import migrations

from keti.kernel.triggers import only_with_its_programme


class Migration(migrations.Migration):
    """What was agreed to for a trial programme goes with it when it is deleted whole."""

    dependencies = [("consents", "0003_frozen"), ("programmes", "0002_deletion")]
    operations = [
        *only_with_its_programme(
            name="consents_consent_kept",
            table="consents_consent",
            programme="OLD.programme_id",
        ),
    ]
