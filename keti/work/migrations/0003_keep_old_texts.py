"""What was written in the old dialect (`md/1`) is read once and kept: it shows as it did."""

from typing import Any

from django.db import migrations

from keti.documents.actions.reading import keep_old


def keep_texts(apps: Any, _schema: Any) -> None:
    books = apps.get_model("work", "TaskBook").objects.values_list("content", flat=True)
    texts = [one["text"] for content in books.iterator() for one in content.get("sections", ())]
    keep_old(texts, apps.get_model("documents", "ReadText"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_read_texts"), ("work", "0002_frozen")]
    operations = [migrations.RunPython(keep_texts, migrations.RunPython.noop)]
