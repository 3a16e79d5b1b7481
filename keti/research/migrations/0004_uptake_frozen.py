from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

SAID = (
    "public_id", "programme_id", "recommendation_id", "addressee_id", "state", "share", "day",
    "evidence", "link", "seat_id", "by_id", "at",
)  # fmt: skip


class Migration(migrations.Migration):
    """What was said of a recommendation stays as it was said; it is found true once and withdrawn
    once, and goes with a trial programme."""

    dependencies = [("research", "0003_uptake"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="research_uptake_fixed",
            table="research_uptake",
            event="UPDATE",
            when="OLD.withdrawn_at IS NOT NULL OR "
            + " OR ".join(f'NEW."{one}" <> OLD."{one}"' for one in SAID),
            message="what became of a recommendation is fixed as it was said",
        ),
        *only_with_its_programme(
            name="research_uptake_no_delete",
            table="research_uptake",
            programme="OLD.programme_id",
        ),
    ]
