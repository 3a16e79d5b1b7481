from django.db import migrations


def _words_of_findings(apps, editor):
    """Answering and verifying a finding speaks of the group it was raised on, or of nobody's."""
    duties = apps.get_model("duties", "Obligation").objects.filter(from_charter=False)
    for finding in apps.get_model("monitoring", "Finding").objects.iterator():
        owed = duties.filter(programme=finding.programme_id, subject_id=finding.public_id)
        owed.update(words_of=finding.group_id)


class Migration(migrations.Migration):
    """The title of a finding is seen by who may see the finding, not by its holder's group."""

    dependencies = [
        ("monitoring", "0002_append_only"),
        ("duties", "0004_words_of"),
    ]
    operations = [migrations.RunPython(_words_of_findings, migrations.RunPython.noop)]
