import keti.kernel.lines
from django.db import migrations, models

from keti.kernel.triggers import refuse, without

_MAY_MOVE = "OLD.state IN ('open', 'cancelled') AND NEW.state = 'open'"
_MAY_MOVE += " AND OLD.nature = 'charter' AND NEW.sequence > OLD.sequence"


class Migration(migrations.Migration):
    """What who owes it says of a duty. The refusal of the table goes first and comes back: a new
    column makes the table anew on SQLite."""

    dependencies = [("duties", "0009_withdrawn")]
    operations = [
        without(name="duties_obligation_due_stays", table="duties_obligation"),
        migrations.AddField(
            model_name="obligation",
            name="said",
            field=keti.kernel.lines.Line(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="obligation",
            name="said_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="obligation",
            name="expected_on",
            field=models.DateField(blank=True, null=True),
        ),
        refuse(
            name="duties_obligation_due_stays",
            table="duties_obligation",
            event="UPDATE",
            when=f"OLD.key <> NEW.key OR (OLD.due_at <> NEW.due_at AND NOT ({_MAY_MOVE}))",
            message="the due instant and the key of an obligation never change",
        ),
    ]
