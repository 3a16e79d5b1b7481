from django.db import migrations, models


class Migration(migrations.Migration):
    """One person an address, one unit a name, compared by their keys."""

    dependencies = [("accounts", "0002_keys")]
    operations = [
        migrations.RemoveConstraint("person", "person_mail_once"),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(
                fields=["mail_key"],
                condition=models.Q(("mail_key", ""), _negated=True),
                name="person_mail_once",
            ),
        ),
        migrations.AddConstraint(
            "person",
            models.CheckConstraint(
                condition=models.Q(("mail", ""), models.Q(("mail_key", ""), _negated=True), _connector="OR"),
                name="person_mail_has_a_key",
            ),
        ),
        migrations.AddConstraint(
            "organisation",
            models.UniqueConstraint(fields=["name_key"], name="organisation_key_once"),
        ),
    ]
