from django.db import migrations

from keti.kernel.triggers import append_only, only_with_its_programme, refuse

OF_A_NOMINATION = "(SELECT programme_id FROM honours_nomination WHERE id = OLD.nomination_id)"
FROZEN = {
    "honours_assessment": "OLD.programme_id",
    "honours_participationrecord": "OLD.programme_id",
    "honours_nominator": OF_A_NOMINATION,
    "honours_honourvote": OF_A_NOMINATION,
    "honours_certificate": OF_A_NOMINATION,
}
KEPT = ("public_id", "programme_id", "honour", "seat_id", "nominated_at")
CHANGED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in KEPT)
NUMBERED = "(OLD.number <> '' AND NEW.number <> OLD.number)"


def _frozen():
    for table, programme in FROZEN.items():
        yield from append_only(table)
        yield from only_with_its_programme(
            name=f"{table}_no_delete", table=table, programme=programme
        )


class Migration(migrations.Migration):
    """What was counted, said and made stays as it was, and goes with a trial programme; whom a
    nomination is of never changes, and a number once given is nobody else's."""

    dependencies = [("honours", "0001_initial"), ("programmes", "0002_deletion")]
    operations = [
        *_frozen(),
        refuse(
            name="honours_nomination_frozen",
            table="honours_nomination",
            event="UPDATE",
            when=f"{CHANGED} OR {NUMBERED}",
            message="a nomination is of one seat and one honour",
        ),
        *only_with_its_programme(
            name="honours_nomination_no_delete",
            table="honours_nomination",
            programme="OLD.programme_id",
        ),
    ]
