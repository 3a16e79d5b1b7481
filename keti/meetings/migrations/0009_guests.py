import django.db.models.deletion
from django.db import migrations, models

import keti.kernel.ids
import keti.kernel.lines
from keti.kernel.triggers import refuse

KINDS = [
    ("invited", "未登记"), ("present", "出席"), ("observer", "列席"), ("excused", "请假"),
    ("absent", "缺席"),
]
CHANGED = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in ("meeting_id", "name", "mail", "kind"))


class Migration(migrations.Migration):
    """Guests of a meeting, who have no seat; frozen with the minutes like every attendance."""

    dependencies = [("meetings", "0008_attendance_notes")]
    operations = [
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=keti.kernel.ids.new_id, editable=False, max_length=26, unique=True)),
                ("name", keti.kernel.lines.Line(max_length=60)),
                ("mail", models.EmailField(max_length=254)),
                ("kind", models.CharField(choices=KINDS, default="invited", max_length=10)),
                ("frozen", models.BooleanField(default=False)),
                ("meeting", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="guests", to="meetings.meeting")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("meeting", "mail"), name="guest_once_per_meeting")],
            },
        ),
        refuse(
            name="meetings_guest_frozen",
            table="meetings_guest",
            event="UPDATE",
            when=f"OLD.frozen AND (NOT NEW.frozen OR {CHANGED})",
            message="confirmed minutes are frozen",
        ),
        refuse(
            name="meetings_guest_kept",
            table="meetings_guest",
            event="DELETE",
            when="OLD.frozen",
            message="confirmed minutes are kept",
        ),
    ]
