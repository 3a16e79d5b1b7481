import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('charter', '0002_frozen'),
        ('documents', '0002_kept'),
        ('groups', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Amendment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('clauses', models.TextField(blank=True)),
                ('sha256', models.CharField(max_length=64)),
                ('base_sha256', models.CharField(max_length=64)),
                ('state_sha256', models.CharField(max_length=64)),
                ('plan', models.JSONField()),
                ('touched', models.JSONField(default=list)),
                ('klass', models.CharField(max_length=60)),
                ('approvers', models.JSONField(default=list)),
                ('reason', models.TextField()),
                ('proposed_at', models.DateTimeField()),
                ('takes_effect_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('proposed', '待批准'), ('approved', '已批准'), ('applied', '已生效'), ('withdrawn', '已撤回'), ('refused', '未批准'), ('stale', '已失效')], default='proposed', max_length=10)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('settled_why', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='accounts.person')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.group')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='programmes.programme')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='amendments', to='groups.seat')),
                ('version', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='amendment', to='charter.charterversion')),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'number'), name='amendment_number_once_per_programme'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'applied'), ('version__isnull', False)), models.Q(models.Q(('state', 'applied'), _negated=True), ('version', None)), _connector='OR'), name='applied_amendment_has_its_version'), models.CheckConstraint(condition=models.Q(('takes_effect_at__gte', models.F('proposed_at'))), name='amendment_takes_effect_after_it_is_proposed'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='amendment_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=60)),
                ('for_label', models.CharField(max_length=120)),
                ('by_label', models.CharField(max_length=120)),
                ('verdict', models.CharField(choices=[('approve', '同意'), ('refuse', '不同意')], max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('on_behalf', models.BooleanField(default=False)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('amendment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approvals', to='planning.amendment')),
                ('evidence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='groups.seat')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('amendment', 'role'), name='one_approval_per_role_and_amendment'), models.CheckConstraint(condition=models.Q(('verdict', 'approve'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_approval_says_why')],
            },
        ),
        migrations.CreateModel(
            name='CharterDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('text', models.TextField()),
                ('clauses', models.TextField(blank=True)),
                ('base_sha256', models.CharField(blank=True, max_length=64)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('updated_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charter_drafts', to='accounts.person')),
                ('programme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
