from django.db import migrations, models

from keti.kernel.triggers import refuse, without

_CONTENT = " OR ".join(
    f"OLD.{column} <> NEW.{column}"
    for column in (
        "sha256", "number", "track", "track_kind", "chosen", "call_id", "applicant_id", "unit_key",
        "programme_id", "window_opens", "window_closes", "recorded_at", "on_behalf",
    )
)  # fmt: skip
_EVIDENCE = "COALESCE(OLD.evidence_id, 0) <> COALESCE(NEW.evidence_id, 0)"
_BOUND = "COALESCE(OLD.organisation_id, 0) <> COALESCE(NEW.organisation_id, 0)"
_ADMITTED = (
    "OLD.organisation_id IS NULL AND OLD.state IN ('submitted', 'reserve')"
    " AND NEW.state = 'admitted'"
)
_TAKEN_BACK = (
    "OLD.state IN ('admitted', 'rejected') AND NEW.state = 'submitted' AND NEW.decided_at IS NULL"
    " AND NEW.reason = '' AND NEW.decided_by = '' AND NEW.group_id IS NULL"
    " AND NEW.seat_id IS NULL AND NEW.organisation_id IS NULL"
)
_FROM_THE_LIST = (
    "OLD.state = 'reserve' AND NEW.state IN ('admitted', 'rejected') AND NEW.decided_at IS NOT NULL"
)
_STATES = [
    ("draft", "草稿"), ("submitted", "待审"), ("withdrawn", "已撤回"), ("reserve", "候补"),
    ("admitted", "已入选"), ("rejected", "未入选"),
]  # fmt: skip


class Migration(migrations.Migration):
    """Who waits in reserve is decided on once more; a reserve says when it was decided."""

    dependencies = [("intake", "0010_later_close")]
    operations = [
        migrations.AlterField("application", "state", models.CharField(choices=_STATES, default="draft", max_length=10)),
        migrations.AlterField("reversal", "state", models.CharField(choices=_STATES, max_length=10)),
        without(name="intake_application_content_stays", table="intake_application"),
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
                f" OR ({_BOUND} AND NOT ({_ADMITTED}) AND NOT ({_TAKEN_BACK})))"
            ),
            message="the content of a submitted application never changes",
        ),
        refuse(
            name="intake_decision_stands",
            table="intake_application",
            event="UPDATE",
            when=(
                f"(OLD.decided_at IS NOT NULL AND NOT ({_TAKEN_BACK}) AND NOT ({_FROM_THE_LIST})"
                " AND (OLD.state <> NEW.state OR OLD.reason <> NEW.reason"
                " OR NEW.decided_at IS NULL OR OLD.decided_at <> NEW.decided_at))"
                " OR (NEW.state = 'reserve' AND NEW.decided_at IS NULL)"
            ),
            message="a decision on an application stands, or is taken back whole",
        ),
    ]
