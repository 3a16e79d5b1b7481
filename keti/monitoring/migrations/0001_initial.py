import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0002_kept'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject_id', models.CharField(max_length=64)),
                ('subject_label', models.CharField(max_length=200)),
                ('subject_path', models.CharField(blank=True, max_length=200)),
                ('title', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('severity', models.CharField(choices=[('note', '提示'), ('ordinary', '一般'), ('blocking', '须先整改')], default='ordinary', max_length=10)),
                ('state', models.CharField(choices=[('raised', '待答复'), ('answered', '待核实'), ('closed', '已核销')], default='raised', max_length=10)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('raised_at', models.DateTimeField()),
                ('answer_due', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.group')),
                ('owed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers_for', to='groups.seat')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='programmes.programme')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='raised', to='groups.seat')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['programme', 'subject_id'], name='finding_of_subject')],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='finding_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='closed_finding_says_when'), models.CheckConstraint(condition=models.Q(('raised_by', models.F('owed_by')), _negated=True), name='finding_answered_by_another_seat')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('raised', '提出'), ('answered', '答复整改'), ('reopened', '退回再改'), ('closed', '核销')], max_length=10)),
                ('by_label', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('on_behalf', models.BooleanField(default=False)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='monitoring.finding')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
