import django.db.models.deletion
from django.db import migrations, models

from keti.kernel.triggers import append_only, only_with_its_programme


class Migration(migrations.Migration):
    """What was signed of a book at one moment is kept for ever; it goes with a trial programme."""

    dependencies = [
        ("ledger", "0005_deleted_with_its_programme"),
        ("programmes", "0003_first_numbers"),
    ]
    operations = [
        migrations.CreateModel(
            name="StoredCheckpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("signed_at", models.DateTimeField()),
                ("note", models.TextField()),
                ("key", models.CharField(max_length=400)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="programmes.programme"
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "size"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "size"), name="ledger_one_note_a_size"
                    )
                ],
            },
        ),
        *append_only("ledger_storedcheckpoint"),
        *only_with_its_programme(
            name="ledger_storedcheckpoint_no_delete",
            table="ledger_storedcheckpoint",
            programme="OLD.programme_id",
        ),
    ]
