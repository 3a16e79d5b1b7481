from django.db import migrations

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("review", "0001_initial")]
    operations = [
        *append_only("review_input"),
        *append_only("review_conflict"),
        *append_only("review_opinion"),
        *append_only("review_decision"),
    ]
