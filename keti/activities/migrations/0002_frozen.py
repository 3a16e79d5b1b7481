from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

ACTIVITY = (
    "public_id", "programme_id", "kind", "title", "day", "last_day", "division", "where", "partners",
    "places", "promise", "opens_at", "closes_at", "seat_id", "recorded_at",
)  # fmt: skip
SHEET = (
    "public_id", "programme_id", "division", "scheme", "edition", "title", "body", "source", "link",
    "as_of", "seat_id", "recorded_at",
)  # fmt: skip


def changed(names: tuple[str, ...]) -> str:
    """Does any of these differ?"""
    return " OR ".join(f'NEW."{one}" <> OLD."{one}"' for one in names)


class Migration(migrations.Migration):
    """What was announced of an activity and said of a region stays as it was; both go with a trial
    programme."""

    dependencies = [("activities", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="activities_activity_frozen",
            table="activities_activity",
            event="UPDATE",
            when=f"OLD.state = 'cancelled' OR {changed(ACTIVITY)}",
            message="an activity is frozen",
        ),
        refuse(
            name="activities_regionsheet_frozen",
            table="activities_regionsheet",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {changed(SHEET)}",
            message="a sheet is frozen",
        ),
        *(
            one
            for table in ("activity", "regionsheet")
            for one in only_with_its_programme(
                name=f"activities_{table}_no_delete",
                table=f"activities_{table}",
                programme="OLD.programme_id",
            )
        ),
    ]
