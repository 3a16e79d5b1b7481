import django.db.models.deletion
import django.db.models.functions.comparison
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('documents', '0001_initial'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Obligation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('key', models.CharField(max_length=160)),
                ('kind', models.CharField(max_length=80)),
                ('form', models.CharField(max_length=20)),
                ('title_zh', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('period', models.CharField(blank=True, max_length=10)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('due_at', models.DateTimeField()),
                ('due_rule', models.CharField(blank=True, max_length=200)),
                ('extended_to', models.DateTimeField(blank=True, null=True)),
                ('due', models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('extended_to', 'due_at'), output_field=models.DateTimeField())),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('needs', models.JSONField(default=list)),
                ('gate', models.CharField(blank=True, max_length=120)),
                ('remind', models.JSONField(default=list)),
                ('escalate', models.JSONField(default=list)),
                ('source', models.CharField(blank=True, max_length=120)),
                ('from_charter', models.BooleanField(default=True)),
                ('state', models.CharField(choices=[('open', '未办'), ('returned', '退回修改'), ('met', '已办'), ('waived', '免办'), ('cancelled', '已取消')], default='open', max_length=10)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('met_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_late', models.BooleanField(default=False)),
                ('on_behalf', models.BooleanField(default=False)),
                ('with_kind', models.CharField(blank=True, max_length=60)),
                ('with_id', models.CharField(blank=True, max_length=64)),
                ('with_path', models.CharField(blank=True, max_length=200)),
                ('subject_id', models.CharField(blank=True, max_length=64)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='groups.group')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='programmes.programme')),
                ('role', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.role')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='obligations', to='groups.seat')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['programme', 'state', 'due'], name='obligation_due'), models.Index(fields=['seat', 'state', 'due'], name='obligation_of_seat'), models.Index(fields=['programme', 'subject_id'], name='obligation_of_subject')],
                'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='obligation_key_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'met'), _negated=True), ('met_at__isnull', False), _connector='OR'), name='met_obligation_says_when'), models.CheckConstraint(condition=models.Q(('extended_to', None), ('extended_to__gt', models.F('due_at')), _connector='OR'), name='extension_is_later')],
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('lines', models.JSONField(default=list)),
                ('by_label', models.CharField(max_length=80)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='duties.obligation')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=60)),
                ('sent_at', models.DateTimeField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='duties.obligation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('obligation', 'step'), name='reminder_step_once')],
            },
        ),
    ]
