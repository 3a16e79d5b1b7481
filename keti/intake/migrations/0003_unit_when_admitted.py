from django.db import migrations, models

from keti.accounts.rules import unit_key
from keti.kernel.triggers import refuse, without

_CONTENT = " OR ".join(
    f"OLD.{column} <> NEW.{column}"
    for column in (
        "sha256", "number", "track", "track_kind", "chosen", "call_id", "applicant_id", "unit_key",
        "programme_id", "window_opens", "window_closes", "recorded_at", "on_behalf",
    )
)
_EVIDENCE = "COALESCE(OLD.evidence_id, 0) <> COALESCE(NEW.evidence_id, 0)"
_BOUND = "COALESCE(OLD.organisation_id, 0) <> COALESCE(NEW.organisation_id, 0)"
_ADMITTED = "OLD.organisation_id IS NULL AND OLD.state = 'submitted' AND NEW.state = 'admitted'"


def fill(apps, editor):
    """The key of the unit that each application names."""
    applications = apps.get_model("intake", "Application").objects
    for one in applications.exclude(content={}).iterator():
        applications.filter(pk=one.pk).update(unit_key=unit_key(str(one.content.get("unit", ""))))


class Migration(migrations.Migration):
    """A submitted application names a unit; only the admission binds it to one."""

    dependencies = [("intake", "0002_kept")]
    operations = [
        migrations.RemoveConstraint("application", "one_live_application_per_unit"),
        migrations.AddField(
            "application",
            "unit_key",
            models.CharField(blank=True, default="", editable=False, max_length=400),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "application",
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=models.Q(
                    ("organisation__isnull", False), ("state", "admitted"), ("track_kind", "unit")
                ),
                name="a_unit_is_admitted_once",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        without(name="intake_application_content_stays", table="intake_application"),
        without(name="intake_application_kept", table="intake_application"),
        without(name="intake_decision_stands", table="intake_application"),
        refuse(
            name="intake_application_content_stays",
            table="intake_application",
            event="UPDATE",
            when=(
                "OLD.submitted_at IS NOT NULL AND (NEW.submitted_at IS NULL"
                " OR NEW.recorded_at IS NULL OR NEW.window_opens IS NULL"
                " OR NEW.window_closes IS NULL OR OLD.submitted_at <> NEW.submitted_at"
                f" OR OLD.content <> NEW.content OR {_CONTENT} OR {_EVIDENCE}"
                f" OR ({_BOUND} AND NOT ({_ADMITTED})))"
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
