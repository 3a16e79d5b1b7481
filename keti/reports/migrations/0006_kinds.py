from django.db import migrations, models


class Migration(migrations.Migration):
    """How many reports of a kind stand how is told by the index alone."""

    dependencies = [("reports", "0005_judged")]
    operations = [
        migrations.RemoveIndex(model_name="report", name="report_kind_period"),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(
                fields=["programme", "kind", "period", "state"], name="report_kinds"
            ),
        ),
    ]
