import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Names of people get a key; of two rows for one human one may say so."""

    dependencies = [("accounts", "0005_link_ends")]
    operations = [
        migrations.AddField(
            "person",
            "name_key",
            models.CharField(blank=True, db_index=True, editable=False, max_length=400, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "person",
            "same_as",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="accounts.person",
            ),
        ),
        migrations.RemoveConstraint("organisation", "organisation_key_once"),
    ]
