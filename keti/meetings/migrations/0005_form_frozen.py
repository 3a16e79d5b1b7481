from django.db import migrations

from keti.kernel.triggers import refuse


class Migration(migrations.Migration):
    """The format by which confirmed minutes are read is as frozen as their words."""

    dependencies = [("meetings", "0004_keep_old_texts")]
    operations = [
        refuse(
            name="meetings_meeting_form_frozen",
            table="meetings_meeting",
            event="UPDATE",
            when="OLD.state = 'confirmed'"
            " AND COALESCE(NEW.minutes_form, '') <> COALESCE(OLD.minutes_form, '')",
            message="confirmed minutes are frozen",
        ),
    ]
