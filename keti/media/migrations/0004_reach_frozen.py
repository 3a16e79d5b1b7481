from django.db import migrations

from keti.kernel.triggers import append_only, only_with_its_programme


class Migration(migrations.Migration):
    """What was read of a channel stays as it was; all of it goes with a trial."""

    dependencies = [("media", "0003_reach"), ("programmes", "0003_first_numbers")]
    operations = [
        *append_only("media_reachvalue"),
        *(
            one
            for table in ("clipping", "mediachannel", "posting", "reachvalue")
            for one in only_with_its_programme(
                name=f"media_{table}_no_delete",
                table=f"media_{table}",
                programme="OLD.programme_id",
            )
        ),
    ]
