import django.db.models.deletion
from django.db import migrations, models

from keti.kernel.triggers import refuse

CHANGED = (
    "COALESCE(NEW.minutes_doc, '') <> COALESCE(OLD.minutes_doc, '')"
    " OR COALESCE(NEW.original_id, 0) <> COALESCE(OLD.original_id, 0)"
)


class Migration(migrations.Migration):
    """The document of minutes and the file they came in, as frozen as their words."""

    dependencies = [
        ("documents", "0006_office_series"),
        ("meetings", "0009_guests"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="minutes_doc",
            field=models.TextField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="meeting",
            name="original",
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, to="documents.storedfile"),
        ),
        refuse(
            name="meetings_meeting_doc_frozen",
            table="meetings_meeting",
            event="UPDATE",
            when=f"OLD.state = 'confirmed' AND ({CHANGED})",
            message="confirmed minutes are frozen",
        ),
    ]
