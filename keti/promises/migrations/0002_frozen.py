from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

EXHIBIT = (
    "public_id", "programme_id", "kind", "period", "nature", "title", "day", "outlet", "tier", "reprint",
    "unit", "source", "link", "seat_id", "by_id", "at",
)  # fmt: skip
BENEFIT = (
    "public_id", "programme_id", "kind", "organisation_id", "what", "day", "link", "seat_id",
    "by_id", "at",
)  # fmt: skip
OPEN = ("value", "file_id")


def changed(names: tuple[str, ...], open_ones: tuple[str, ...]) -> str:
    """Does any of these differ, the second ones also where they are nothing?"""
    plain = [f"NEW.{one} <> OLD.{one}" for one in names]
    loose = [
        f"(NEW.{one} IS NULL) <> (OLD.{one} IS NULL) OR NEW.{one} <> OLD.{one}" for one in open_ones
    ]
    return " OR ".join([*plain, *loose])


class Migration(migrations.Migration):
    """What was said of a promise, shown for it or given stays as it was; it is taken back once, and
    goes with a trial programme."""

    dependencies = [("promises", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="promises_settlement_frozen",
            table="promises_settlement",
            event="UPDATE",
            when="1 = 1",
            message="a settlement is frozen",
        ),
        refuse(
            name="promises_exhibit_frozen",
            table="promises_exhibit",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {changed(EXHIBIT, OPEN)}",
            message="an exhibit is frozen",
        ),
        refuse(
            name="promises_benefit_frozen",
            table="promises_benefit",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {changed(BENEFIT, ('file_id',))}",
            message="what was given is frozen",
        ),
        *(
            one
            for table in ("settlement", "exhibit", "benefit")
            for one in only_with_its_programme(
                name=f"promises_{table}_no_delete",
                table=f"promises_{table}",
                programme="OLD.programme_id",
            )
        ),
    ]
