"""What was written in the old dialect (`md/1`) is read once and kept: it shows as it did."""

from typing import Any

from django.db import migrations

from keti.documents.actions.reading import keep_old


def keep_texts(apps: Any, _schema: Any) -> None:
    calls = apps.get_model("intake", "Call").objects.values_list("body_zh", "body_en")
    texts = [text for pair in calls for text in pair]
    keep_old(texts, apps.get_model("documents", "ReadText"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_read_texts"), ("intake", "0004_text_form")]
    operations = [migrations.RunPython(keep_texts, migrations.RunPython.noop)]
