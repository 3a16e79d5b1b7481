import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models

from keti.kernel.triggers import only_with_its_programme, refuse, without

FIXED = ("public_id", "programme_id", "unit_id", "seat_id", "by_id", "at", "text")
CHANGED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in FIXED)
OF_BEFORE = ("public_id", "programme_id", "checkpoint_id", "unit_id", "seat_id", "by_id", "at", "line")
OTHERWISE = " OR ".join(
    [
        *(f"NEW.{one} <> OLD.{one}" for one in OF_BEFORE),
        "COALESCE(NEW.lodged_id, 0) <> COALESCE(OLD.lodged_id, 0)",
    ]
)


class Migration(migrations.Migration):
    """A unit lodges a key of its own and signs checkpoints with it. A key that was lodged stays as
    it was; it is taken back once, and goes with a trial programme."""

    dependencies = [
        ("accounts", "0012_records"),
        ("groups", "0007_proposed"),
        ("programmes", "0003_first_numbers"),
        ("witness", "0002_frozen"),
    ]
    operations = [
        migrations.CreateModel(
            name="LodgedKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ("at", models.DateTimeField()),
                ("text", models.CharField(max_length=200)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person")),
                ("programme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="programmes.programme")),
                ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="groups.seat")),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation")),
                ("withdrawn_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.person")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("withdrawn_at", None)), fields=("programme", "unit"), name="one_key_lodged_by_a_unit")],
            },
        ),
        migrations.AddField(
            model_name="confirmation",
            name="lodged",
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="witness.lodgedkey"),
        ),
        migrations.RemoveConstraint(model_name="confirmation", name="checkpoint_confirmed_once_by_a_unit"),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(condition=models.Q(("lodged", None), ("withdrawn_at", None)), fields=("checkpoint", "unit"), name="checkpoint_confirmed_once_by_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(condition=models.Q(("lodged__isnull", False), ("withdrawn_at", None)), fields=("checkpoint", "unit"), name="checkpoint_signed_once_by_a_unit"),
        ),
        without(name="witness_confirmation_frozen", table="witness_confirmation"),
        refuse(
            name="witness_confirmation_frozen",
            table="witness_confirmation",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {OTHERWISE}",
            message="a confirmation is frozen",
        ),
        refuse(
            name="witness_lodgedkey_frozen",
            table="witness_lodgedkey",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {CHANGED}",
            message="a key that was lodged is frozen",
        ),
        *only_with_its_programme(
            name="witness_lodgedkey_no_delete",
            table="witness_lodgedkey",
            programme="OLD.programme_id",
        ),
    ]
