from django.db import migrations

from keti.kernel.triggers import append_only, refuse

_CONTENT = " OR ".join(
    f"OLD.{column} <> NEW.{column}"
    for column in (
        "sha256", "number", "track", "track_kind", "chosen", "call_id", "applicant_id",
        "programme_id", "window_opens", "window_closes", "recorded_at", "on_behalf",
    )
)
_NULLABLE = " OR ".join(
    f"COALESCE(OLD.{column}, 0) <> COALESCE(NEW.{column}, 0)"
    for column in ("organisation_id", "evidence_id")
)


class Migration(migrations.Migration):
    """A published call and a submitted application stay as they were sent."""

    dependencies = [("intake", "0001_initial")]
    operations = [
        *append_only("intake_call"),
        refuse(
            name="intake_application_content_stays",
            table="intake_application",
            event="UPDATE",
            when=(
                "OLD.submitted_at IS NOT NULL AND (NEW.submitted_at IS NULL"
                " OR NEW.recorded_at IS NULL OR NEW.window_opens IS NULL"
                " OR NEW.window_closes IS NULL OR OLD.submitted_at <> NEW.submitted_at"
                f" OR OLD.content <> NEW.content OR {_CONTENT} OR {_NULLABLE})"
            ),
            message="the content of a submitted application never changes",
        ),
        refuse(
            name="intake_application_kept",
            table="intake_application",
            event="DELETE",
            when="OLD.submitted_at IS NOT NULL",
            message="a submitted application is kept",
        ),
        refuse(
            name="intake_decision_stands",
            table="intake_application",
            event="UPDATE",
            when=(
                "OLD.decided_at IS NOT NULL AND (OLD.state <> NEW.state"
                " OR OLD.reason <> NEW.reason OR NEW.decided_at IS NULL"
                " OR OLD.decided_at <> NEW.decided_at)"
            ),
            message="a decision on an application stands",
        ),
    ]
