from django.db import migrations, models

from keti.kernel.triggers import refuse, without

_FIXED = (
    "public_id", "programme_id", "obligation_id", "number", "title_zh", "title_en", "body_zh",
    "body_en", "audience_zh", "audience_en", "signatory_zh", "signatory_en", "opens_at",
    "published_at",
)  # fmt: skip
_CHANGED = " OR ".join(f"OLD.{one} <> NEW.{one}" for one in _FIXED)


class Migration(migrations.Migration):
    """A published call closes later than it said, by a numbered correction; never earlier, and
    nothing else of it changes. Both columns are nullable: SQLite adds them in place."""

    dependencies = [("intake", "0009_taken_back")]
    operations = [
        migrations.AddField("erratum", "closed_at", models.DateTimeField(null=True, blank=True)),
        migrations.AddField("erratum", "closes_at", models.DateTimeField(null=True, blank=True)),
        without(name="intake_call_no_update", table="intake_call"),
        refuse(
            name="intake_call_no_update",
            table="intake_call",
            event="UPDATE",
            when=f"{_CHANGED} OR COALESCE(OLD.body_form, '') <> COALESCE(NEW.body_form, '')"
            " OR OLD.closes_at IS NULL OR NEW.closes_at IS NULL OR NEW.opens_at IS NULL"
            " OR NEW.closes_at <= OLD.closes_at",
            message="a published call never changes, but that it closes later",
        ),
    ]
