from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """What waits for a pool is found by its state as well, what a form asks for by the form, what
    a group owes by the group: no page looks at all that is owed."""

    dependencies = [("duties", "0012_numbered_paper")]
    operations = [
        migrations.RemoveIndex(model_name="obligation", name="obligation_of_pool"),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["programme", "pool", "state"],
                condition=~Q(pool=""),
                name="obligation_of_pool",
            ),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["programme", "form", "state"], name="obligation_of_form"),
        ),
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["programme", "nature", "group", "due"], name="obligation_of_group"
            ),
        ),
    ]
