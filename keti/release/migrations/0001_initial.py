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
        ('reports', '0002_frozen'),
    ]

    operations = [
        migrations.CreateModel(
            name='Closure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('number', models.CharField(max_length=60)),
                ('counts', models.JSONField(default=dict)),
                ('by_label', models.CharField(max_length=80)),
                ('seat_label', models.CharField(max_length=160)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('obligation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='closure', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='closures', to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('honorific', models.CharField(blank=True, max_length=60)),
                ('order', models.PositiveSmallIntegerField()),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='programmes.programme')),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='roll_correction', to='groups.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('edition', models.PositiveSmallIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('left_out', models.PositiveSmallIntegerField(default=0)),
                ('by_label', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rolls', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rolls', to='programmes.programme')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('obligation', 'edition'), name='roll_edition_once')],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ('slug', models.SlugField(max_length=70)),
                ('number', models.CharField(max_length=60)),
                ('title_zh', models.CharField(max_length=200)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('gate_zh', models.CharField(blank=True, max_length=240)),
                ('gate_en', models.CharField(blank=True, max_length=240)),
                ('decision_number', models.CharField(blank=True, max_length=60)),
                ('sha256', models.CharField(max_length=64)),
                ('checkpoint', models.TextField()),
                ('language', models.CharField(max_length=10)),
                ('published_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('retracted_at', models.DateTimeField(blank=True, null=True)),
                ('retracted_reason', models.TextField(blank=True)),
                ('obligation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='duties.obligation')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='programmes.programme')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reports.version')),
                ('roll', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='release.roll')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['slug'], name='publication_slug')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('slug',), name='public_address_once'), models.UniqueConstraint(condition=models.Q(('retracted_at', None)), fields=('obligation',), name='published_once'), models.CheckConstraint(condition=models.Q(('retracted_at', None), models.Q(('retracted_reason', ''), _negated=True), _connector='OR'), name='withdrawal_says_why')],
            },
        ),
        migrations.CreateModel(
            name='RollRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('list', models.CharField(choices=[('unit', '单位'), ('person', '个人')], max_length=6)),
                ('group_zh', models.CharField(max_length=120)),
                ('group_en', models.CharField(blank=True, max_length=120)),
                ('role_zh', models.CharField(max_length=80)),
                ('role_en', models.CharField(blank=True, max_length=80)),
                ('seat', models.CharField(max_length=26)),
                ('person', models.CharField(blank=True, max_length=26)),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('honorific', models.CharField(blank=True, max_length=60)),
                ('unit_zh', models.CharField(blank=True, max_length=200)),
                ('unit_en', models.CharField(blank=True, max_length=200)),
                ('delegate_zh', models.CharField(blank=True, max_length=80)),
                ('delegate_en', models.CharField(blank=True, max_length=80)),
                ('former', models.BooleanField(default=False)),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='release.roll')),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('roll', 'position'), name='roll_position_once')],
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=10)),
                ('html', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='release.publication')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('publication', 'language'), name='public_page_once')],
            },
        ),
        migrations.CreateModel(
            name='Artefact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=5)),
                ('language', models.CharField(max_length=10)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='documents.storedfile')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='artefacts', to='release.publication')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('publication', 'form', 'language'), name='artefact_once')],
            },
        ),
    ]
