import django.db.models.deletion
from django.db import migrations, models

import keti.kernel.ids
import keti.kernel.lines
from keti.kernel.triggers import append_only, refuse, without

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
_TAKEN_BACK = (
    "OLD.state IN ('admitted', 'rejected') AND NEW.state = 'submitted' AND NEW.decided_at IS NULL"
    " AND NEW.reason = '' AND NEW.decided_by = '' AND NEW.group_id IS NULL"
    " AND NEW.seat_id IS NULL AND NEW.organisation_id IS NULL"
)


class Migration(migrations.Migration):
    """A decision on an application stands, or is taken back whole; a call has errata."""

    dependencies = [
        ("groups", "0004_stopped"),
        ("intake", "0008_roster_entering"),
        ("programmes", "0001_initial"),
    ]
    operations = [
        migrations.CreateModel(
            name="Reversal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(choices=[("draft", "草稿"), ("submitted", "待审"), ("withdrawn", "已撤回"), ("admitted", "已入选"), ("rejected", "未入选")], max_length=10)),
                ("said", models.TextField(blank=True)),
                ("decided_at", models.DateTimeField()),
                ("decided_by", keti.kernel.lines.Line(blank=True, max_length=80)),
                ("reason", models.TextField()),
                ("by_label", keti.kernel.lines.Line(max_length=80)),
                ("at", models.DateTimeField()),
                ("application", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reversals", to="intake.application")),
                ("seat", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="groups.seat")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.CheckConstraint(condition=models.Q(("state__in", ["admitted", "rejected"]), models.Q(("reason", ""), _negated=True)), name="a_decision_is_taken_back_for_a_reason")],
            },
        ),
        migrations.CreateModel(
            name="Erratum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ("number", keti.kernel.lines.Line(max_length=60)),
                ("text_zh", models.TextField()),
                ("text_en", models.TextField(blank=True)),
                ("reason", models.TextField()),
                ("published_at", models.DateTimeField()),
                ("by_label", keti.kernel.lines.Line(max_length=80)),
                ("call", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="errata", to="intake.call")),
                ("programme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="programmes.programme")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("programme", "number"), name="erratum_number_once"),
                    models.CheckConstraint(condition=models.Q(models.Q(("text_zh", ""), _negated=True), models.Q(("reason", ""), _negated=True)), name="erratum_says_what_and_why"),
                ],
            },
        ),
        *append_only("intake_reversal"),
        *append_only("intake_erratum"),
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
                f"OLD.decided_at IS NOT NULL AND NOT ({_TAKEN_BACK})"
                " AND (OLD.state <> NEW.state"
                " OR OLD.reason <> NEW.reason OR NEW.decided_at IS NULL"
                " OR OLD.decided_at <> NEW.decided_at)"
            ),
            message="a decision on an application stands, or is taken back whole",
        ),
    ]
