from django.db import migrations

from keti.kernel.triggers import refuse, without

_VOIDED = (
    "NEW.state = 'issued' AND OLD.on_behalf AND NOT NEW.on_behalf AND NEW.answered_at IS NULL"
    " AND NEW.recorded_at IS NULL AND NEW.scan_id IS NULL AND NEW.answered_by = ''"
)


class Migration(migrations.Migration):
    """A task book does not go back, but for an acceptance that others recorded by mistake."""

    dependencies = [("work", "0005_agreed")]
    operations = [
        without(name="work_taskbook_forward", table="work_taskbook"),
        refuse(
            name="work_taskbook_forward",
            table="work_taskbook",
            event="UPDATE",
            when="(OLD.state <> 'draft' AND NEW.state = 'draft')"
            " OR (OLD.state = 'superseded' AND NEW.state <> 'superseded')"
            " OR (OLD.state = 'accepted' AND NEW.state NOT IN ('accepted', 'superseded')"
            f" AND NOT ({_VOIDED}))",
            message="a task book does not go back",
        ),
    ]
