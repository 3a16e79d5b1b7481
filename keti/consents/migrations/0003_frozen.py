from django.db import migrations

from keti.kernel.triggers import refuse

FIXED = ("public_id", "programme_id", "person_id", "purpose", "recipient", "wording", "wording_hash",
         "given_at", "recorded_at")  # fmt: skip
LOOSE = ("given_by_id", "evidence_id")
CHANGED = " OR ".join(
    [
        *(f"NEW.{one} <> OLD.{one}" for one in FIXED),
        *(f"COALESCE(NEW.{one}, 0) <> COALESCE(OLD.{one}, 0)" for one in LOOSE),
    ]
)


class Migration(migrations.Migration):
    """What was agreed to stays as it was worded; it is withdrawn once, and never removed."""

    dependencies = [("consents", "0002_taken_over")]
    operations = [
        refuse(
            name="consents_consent_frozen",
            table="consents_consent",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {CHANGED}",
            message="a consent is frozen",
        ),
        refuse(
            name="consents_consent_kept",
            table="consents_consent",
            event="DELETE",
            when="1=1",
            message="a consent is kept",
        ),
    ]
