"""What a start leaves out because it was done: told by names and fingerprints, done when needed."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from keti.site import styles
from keti.site.before import is_migrated

pytestmark = pytest.mark.django_db


def test_a_migrated_database_is_known_by_the_names_of_its_migrations():
    assert is_migrated()
    MigrationRecorder.Migration.objects.filter(app="duties", name="0001_initial").delete()
    assert not is_migrated()


def test_what_waits_and_could_not_be_owed_is_tried_again(settings):
    (Path(settings.KETI_DATA) / "what-waits-is-not-owed-yet").touch()
    assert not is_migrated()


def test_styles_are_laid_out_once_and_anew_after_a_change(settings, tmp_path):
    original = tmp_path / "styles" / "one.css"
    original.parent.mkdir()
    original.write_text("p {}")
    settings.STATICFILES_DIRS = [str(original.parent)]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = str(tmp_path / "static")
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    assert not styles.are_laid_out()
    call_command("collectstatic", verbosity=0, interactive=False)
    styles.note()
    assert styles.are_laid_out()
    original.write_text("p {color: red}")
    assert not styles.are_laid_out()
    styles.note()
    (tmp_path / "static" / "staticfiles.json").unlink()
    assert not styles.are_laid_out()
