from django.db import migrations

from keti.kernel.triggers import append_only, refuse

CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "public_id", "programme_id", "obligation_id", "version_id", "slug", "number", "title_zh",
        "title_en", "sha256", "checkpoint", "language", "published_at", "recorded_at",
    )
)


class Migration(migrations.Migration):
    """What was closed, drawn up or published stays as it was; a publication is withdrawn once."""

    dependencies = [("release", "0001_initial")]
    operations = [
        *append_only("release_closure"),
        *append_only("release_roll"),
        *append_only("release_rollrow"),
        *append_only("release_artefact"),
        *append_only("release_page"),
        refuse(
            name="release_publication_frozen",
            table="release_publication",
            event="UPDATE",
            when=f"OLD.retracted_at IS NOT NULL OR {CHANGED}",
            message="a publication is frozen",
        ),
        refuse(
            name="release_publication_kept",
            table="release_publication",
            event="DELETE",
            when="1=1",
            message="a publication is kept",
        ),
    ]
