from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

TABLES = ("gathering", "slot", "invitee", "signer")
NAMED = {
    "gathering": ("public_id", "programme_id", "kind", "promise", "at"),
    "slot": ("public_id", "programme_id", "gathering_id", "minutes", "title_zh", "title_en"),
    "invitee": ("public_id", "programme_id", "gathering_id", "name", "unit", "office", "at"),
    "signer": ("public_id", "programme_id", "gathering_id", "paper", "party", "copies"),
}
OVER = {
    "gathering": "OLD.ended_at IS NOT NULL",
    "slot": "OLD.dropped_at IS NOT NULL",
    "invitee": "1 = 0",
    "signer": "OLD.signed_at IS NOT NULL",
}


def changed(table: str) -> str:
    return " OR ".join(f"NEW.{one} <> OLD.{one}" for one in NAMED[table])


class Migration(migrations.Migration):
    """What was arranged stays what it was; what is over, dropped or signed does not change."""

    dependencies = [("gatherings", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        *(
            refuse(
                name=f"gatherings_{one}_frozen",
                table=f"gatherings_{one}",
                event="UPDATE",
                when=f"{OVER[one]} OR {changed(one)}",
                message=f"a {one} of a gathering is frozen",
            )
            for one in TABLES
        ),
        *(
            part
            for one in TABLES
            for part in only_with_its_programme(
                name=f"gatherings_{one}_no_delete",
                table=f"gatherings_{one}",
                programme="OLD.programme_id",
            )
        ),
    ]
