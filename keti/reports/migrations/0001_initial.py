import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0002_kept'),
        ('duties', '0002_due_stays'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('kind', models.CharField(max_length=80)),
                ('period', models.CharField(blank=True, max_length=10)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '已提交'), ('returned', '退回修改'), ('accepted', '已接收')], default='draft', max_length=10)),
                ('sections', models.JSONField(default=dict)),
                ('plan', models.JSONField(default=list)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('words', models.TextField(blank=True)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.CharField(max_length=80)),
                ('latest', models.PositiveIntegerField(default=0)),
                ('paper_number', models.CharField(blank=True, max_length=60)),
                ('reason', models.TextField(blank=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='groups.group')),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['programme', 'state'], name='report_state'), models.Index(fields=['programme', 'kind', 'period'], name='report_kind_period')],
                'constraints': [models.UniqueConstraint(fields=('programme', 'kind', 'group', 'period'), name='one_report_per_group_period'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('latest__gt', 0), _connector='OR'), name='handed_in_report_has_a_version')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('sections', models.JSONField()),
                ('plan', models.JSONField(default=list)),
                ('chapters', models.JSONField(default=list)),
                ('collected', models.JSONField(default=list)),
                ('lines', models.JSONField(default=list)),
                ('sha256', models.CharField(max_length=64)),
                ('words', models.TextField(blank=True)),
                ('paper_number', models.CharField(blank=True, max_length=60)),
                ('seat_label', models.CharField(max_length=160)),
                ('by_label', models.CharField(max_length=80)),
                ('on_behalf', models.BooleanField(default=False)),
                ('recorded_late', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.storedfile')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='reports.report')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('report', 'number'), name='report_version_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='report_version_counts_from_one'), models.CheckConstraint(condition=models.Q(('at__lte', models.F('recorded_at'))), name='report_version_recorded_after_it_happened')],
            },
        ),
    ]
