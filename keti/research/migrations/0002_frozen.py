from django.db import migrations

from keti.kernel.triggers import only_with_its_programme, refuse

NODE = ("public_id", "programme_id", "kind", "number", "made_at")
LINK = ("public_id", "programme_id", "first_id", "second_id", "kind", "seat_id", "made_at")


def changed(names: tuple[str, ...]) -> str:
    """Does any of these differ?"""
    return " OR ".join(f"NEW.{one} <> OLD.{one}" for one in names)


class Migration(migrations.Migration):
    """A version of a node is frozen, its kind and number stay, a link that ended is over; all of it
    goes with a trial programme."""

    dependencies = [("research", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        refuse(
            name="research_edition_frozen",
            table="research_edition",
            event="UPDATE",
            when="1 = 1",
            message="a version of a node is frozen",
        ),
        refuse(
            name="research_node_fixed",
            table="research_node",
            event="UPDATE",
            when=changed(NODE),
            message="kind and number of a node are fixed",
        ),
        refuse(
            name="research_link_fixed",
            table="research_link",
            event="UPDATE",
            when=f"OLD.ended_at IS NOT NULL OR {changed(LINK)}",
            message="a link is fixed",
        ),
        *(
            one
            for table in ("node", "edition", "link")
            for one in only_with_its_programme(
                name=f"research_{table}_no_delete",
                table=f"research_{table}",
                programme="OLD.programme_id",
            )
        ),
    ]
