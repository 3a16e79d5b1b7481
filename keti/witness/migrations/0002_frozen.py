from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

FIXED = ("public_id", "programme_id", "checkpoint_id", "unit_id", "seat_id", "by_id", "at", "line")
CHANGED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in FIXED)


class Migration(migrations.Migration):
    """What was confirmed stays as it was; it is taken back once, and goes with a trial programme."""

    dependencies = [("witness", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="witness_confirmation_frozen",
            table="witness_confirmation",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {CHANGED}",
            message="a confirmation is frozen",
        ),
        *only_with_its_programme(
            name="witness_confirmation_no_delete",
            table="witness_confirmation",
            programme="OLD.programme_id",
        ),
    ]
