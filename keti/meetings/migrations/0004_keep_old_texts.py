"""What was written in the old dialect (`md/1`) is read once and kept: it shows as it did."""

from typing import Any

from django.db import migrations

from keti.documents.actions.reading import keep_old


def keep_texts(apps: Any, _schema: Any) -> None:
    texts = list(apps.get_model("meetings", "Meeting").objects.values_list("minutes", flat=True))
    keep_old(texts, apps.get_model("documents", "ReadText"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_read_texts"), ("meetings", "0003_text_form")]
    operations = [migrations.RunPython(keep_texts, migrations.RunPython.noop)]
