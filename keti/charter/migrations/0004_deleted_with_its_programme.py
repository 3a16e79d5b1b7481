from django.db import migrations

from keti.kernel.triggers import only_with_its_programme


class Migration(migrations.Migration):
    """The versions of a charter go with a trial programme that is deleted whole."""

    dependencies = [("charter", "0003_notice_may_follow"), ("programmes", "0002_deletion")]
    operations = [
        *only_with_its_programme(
            name="charter_charterversion_no_delete",
            table="charter_charterversion",
            programme="OLD.programme_id",
        ),
    ]
