import hashlib

from django.db import migrations


def take_over(apps, editor):
    """The rows of before. Who gave them was not written down: by the form, or by a roster."""
    programmes = {one.public_id: one for one in apps.get_model("programmes", "Programme").objects.all()}
    new = apps.get_model("consents", "Consent").objects
    for old in apps.get_model("accounts", "Consent").objects.order_by("pk"):
        programme = programmes.get(old.scope)
        if programme is None:
            print(f"consent {old.pk}: no programme {old.scope!r}; left out")
            continue
        new.create(
            programme_id=programme.pk,
            person_id=old.person_id,
            purpose=old.purpose,
            recipient="",
            wording=old.wording,
            wording_hash=hashlib.sha256(old.wording.encode()).hexdigest(),
            given_at=old.given_at,
            recorded_at=old.given_at,
            withdrawn_at=old.withdrawn_at,
            withdrawal_recorded_at=old.withdrawn_at,
        )


class Migration(migrations.Migration):
    """The rows of the room of people become rows of this one."""

    dependencies = [("consents", "0001_initial")]
    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
