from django.db import migrations

from keti.kernel.triggers import refuse, without

_NAME, _TABLE = "duties_obligation_due_stays", "duties_obligation"
_MAY_MOVE = "OLD.state IN ('open', 'cancelled') AND NEW.state = 'open'"
_MAY_MOVE += " AND OLD.from_charter AND NEW.sequence > OLD.sequence"


class Migration(migrations.Migration):
    """Only an amendment moves a due instant: of an open duty of the charter, counted as a change."""

    dependencies = [("duties", "0002_due_stays")]
    operations = [
        without(name=_NAME, table=_TABLE),
        refuse(
            name=_NAME,
            table=_TABLE,
            event="UPDATE",
            when=f"OLD.key <> NEW.key OR (OLD.due_at <> NEW.due_at AND NOT ({_MAY_MOVE}))",
            message="the due instant and the key of an obligation never change",
        ),
    ]
