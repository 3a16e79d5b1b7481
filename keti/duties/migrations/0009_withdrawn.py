import django.db.models.deletion
from django.db import migrations, models

import keti.kernel.lines
from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """A file handed in by mistake stays; that it was withdrawn stands beside it."""

    dependencies = [("duties", "0008_one_nature")]
    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by_label", keti.kernel.lines.Line(max_length=80)),
                ("reason", models.CharField(max_length=300)),
                ("filing", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="duties.filing")),
            ],
            options={"ordering": ["pk"]},
        ),
        *append_only("duties_withdrawal"),
    ]
