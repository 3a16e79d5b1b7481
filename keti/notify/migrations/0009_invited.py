from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notify", "0008_message_is_no_delivery")]
    operations = [
        migrations.AddField(
            model_name="message",
            name="invited",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
