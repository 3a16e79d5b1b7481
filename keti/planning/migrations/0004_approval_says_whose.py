from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_draft_steps")]

    operations = [
        migrations.AddField(
            model_name="approval",
            name="for_label",
            field=models.CharField(max_length=120, default=""),
            preserve_default=False,
        ),
    ]
