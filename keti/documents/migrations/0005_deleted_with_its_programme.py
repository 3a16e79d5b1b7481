from django.db import migrations

from keti.kernel.triggers import only_with_its_programme


class Migration(migrations.Migration):
    """The files of a trial programme go with it when it is deleted whole."""

    dependencies = [("documents", "0004_read_texts"), ("programmes", "0002_deletion")]
    operations = [
        *only_with_its_programme(
            name="documents_storedfile_no_delete",
            table="documents_storedfile",
            programme="OLD.programme_id",
        ),
    ]
