from django.db import migrations

from keti.kernel.triggers import append_only, only_with_its_programme


class Migration(migrations.Migration):
    """Versions of subtitles and their reviews stay as they were; all of it goes with a trial."""

    dependencies = [("media", "0001_initial"), ("programmes", "0003_first_numbers")]
    operations = [
        *append_only("media_subtitleversion"),
        *append_only("media_subtitlereview"),
        *(
            one
            for table in (
                "recording",
                "speaker",
                "subtitletrack",
                "subtitleversion",
                "subtitlereview",
            )
            for one in only_with_its_programme(
                name=f"media_{table}_no_delete",
                table=f"media_{table}",
                programme="OLD.programme_id",
            )
        ),
    ]
