from django.db import migrations

from keti.kernel.triggers import only_with_its_programme


class Migration(migrations.Migration):
    """The amendments of a trial programme go with it when it is deleted whole."""

    dependencies = [("planning", "0004_kept_of_the_template"), ("programmes", "0002_deletion")]
    operations = [
        *only_with_its_programme(
            name="planning_approval_no_delete",
            table="planning_approval",
            programme="(SELECT programme_id FROM planning_amendment WHERE id = OLD.amendment_id)",
        ),
        *only_with_its_programme(
            name="planning_amendment_no_delete",
            table="planning_amendment",
            programme="OLD.programme_id",
        ),
    ]
