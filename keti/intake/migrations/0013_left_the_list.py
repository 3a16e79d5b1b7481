from django.db import migrations

from keti.kernel.triggers import refuse, without

_TAKEN_BACK = (
    "OLD.state IN ('admitted', 'rejected') AND NEW.state = 'submitted' AND NEW.decided_at IS NULL"
    " AND NEW.reason = '' AND NEW.decided_by = '' AND NEW.group_id IS NULL"
    " AND NEW.seat_id IS NULL AND NEW.organisation_id IS NULL"
)
_FROM_THE_LIST = (
    "OLD.state = 'reserve' AND NEW.state IN ('admitted', 'rejected') AND NEW.decided_at IS NOT NULL"
)
_LEFT_THE_LIST = (
    "OLD.state = 'reserve' AND NEW.state = 'withdrawn' AND OLD.reason = NEW.reason"
    " AND NEW.decided_at = OLD.decided_at"
)


class Migration(migrations.Migration):
    """Who waits in reserve may withdraw; what was decided stays said."""

    dependencies = [("intake", "0012_id_stays")]
    operations = [
        without(name="intake_decision_stands", table="intake_application"),
        refuse(
            name="intake_decision_stands",
            table="intake_application",
            event="UPDATE",
            when=(
                f"(OLD.decided_at IS NOT NULL AND NOT ({_TAKEN_BACK}) AND NOT ({_FROM_THE_LIST})"
                f" AND NOT ({_LEFT_THE_LIST})"
                " AND (OLD.state <> NEW.state OR OLD.reason <> NEW.reason"
                " OR NEW.decided_at IS NULL OR OLD.decided_at <> NEW.decided_at))"
                " OR (NEW.state = 'reserve' AND NEW.decided_at IS NULL)"
            ),
            message="a decision on an application stands, or is taken back whole",
        ),
    ]
