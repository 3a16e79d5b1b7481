from django.db import migrations, models

from keti.ledger.rules import grown


def measure(apps, schema_editor):
    """The right edge over the lines that stand already."""
    entries = apps.get_model("ledger", "Entry").objects.order_by("seq")
    for head in apps.get_model("ledger", "Head").objects.all():
        edge = []
        lines = entries.filter(book=head.book).values_list("leaf_hash", flat=True)
        for size, line in enumerate(lines):
            edge = grown(edge, size, bytes.fromhex(line))
        head.edge = [one.hex() for one in edge]
        head.save(update_fields=["edge"])


class Migration(migrations.Migration):
    """The head of a book carries the right edge of its tree: a page need not read every line."""

    dependencies = [("ledger", "0002_append_only")]
    operations = [
        migrations.AddField("head", "edge", models.JSONField(default=list)),
        migrations.RunPython(measure, migrations.RunPython.noop),
    ]
