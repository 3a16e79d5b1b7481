import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models

from keti.kernel.triggers import append_only


class Migration(migrations.Migration):
    """Who said they have no remarks; what was said stays."""

    dependencies = [
        ('consultation', '0003_said_by_the_public'),
        ('groups', '0003_recusal'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='NoRemarks',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('by_label', models.CharField(max_length=80)),
                ('on_behalf', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='without_remarks', to='consultation.round')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.seat')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('round', 'seat'), name='no_remarks_once_a_round')],
            },
        ),
        *append_only("consultation_noremarks"),
    ]
