from django.db import migrations, models

from keti.kernel.triggers import refuse, without

_TABLE = "consultation_comment"
_SAID = " OR ".join(
    f"OLD.{name} <> NEW.{name}"
    for name in ("text", "proposed", "original", "place", "number", "seat_id", "round_id", "sender")
)


class Migration(migrations.Migration):
    """A comment may come from outside the programme; who sent it stays too.

    SQLite makes the table anew for a new column: its triggers go before and come after.
    """

    dependencies = [("consultation", "0002_said_stays")]
    operations = [
        without(name=f"{_TABLE}_said_stays", table=_TABLE),
        without(name=f"{_TABLE}_no_delete", table=_TABLE),
        migrations.AddField(
            "comment", "sender", models.CharField(blank=True, default="", max_length=120), False
        ),
        refuse(
            name=f"{_TABLE}_said_stays",
            table=_TABLE,
            event="UPDATE",
            when=_SAID,
            message="what was said in a comment never changes",
        ),
        refuse(
            name=f"{_TABLE}_no_delete",
            table=_TABLE,
            event="DELETE",
            when="1=1",
            message="a comment is never deleted",
        ),
    ]
