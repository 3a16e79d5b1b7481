from django.db import migrations, models

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """Which key followed which, signed by both: kept for ever."""

    dependencies = [("ledger", "0006_stored_checkpoints")]
    operations = [
        migrations.CreateModel(
            name="KeyChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("new", models.CharField(max_length=400, unique=True)),
                ("text", models.TextField()),
            ],
            options={"ordering": ["pk"]},
        ),
        *append_only("ledger_keychange"),
    ]
