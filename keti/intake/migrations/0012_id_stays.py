from django.db import migrations

from keti.kernel.triggers import refuse


class Migration(migrations.Migration):
    """What else of such a row may follow later, its key does not: others refer to it."""

    dependencies = [("intake", "0011_reserve_and_completion")]
    operations = [
        refuse(
            name="intake_call_id_stays",
            table="intake_call",
            event="UPDATE",
            when="OLD.id <> NEW.id",
            message="intake_call is append-only",
        ),
    ]
