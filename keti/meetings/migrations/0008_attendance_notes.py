import django.db.models.deletion
from django.db import migrations, models

import keti.kernel.lines
from keti.kernel.triggers import append_only

KINDS = [
    ("invited", "未登记"), ("present", "出席"), ("observer", "列席"), ("excused", "请假"),
    ("absent", "缺席"),
]


class Migration(migrations.Migration):
    """How a seat really attended, beside confirmed minutes."""

    dependencies = [("groups", "0004_stopped"), ("meetings", "0007_no_items")]
    operations = [
        migrations.CreateModel(
            name="AttendanceNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was", models.CharField(choices=KINDS, max_length=10)),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("reason", models.CharField(max_length=300)),
                ("at", models.DateTimeField()),
                ("by_label", keti.kernel.lines.Line(max_length=80)),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="attendance_notes", to="meetings.meeting")),
                ("seat", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="groups.seat")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("was", models.F("kind")), _negated=True), models.Q(("reason", ""), _negated=True)),
                        name="attendance_note_says_what_and_why",
                    )
                ],
            },
        ),
        *append_only("meetings_attendancenote"),
    ]
