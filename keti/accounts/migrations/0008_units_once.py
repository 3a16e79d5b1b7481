from django.db import migrations, models


class Migration(migrations.Migration):
    """One unit a name, in the new key."""

    dependencies = [("accounts", "0007_names_alike")]
    operations = [
        migrations.AddConstraint(
            "organisation",
            models.UniqueConstraint(fields=["name_key"], name="organisation_key_once"),
        ),
    ]
