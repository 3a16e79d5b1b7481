from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0007_second_vote")]
    operations = [
        migrations.AddField(
            model_name="decision",
            name="points",
            field=models.JSONField(null=True),
        ),
    ]
