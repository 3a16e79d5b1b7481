from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse


def changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{one} <> OLD.{one}" for one in columns)


class Migration(migrations.Migration):
    """What was put before somebody stays as it was shown; what was decided and closed stays so."""

    dependencies = [("release", "0004_proofs"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="release_proofround_frozen",
            table="release_proofround",
            event="UPDATE",
            when="OLD.closed_at IS NOT NULL OR "
            + changed("public_id", "programme_id", "obligation_id", "number", "closes_at", "at"),
            message="a proof round is frozen",
        ),
        refuse(
            name="release_proofentry_frozen",
            table="release_proofentry",
            event="UPDATE",
            when="OLD.settled_at IS NOT NULL OR "
            + changed(
                "public_id", "programme_id", "round_id", "seat_id", "position", "name_zh",
                "name_en", "honorific",
            ),
            message="an entry of the proof is frozen",
        ),
        *only_with_its_programme(
            name="release_proofround_no_delete",
            table="release_proofround",
            programme="OLD.programme_id",
        ),
        *only_with_its_programme(
            name="release_proofentry_no_delete",
            table="release_proofentry",
            programme="OLD.programme_id",
        ),
    ]
