import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('duties', '0002_due_stays'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('title_zh', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('mode', models.CharField(choices=[('room', '线下'), ('online', '线上'), ('both', '线上线下结合')], default='room', max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('arranged_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=300)),
                ('agenda', models.JSONField(default=list)),
                ('sequence', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('planned', '已安排'), ('recorded', '纪要待确认'), ('confirmed', '纪要已确认'), ('cancelled', '已取消')], default='planned', max_length=12)),
                ('minutes', models.TextField(blank=True)),
                ('number', models.CharField(blank=True, max_length=60)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('recorded_at', models.DateTimeField(null=True)),
                ('recorded_by', models.CharField(blank=True, max_length=120)),
                ('recorded_late', models.BooleanField(default=False)),
                ('on_behalf', models.BooleanField(default=False)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('confirmed_by', models.CharField(blank=True, max_length=120)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('chair', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chaired', to='groups.seat')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='groups.group')),
                ('obligation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['programme', 'starts_at'], name='meeting_by_start')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('obligation',), name='meeting_once_per_obligation'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('programme', 'number'), name='minutes_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['recorded', 'confirmed']), _negated=True), models.Q(('recorded_at__isnull', False), models.Q(('minutes', ''), _negated=True)), _connector='OR'), name='recorded_meeting_has_minutes'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('confirmed_at__isnull', False), models.Q(('number', ''), _negated=True), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='confirmed_minutes_say_when_and_number')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('invited', '未登记'), ('present', '出席'), ('observer', '列席'), ('excused', '请假'), ('absent', '缺席')], default='invited', max_length=10)),
                ('frozen', models.BooleanField(default=False)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='meetings.meeting')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'seat'), name='attendance_once_per_seat')],
            },
        ),
        migrations.CreateModel(
            name='ActionItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('order', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', '办理中'), ('done', '已办')], default='open', max_length=10)),
                ('note', models.TextField(blank=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('recorded_late', models.BooleanField(default=False)),
                ('on_behalf', models.BooleanField(default=False)),
                ('frozen', models.BooleanField(default=False)),
                ('obligation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='duties.obligation')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='action_items', to='groups.seat')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='meetings.meeting')),
            ],
            options={
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('state', 'open')), models.Q(('done_at__isnull', False), ('state', 'done')), _connector='OR'), name='action_item_done_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('frozen', models.BooleanField(default=False)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resolutions', to='meetings.meeting')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'order'), name='resolution_order_once')],
            },
        ),
    ]
