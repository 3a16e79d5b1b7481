from django.db import migrations

from keti.kernel.triggers import append_only, refuse

_PROPOSED = (
    "programme_id", "number", "text", "clauses", "sha256", "base_sha256", "state_sha256", "plan",
    "klass", "approvers", "reason", "proposed_by_id", "by_id", "proposed_at", "takes_effect_at",
)  # fmt: skip
_OPEN = "('proposed', 'approved')"


class Migration(migrations.Migration):
    """What was proposed never changes, what is settled stays settled; an approval is never changed."""

    dependencies = [("planning", "0001_initial")]
    operations = [
        *append_only("planning_approval"),
        refuse(
            name="planning_amendment_stays",
            table="planning_amendment",
            event="UPDATE",
            when=" OR ".join(f"OLD.{name} <> NEW.{name}" for name in _PROPOSED),
            message="what an amendment proposed never changes",
        ),
        refuse(
            name="planning_amendment_settled",
            table="planning_amendment",
            event="UPDATE",
            when=f"OLD.state NOT IN {_OPEN}",
            message="a settled amendment never changes",
        ),
        refuse(
            name="planning_amendment_no_delete",
            table="planning_amendment",
            event="DELETE",
            when="1=1",
            message="an amendment is never deleted",
        ),
    ]
