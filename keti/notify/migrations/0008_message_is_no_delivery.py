from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("notify", "0007_each_letter_goes_two_ways")]
    operations = [
        migrations.RemoveIndex(model_name="message", name="message_due"),
        *(
            migrations.RemoveField(model_name="message", name=name)
            for name in ("state", "attempts", "next_attempt_at", "sent_at", "fault", "error")
        ),
    ]
