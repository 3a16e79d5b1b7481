from django.db import migrations
from django.db.models import F, Q


def over(apps, schema_editor):
    """A group that a gate stopped says so; what waited in a programme or group that is over ends."""
    gates = apps.get_model("review", "Gate").objects.filter(state="decided")
    stops = apps.get_model("review", "Decision").objects.filter(effect="stop")
    for gate in gates.filter(decisions__in=stops, group__parent__isnull=False).distinct():
        group = gate.group
        group.stopped_at = group.stopped_at or gate.decided_at
        group.save(update_fields=["stopped_at"])
    duties = apps.get_model("duties", "Obligation").objects
    waiting = duties.filter(nature="response", state="open")
    ended = Q(programme__closed_at__isnull=False)
    ended |= Q(group__ended_at__isnull=False) | Q(group__stopped_at__isnull=False)
    rows = duties.filter(pk__in=list(waiting.filter(ended).values_list("pk", flat=True)))
    rows.update(state="cancelled", with_path=F("about_path"))


class Migration(migrations.Migration):
    """What waits for an answer ends with its programme or group."""

    dependencies = [
        ("review", "0004_judged_reports"),
        ("groups", "0004_stopped"),
        ("duties", "0008_one_nature"),
    ]
    operations = [migrations.RunPython(over, migrations.RunPython.noop)]
