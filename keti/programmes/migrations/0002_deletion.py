import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A programme that is being deleted whole."""

    dependencies = [("programmes", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Deletion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "programme",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="programmes.programme"
                    ),
                ),
            ],
        ),
    ]
