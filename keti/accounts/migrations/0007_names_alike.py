from django.db import migrations

from keti.accounts.rules import like_key, name_key


def fill(apps, editor):
    """People's names get their key; units' keys are made anew, without dots and kinds of brackets.
    Units that are one in the new key stay two: the later is found by its exact name only."""
    for one in apps.get_model("accounts", "Person").objects.order_by("pk").iterator():
        one.name_key = name_key(one.name)
        one.save(update_fields=["name_key"])
    seen = set()
    for one in apps.get_model("accounts", "Organisation").objects.order_by("pk").iterator():
        key = like_key(one.name_zh)
        if key in seen:
            print(f"unit {one.pk} {one.name_zh!r} may be another writing of one entered before")
            key = f"{key[:380]} {one.pk}"
        seen.add(key)
        one.name_key = key
        one.save(update_fields=["name_key"])


class Migration(migrations.Migration):
    """Names of people and units are compared in one normal form each."""

    dependencies = [("accounts", "0006_name_key")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
