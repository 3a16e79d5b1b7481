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
            name='Gate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('key', models.CharField(max_length=120)),
                ('kind', models.CharField(max_length=80)),
                ('title_zh', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('order', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('waiting', '未开始'), ('open', '评审中'), ('decided', '已决定')], default='waiting', max_length=10)),
                ('round', models.PositiveSmallIntegerField(default=1)),
                ('review_set', models.CharField(blank=True, max_length=64)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=60)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gates', to='groups.group')),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='gate_of', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='gates', to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='gate_key_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'open'), _negated=True), models.Q(models.Q(('review_set', ''), _negated=True), ('opened_at__isnull', False)), _connector='OR'), name='open_gate_has_its_inputs_pinned'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='decided_gate_says_what_and_when')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('by_label', models.CharField(max_length=80)),
                ('on_behalf', models.BooleanField(default=False)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=60)),
                ('title_zh', models.CharField(max_length=80)),
                ('title_en', models.CharField(blank=True, max_length=80)),
                ('effect', models.CharField(choices=[('approve', '通过'), ('revise', '退回修改'), ('stop', '不予通过')], max_length=10)),
                ('reasons', models.TextField()),
                ('review_set', models.CharField(max_length=64)),
                ('number', models.CharField(max_length=60)),
                ('record', models.JSONField()),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='review.gate')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('gate', 'round'), name='one_decision_per_gate_and_round'), models.CheckConstraint(condition=models.Q(('review_set', ''), _negated=True), name='decision_names_what_was_judged')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('by_label', models.CharField(max_length=80)),
                ('on_behalf', models.BooleanField(default=False)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('has', models.BooleanField()),
                ('text', models.TextField(blank=True)),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='review.gate')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('has', False), models.Q(('text', ''), _negated=True), _connector='OR'), name='declared_conflict_says_which')],
            },
        ),
        migrations.CreateModel(
            name='Input',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('number', models.PositiveSmallIntegerField()),
                ('title_zh', models.CharField(max_length=240)),
                ('title_en', models.CharField(blank=True, max_length=240)),
                ('subject_kind', models.CharField(max_length=60)),
                ('subject_id', models.CharField(max_length=64)),
                ('owner_id', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('handed_in_at', models.DateTimeField()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inputs', to='review.gate')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.group')),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='duties.obligation')),
            ],
            options={
                'ordering': ['round', 'number'],
                'constraints': [models.UniqueConstraint(fields=('gate', 'round', 'number'), name='gate_input_number_once'), models.UniqueConstraint(fields=('gate', 'round', 'obligation'), name='gate_input_pinned_once')],
            },
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField()),
                ('by_label', models.CharField(max_length=80)),
                ('on_behalf', models.BooleanField(default=False)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('outcome', models.CharField(max_length=60)),
                ('effect', models.CharField(choices=[('approve', '通过'), ('revise', '退回修改'), ('stop', '不予通过')], max_length=10)),
                ('comment', models.TextField(blank=True)),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('gate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='review.gate')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('gate', 'round', 'seat'), name='one_opinion_per_decider_and_round')],
            },
        ),
    ]
