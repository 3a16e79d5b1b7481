import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F


def _words_stay_with_their_group(apps, editor):
    """What arose in the run so far spoke of its holder's group."""
    duties = apps.get_model("duties", "Obligation").objects.filter(from_charter=False)
    duties.update(words_of=F("group"))


class Migration(migrations.Migration):
    """An inner duty says of which group's work its title speaks: who may see it follows that."""

    dependencies = [
        ("duties", "0003_moved_by_amendment"),
        ("groups", "0003_recusal"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="words_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="groups.group",
            ),
        ),
        migrations.RunPython(_words_stay_with_their_group, migrations.RunPython.noop),
    ]
