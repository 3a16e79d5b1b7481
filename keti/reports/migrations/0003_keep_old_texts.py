"""What was written in the old dialect (`md/1`) is read once and kept: it shows as it did."""

from typing import Any

from django.db import migrations

from keti.documents.actions.reading import keep_old


def keep_texts(apps: Any, _schema: Any) -> None:
    versions = apps.get_model("reports", "Version").objects.values_list("sections", flat=True)
    texts = [one["text"] for rows in versions.iterator() for one in rows]
    keep_old(texts, apps.get_model("documents", "ReadText"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_read_texts"), ("reports", "0002_frozen")]
    operations = [migrations.RunPython(keep_texts, migrations.RunPython.noop)]
