from django.db import migrations, models


class Migration(migrations.Migration):
    """Beside the key of an act stands the hash of what was sent with it.

    Nullable and without a default: SQLite then adds the column in place, and the triggers stay.
    """

    dependencies = [("ledger", "0003_head_keeps_its_edge")]
    operations = [
        migrations.AddField("entry", "digest", models.CharField(max_length=64, null=True)),
    ]
