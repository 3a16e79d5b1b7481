import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('documents', '0002_kept'),
        ('duties', '0002_due_stays'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('number', models.CharField(max_length=60)),
                ('title_zh', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('body_zh', models.TextField(blank=True)),
                ('body_en', models.TextField(blank=True)),
                ('audience_zh', models.CharField(blank=True, max_length=200)),
                ('audience_en', models.CharField(blank=True, max_length=200)),
                ('signatory_zh', models.CharField(blank=True, max_length=200)),
                ('signatory_en', models.CharField(blank=True, max_length=200)),
                ('opens_at', models.DateTimeField(blank=True, null=True)),
                ('closes_at', models.DateTimeField(blank=True, null=True)),
                ('published_at', models.DateTimeField()),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='call', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='call_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('opens_at', None)), ('opens_at__lt', models.F('closes_at')), _connector='OR'), name='call_opens_before_it_closes')],
            },
        ),
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('track', models.CharField(max_length=60)),
                ('track_kind', models.CharField(choices=[('person', '个人'), ('unit', '单位')], max_length=10)),
                ('content', models.JSONField(default=dict)),
                ('chosen', models.CharField(blank=True, max_length=400)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('submitted', '待审'), ('withdrawn', '已撤回'), ('admitted', '已入选'), ('rejected', '未入选')], default='draft', max_length=10)),
                ('saved_at', models.DateTimeField()),
                ('number', models.CharField(blank=True, max_length=60)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('window_opens', models.DateTimeField(blank=True, null=True)),
                ('window_closes', models.DateTimeField(blank=True, null=True)),
                ('on_behalf', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.CharField(blank=True, max_length=80)),
                ('reason', models.TextField(blank=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='accounts.person')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.group')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='intake.call')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['programme', 'state'], name='application_by_state')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('track_kind', 'person'), models.Q(('state', 'withdrawn'), _negated=True)), fields=('call', 'applicant'), name='one_live_application_per_person'), models.UniqueConstraint(condition=models.Q(('organisation__isnull', False), ('track_kind', 'unit'), models.Q(('state', 'withdrawn'), _negated=True)), fields=('call', 'organisation'), name='one_live_application_per_unit'), models.UniqueConstraint(condition=models.Q(('state', 'draft'), ('track_kind', 'unit')), fields=('call', 'applicant'), name='one_unit_draft_per_applicant'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('programme', 'number'), name='application_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'withdrawn']), models.Q(('recorded_at__isnull', False), ('submitted_at__isnull', False), ('window_closes__isnull', False), ('window_opens__isnull', False), models.Q(('number', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='submitted_application_has_a_receipt'), models.CheckConstraint(condition=models.Q(('submitted_at', None), models.Q(('submitted_at__gte', models.F('window_opens')), ('submitted_at__lt', models.F('window_closes'))), _connector='OR'), name='application_inside_the_window'), models.CheckConstraint(condition=models.Q(('recorded_at', None), ('recorded_at__lt', models.F('window_closes')), ('evidence__isnull', False), _connector='OR'), name='recorded_after_the_window_on_paper'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['admitted', 'rejected']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='decided_application_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'rejected'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='rejected_application_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'admitted'), _negated=True), ('seat__isnull', False), _connector='OR'), name='admitted_application_has_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Check',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('verdict', models.CharField(choices=[('met', '符合'), ('not_met', '不符合')], max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('by_label', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='intake.application')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('application', 'key'), name='check_once_per_requirement'), models.CheckConstraint(condition=models.Q(('verdict', 'met'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='unmet_check_says_why')],
            },
        ),
        migrations.CreateModel(
            name='RosterImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('read', '已预览，未导入'), ('imported', '已导入')], default='read', max_length=10)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('people', models.PositiveIntegerField(default=0)),
                ('units', models.PositiveIntegerField(default=0)),
                ('seats', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('problems', models.JSONField(default=list)),
                ('by_label', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'sha256'), name='roster_file_once')],
            },
        ),
    ]
