from django.db import migrations

from keti.kernel.triggers import refuse

WHEN = """
(OLD.embargo_until IS NULL AND NEW.embargo_until IS NOT NULL)
OR (OLD.embargo_until IS NOT NULL AND NEW.embargo_until IS NULL)
OR NEW.embargo_until <> OLD.embargo_until
OR (OLD.lifted_at IS NOT NULL AND NEW.lifted_at IS NULL)
OR NEW.lifted_at <> OLD.lifted_at
OR NEW.lifted_at < NEW.embargo_until
"""


class Migration(migrations.Migration):
    """An embargo stays as it was said, and is lifted once, never before its instant."""

    dependencies = [("release", "0006_embargo")]
    operations = [
        refuse(
            name="release_publication_lifted",
            table="release_publication",
            event="UPDATE",
            when=WHEN,
            message="an embargo is lifted once, at its instant at the earliest",
        ),
    ]
