from django.db import migrations, models


class Migration(migrations.Migration):
    """When a unit nominated who has not answered yet; nobody waits for an answer so far."""

    dependencies = [("groups", "0006_deputies")]
    operations = [
        migrations.AddField(
            model_name="seat",
            name="proposed_at",
            field=models.DateTimeField(blank=True, null=True),
        )
    ]
