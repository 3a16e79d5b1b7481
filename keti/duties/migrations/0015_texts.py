import django.db.models.deletion
from django.db import migrations, models

from keti.kernel.triggers import append_only, without


class Migration(migrations.Migration):
    """What meets a duty may be a text, read from a Word file or written on the page.

    SQLite makes the table anew, and its triggers with it: they are put there again.
    """

    dependencies = [("documents", "0006_office_series"), ("duties", "0014_opens")]
    operations = [
        without(name="duties_filing_no_update", table="duties_filing"),
        without(name="duties_filing_no_delete", table="duties_filing"),
        migrations.AddField("filing", "text", models.TextField(editable=False, null=True)),
        migrations.AddField("filing", "doc", models.TextField(editable=False, null=True)),
        migrations.AddField("filing", "left", models.JSONField(editable=False, null=True)),
        migrations.AlterField("filing", "file", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to="documents.storedfile")),
        migrations.AddConstraint("filing", models.CheckConstraint(condition=models.Q(("file__isnull", False), ("text__isnull", False), _connector="OR"), name="filing_has_file_or_text")),
        *append_only("duties_filing"),
    ]
