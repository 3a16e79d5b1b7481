from django.db import migrations

from keti.kernel.triggers import refuse

_MAY_MOVE = "OLD.state IN ('open', 'cancelled') AND NEW.state = 'open'"
_MAY_MOVE += " AND OLD.nature = 'charter' AND NEW.sequence > OLD.sequence"


class Migration(migrations.Migration):
    """The nature says it alone; what the database refuses stands again."""

    dependencies = [
        ("duties", "0007_promises"),
        ("monitoring", "0003_words_of_findings"),  # reads what is removed here
    ]
    operations = [
        migrations.RemoveField(model_name="obligation", name="from_charter"),
        refuse(
            name="duties_obligation_due_stays",
            table="duties_obligation",
            event="UPDATE",
            when=f"OLD.key <> NEW.key OR (OLD.due_at <> NEW.due_at AND NOT ({_MAY_MOVE}))",
            message="the due instant and the key of an obligation never change",
        ),
    ]
