from django.db import migrations, models


class Migration(migrations.Migration):
    """From which number each series of papers begins."""

    dependencies = [("programmes", "0002_deletion")]
    operations = [
        migrations.AddField("programme", "first_numbers", models.JSONField(default=dict)),
    ]
