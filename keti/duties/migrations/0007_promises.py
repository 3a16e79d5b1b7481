from django.db import migrations


def tell_apart(apps, editor):
    """What arose in the run was marked by not being of the charter."""
    rows = apps.get_model("duties", "Obligation").objects
    rows.filter(from_charter=False).update(nature="promise")


class Migration(migrations.Migration):
    """What is no demand of the charter was taken on in the run."""

    dependencies = [("duties", "0006_nature")]
    operations = [migrations.RunPython(tell_apart, migrations.RunPython.noop)]
