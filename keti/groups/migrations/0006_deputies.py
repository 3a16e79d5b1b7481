from django.db import migrations, models


class Migration(migrations.Migration):
    """By which seat somebody stands in for another, and why; nobody did before."""

    dependencies = [("groups", "0005_colleagues")]
    operations = [
        migrations.AddField(
            model_name="colleague",
            name="deputy_id",
            field=models.CharField(blank=True, db_index=True, max_length=26),
        ),
        migrations.AddField(
            model_name="colleague",
            name="reason",
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
