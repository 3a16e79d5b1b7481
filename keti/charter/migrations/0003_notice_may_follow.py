from django.db import migrations

from keti.kernel.triggers import refuse, without

_APPLIED = (
    "public_id", "programme_id", "number", "name", "text", "clauses", "sha256", "applied_at",
    "by_label",
)  # fmt: skip


class Migration(migrations.Migration):
    """What was applied never changes; the original notice may be put beside it later."""

    dependencies = [("charter", "0002_frozen")]
    operations = [
        without(name="charter_charterversion_no_update", table="charter_charterversion"),
        refuse(
            name="charter_charterversion_no_update",
            table="charter_charterversion",
            event="UPDATE",
            when=" OR ".join(f"OLD.{name} <> NEW.{name}" for name in _APPLIED),
            message="charter_charterversion is append-only",
        ),
    ]
