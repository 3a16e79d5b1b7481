from django.db import migrations, models


class Migration(migrations.Migration):
    """Terms of office; there are none so far."""

    dependencies = [("groups", "0008_offices")]
    operations = [
        migrations.AddField("role", "terms", models.JSONField(default=list)),
        migrations.AddField(
            "role", "renewals", models.PositiveIntegerField(blank=True, null=True)
        ),
        migrations.AddField("seat", "renewed", models.PositiveIntegerField(default=0)),
        migrations.AddField(
            "seat", "term_ends_at", models.DateTimeField(blank=True, db_index=True, null=True)
        ),
    ]
