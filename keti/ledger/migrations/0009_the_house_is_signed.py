from django.db import migrations, models

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """What was signed of the house's own book is kept for ever."""

    dependencies = [("ledger", "0008_what_the_rows_say")]
    operations = [
        migrations.CreateModel(
            name="HouseCheckpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signed_at", models.DateTimeField()),
                ("note", models.TextField()),
                ("key", models.CharField(max_length=400)),
                ("size", models.PositiveIntegerField(unique=True)),
            ],
            options={"ordering": ["size"]},
        ),
        *append_only("ledger_housecheckpoint"),
    ]
