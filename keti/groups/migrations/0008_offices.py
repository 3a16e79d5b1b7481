from django.db import migrations, models


class Migration(migrations.Migration):
    """Seats that go with another seat, and the roles by which they do; there are none so far."""

    dependencies = [("groups", "0007_proposed")]
    operations = [
        migrations.AddField(
            model_name="role", name="ex_officio", field=models.JSONField(default=list)
        ),
        migrations.AddField(
            model_name="seat",
            name="office_id",
            field=models.CharField(blank=True, db_index=True, max_length=26),
        ),
    ]
