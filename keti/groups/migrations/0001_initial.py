import django.db.models.deletion
import keti.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('key', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=40)),
                ('title_zh', models.CharField(max_length=120)),
                ('title_en', models.CharField(blank=True, max_length=120)),
                ('order', models.PositiveSmallIntegerField()),
                ('founded_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='groups.group')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='programmes.programme')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='group_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('title_zh', models.CharField(max_length=80)),
                ('title_en', models.CharField(blank=True, max_length=80)),
                ('group_kind', models.CharField(max_length=40)),
                ('can', models.JSONField(default=list)),
                ('excludes', models.JSONField(default=list)),
                ('minimum', models.PositiveSmallIntegerField(default=0)),
                ('maximum', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('appointed_by', models.CharField(blank=True, max_length=60)),
                ('external', models.BooleanField(default=False)),
                ('order', models.PositiveSmallIntegerField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='roles', to='programmes.programme')),
            ],
            options={
                'ordering': ['order'],
                'constraints': [models.UniqueConstraint(fields=('programme', 'key'), name='role_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('honorific', models.CharField(blank=True, max_length=60)),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, null=True)),
                ('sole', models.BooleanField(default=False)),
                ('delegate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='accounts.person')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='groups.group')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='accounts.person')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='programmes.programme')),
                ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='groups.role')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation', None), ('person__isnull', False)), models.Q(('organisation__isnull', False), ('person', None)), _connector='OR'), name='seat_held_by_a_unit_or_a_person'), models.CheckConstraint(condition=models.Q(('delegate', None), ('organisation__isnull', False), _connector='OR'), name='only_a_unit_has_a_delegate'), models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='seat_ends_after_it_starts'), models.UniqueConstraint(condition=models.Q(('ends_at', None), ('sole', True)), fields=('group', 'role'), name='one_active_holder_where_the_charter_says_one'), models.UniqueConstraint(condition=models.Q(('ends_at', None), ('person__isnull', False)), fields=('group', 'role', 'person'), name='person_holds_a_seat_once'), models.UniqueConstraint(condition=models.Q(('ends_at', None), ('organisation__isnull', False)), fields=('group', 'role', 'organisation'), name='unit_holds_a_seat_once')],
            },
        ),
    ]
