from django.db import migrations
from django.db.models import Min
from django.db.models.functions import Coalesce


def laid_before_a_gate(apps, schema_editor):
    """What was ever pinned before a gate is judged there, and waits for no reader."""
    pins = apps.get_model("review", "Input").objects.order_by()
    since = Min(Coalesce("gate__opened_at", "gate__decided_at", "handed_in_at"))
    first = dict(pins.values_list("obligation").annotate(since=since))
    reports = apps.get_model("reports", "Report").objects
    for report in reports.filter(obligation__in=list(first), judged_at=None).order_by("pk"):
        report.judged_at = first[report.obligation_id]
        report.save(update_fields=["judged_at"])


class Migration(migrations.Migration):
    """Reports that were laid before a gate say since when."""

    dependencies = [("review", "0003_pinned_charter"), ("reports", "0005_judged")]
    operations = [migrations.RunPython(laid_before_a_gate, migrations.RunPython.noop)]
