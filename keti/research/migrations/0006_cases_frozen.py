from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

OF_A_VERSION = ("public_id", "programme_id", "node_id", "version", "fp", "seat_id", "by_id", "at")
CHECKED = (*OF_A_VERSION, "outcome", "words", "cited", "day")
ASKED = (*OF_A_VERSION, "named")


def changed(names: tuple[str, ...]) -> str:
    """Does any of these differ?"""
    return " OR ".join(f'NEW."{one}" <> OLD."{one}"' for one in names)


class Migration(migrations.Migration):
    """Whom a case tells of is never rewritten, only said anew; a check and what a unit was asked stay
    as they were said, are answered once and withdrawn once; all of it goes with a trial programme."""

    dependencies = [("research", "0005_cases"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="research_provenance_frozen",
            table="research_provenance",
            event="UPDATE",
            when="1 = 1",
            message="of whom a case tells is said anew, not rewritten",
        ),
        refuse(
            name="research_factcheck_fixed",
            table="research_factcheck",
            event="UPDATE",
            when=f"OLD.withdrawn_at IS NOT NULL OR {changed(CHECKED)}",
            message="a check of facts is fixed as it was said",
        ),
        refuse(
            name="research_caseapproval_fixed",
            table="research_caseapproval",
            event="UPDATE",
            when="OLD.withdrawn_at IS NOT NULL OR "
            "(OLD.answer <> '' AND (NEW.answer <> OLD.answer OR NEW.words <> OLD.words)) OR "
            + changed(ASKED),
            message="what a unit was asked and answered is fixed as it was said",
        ),
        *(
            one
            for table in ("provenance", "factcheck", "caseapproval")
            for one in only_with_its_programme(
                name=f"research_{table}_no_delete",
                table=f"research_{table}",
                programme="OLD.programme_id",
            )
        ),
    ]
