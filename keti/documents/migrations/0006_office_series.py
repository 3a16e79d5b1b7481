import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Max


def joined(apps, editor):
    """Programmes with the same letters count on in one row, after the greatest number given."""
    rows = apps.get_model("documents", "PaperSeries").objects
    own = rows.filter(programme__is_demo=False)
    found = list(own.values("prefix", "year").annotate(most=Max("last")))
    own.delete()
    for one in found:
        rows.create(programme=None, prefix=one["prefix"], year=one["year"], last=one["most"])


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0005_deleted_with_its_programme"),
        ("programmes", "0003_first_numbers"),
    ]
    operations = [
        migrations.AlterField(
            model_name="paperseries",
            name="programme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="programmes.programme",
            ),
        ),
        migrations.AlterField(
            model_name="paperseries",
            name="prefix",
            field=models.CharField(max_length=120),
        ),
        migrations.AddConstraint(
            model_name="paperseries",
            constraint=models.UniqueConstraint(
                condition=models.Q(programme=None),
                fields=["prefix", "year"],
                name="paper_series_of_the_office_once",
            ),
        ),
        migrations.RunPython(joined, migrations.RunPython.noop),
    ]
