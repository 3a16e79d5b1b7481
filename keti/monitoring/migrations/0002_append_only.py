from django.db import migrations

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = append_only("monitoring_step")
