from django.db import migrations

from keti.kernel.triggers import refuse

CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "content", "sha256", "number", "version", "seat_id", "group_id", "programme_id",
        "issued_at", "issued_by",
    )
)


class Migration(migrations.Migration):
    """An issued task book never changes and never goes back; a change is a new version."""

    dependencies = [("work", "0001_initial")]
    operations = [
        refuse(
            name="work_taskbook_frozen",
            table="work_taskbook",
            event="UPDATE",
            when=f"OLD.state <> 'draft' AND ({CHANGED})",
            message="an issued task book is frozen",
        ),
        refuse(
            name="work_taskbook_forward",
            table="work_taskbook",
            event="UPDATE",
            when="(OLD.state <> 'draft' AND NEW.state = 'draft')"
            " OR (OLD.state = 'superseded' AND NEW.state <> 'superseded')"
            " OR (OLD.state = 'accepted' AND NEW.state NOT IN ('accepted', 'superseded'))",
            message="a task book does not go back",
        ),
        refuse(
            name="work_taskbook_kept",
            table="work_taskbook",
            event="DELETE",
            when="OLD.state <> 'draft'",
            message="an issued task book is kept",
        ),
    ]
