from django.db import migrations

from keti.kernel.triggers import refuse_unless, without

SAME = ("id", "book", "seq", "kind", "recorded_at", "happened_at", "actor_id", "subject_kind",
        "subject_id", "key", "leaf", "leaf_hash")  # fmt: skip
LOOSE = (("programme_id", "0"), ("state", "''"))
KEPT = " AND ".join(
    [
        *(f"NEW.{one} = OLD.{one}" for one in SAME),
        *(f"COALESCE(NEW.{one}, {no}) = COALESCE(OLD.{one}, {no})" for one, no in LOOSE),
    ]
)


class Migration(migrations.Migration):
    """The content of a line may lose its salt, once: what it said can be shown by nobody from then
    on. Whatever enters the tree stays."""

    dependencies = [("ledger", "0009_the_house_is_signed")]
    operations = [
        without(name="ledger_entry_no_update", table="ledger_entry"),
        refuse_unless(
            name="ledger_entry_no_update",
            table="ledger_entry",
            event="UPDATE",
            unless=f"OLD.salt <> '' AND NEW.salt = '' AND NEW.digest IS NULL AND {KEPT}",
            message="ledger_entry is append-only",
        ),
    ]
