from django.db import migrations

from keti.kernel.triggers import refuse

_SAID = " OR ".join(
    f"OLD.{name} <> NEW.{name}"
    for name in ("text", "proposed", "original", "place", "number", "seat_id", "round_id")
)


class Migration(migrations.Migration):
    """What was said in a round stays; the version under discussion stays."""

    dependencies = [("consultation", "0001_initial")]
    operations = [
        refuse(
            name="consultation_comment_said_stays",
            table="consultation_comment",
            event="UPDATE",
            when=_SAID,
            message="what was said in a comment never changes",
        ),
        refuse(
            name="consultation_comment_no_delete",
            table="consultation_comment",
            event="DELETE",
            when="1=1",
            message="a comment is never deleted",
        ),
        refuse(
            name="consultation_round_version_stays",
            table="consultation_round",
            event="UPDATE",
            when="OLD.version_id <> NEW.version_id OR OLD.sha256 <> NEW.sha256",
            message="the version under discussion never changes",
        ),
    ]
