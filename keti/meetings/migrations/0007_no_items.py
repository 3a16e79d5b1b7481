from django.db import migrations

from keti.kernel.triggers import without


class Migration(migrations.Migration):
    """The table of action items goes, with its triggers: every item is a task."""

    dependencies = [("meetings", "0006_items_are_tasks")]
    operations = [
        without(name="meetings_actionitem_frozen", table="meetings_actionitem"),
        without(name="meetings_actionitem_kept", table="meetings_actionitem"),
        migrations.DeleteModel(name="ActionItem"),
    ]
