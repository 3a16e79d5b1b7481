import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('duties', '0002_due_stays'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
        ('reports', '0002_frozen'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('open', '征求中'), ('closed', '已结束')], default='open', max_length=10)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='round', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='programmes.programme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='reports.version')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('state', 'open')), models.Q(('closed_at__isnull', False), ('state', 'closed')), _connector='OR'), name='closed_round_says_when')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('number', models.PositiveIntegerField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('original', models.TextField(blank=True)),
                ('text', models.TextField()),
                ('proposed', models.TextField(blank=True)),
                ('by_label', models.CharField(max_length=80)),
                ('on_behalf', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('disposition', models.CharField(blank=True, choices=[('', '待处理'), ('adopted', '采纳'), ('partly', '部分采纳'), ('declined', '不采纳')], default='', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('answered_by', models.CharField(blank=True, max_length=160)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='consultation.round')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('round', 'number'), name='comment_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('disposition', '')), models.Q(models.Q(('disposition', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='answered_comment_says_when'), models.CheckConstraint(condition=models.Q(models.Q(('disposition__in', ['partly', 'declined']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='comment_not_adopted_whole_says_why')],
            },
        ),
    ]
