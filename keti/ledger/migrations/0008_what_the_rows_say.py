from django.db import migrations, models


class Migration(migrations.Migration):
    """Beside the content of a line stands what the rows say that its act wrote.

    Nullable and without a default: SQLite then adds the column in place, and the triggers stay.
    """

    dependencies = [("ledger", "0007_key_changes")]
    operations = [migrations.AddField("entry", "state", models.TextField(null=True))]
