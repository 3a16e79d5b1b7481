from django.db import migrations

from keti.kernel.triggers import refuse


class Migration(migrations.Migration):
    """What else of such a row may follow later, its key does not: others refer to it."""

    dependencies = [("charter", "0004_deleted_with_its_programme")]
    operations = [
        refuse(
            name="charter_charterversion_id_stays",
            table="charter_charterversion",
            event="UPDATE",
            when="OLD.id <> NEW.id",
            message="charter_charterversion is append-only",
        ),
    ]
