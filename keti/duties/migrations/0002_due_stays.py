from django.db import migrations

from keti.kernel.triggers import append_only, refuse


class Migration(migrations.Migration):
    """A due instant once set is never recomputed; a filing is never changed."""

    dependencies = [("duties", "0001_initial")]
    operations = [
        refuse(
            name="duties_obligation_due_stays",
            table="duties_obligation",
            event="UPDATE",
            when="OLD.due_at <> NEW.due_at OR OLD.key <> NEW.key",
            message="the due instant and the key of an obligation never change",
        ),
        *append_only("duties_filing"),
        *append_only("duties_reminder"),
    ]
