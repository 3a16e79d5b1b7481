from django.db import migrations, models

from keti.kernel.triggers import append_only, without

TABLES = ("release_artefact", "release_page")


class Migration(migrations.Migration):
    """Files and pages may be made anew once a consent is withdrawn. What was made stays as it was;
    tables that are built again lose their triggers on one database, so they are given anew."""

    dependencies = [
        ('documents', '0004_read_texts'),
        ('release', '0002_frozen'),
    ]

    operations = [
        *(without(name=f"{one}_no_{event}", table=one) for one in TABLES for event in ("update", "delete")),
        migrations.RemoveConstraint(
            model_name='artefact',
            name='artefact_once',
        ),
        migrations.RemoveConstraint(
            model_name='page',
            name='public_page_once',
        ),
        migrations.AddField(
            model_name='artefact',
            name='making',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='page',
            name='making',
            field=models.PositiveIntegerField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='artefact',
            constraint=models.UniqueConstraint(fields=('publication', 'form', 'language', 'making'), name='artefact_once'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.UniqueConstraint(fields=('publication', 'language', 'making'), name='public_page_once'),
        ),
        *append_only("release_artefact"),
        *append_only("release_page"),
    ]
