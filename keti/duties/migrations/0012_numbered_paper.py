import django.db.models.deletion
from django.db import migrations, models

from keti.kernel.triggers import append_only, only_with_its_programme


class Migration(migrations.Migration):
    """A number once given stays, with what the paper says (docs/decisions, 0041)."""

    dependencies = [
        ('duties', '0011_deleted_with_its_programme'),
        ('programmes', '0003_first_numbers'),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberedPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60)),
                ('says', models.JSONField(default=list)),
                ('by_label', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='numbered_paper', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='paper_number_once')],
            },
        ),
        *append_only("duties_numberedpaper"),
        *only_with_its_programme(
            name="duties_numberedpaper_no_delete",
            table="duties_numberedpaper",
            programme="OLD.programme_id",
        ),
    ]
