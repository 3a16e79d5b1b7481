from django.db import migrations, models

from keti.kernel.triggers import refuse

CHANGED = " OR ".join(
    f"NEW.{column} <> OLD.{column}"
    for column in (
        "title", "seat_id", "due_at", "source_kind", "source_id", "group_id", "programme_id",
    )
)
MOVED = 'COALESCE(NEW."order", 0) <> COALESCE(OLD."order", 0)'


class Migration(migrations.Migration):
    """A task may be named in minutes, and is frozen with them; only what came of it changes then.

    The table has no trigger before, so none is lost where SQLite makes it anew.
    """

    dependencies = [
        ("documents", "0004_read_texts"),
        ("duties", "0008_one_nature"),
        ("groups", "0004_stopped"),
        ("programmes", "0001_initial"),
        ("work", "0004_withdrawn"),
    ]
    operations = [
        migrations.RemoveConstraint(model_name="task", name="task_once_per_source"),
        migrations.AlterField(
            model_name="task",
            name="source_kind",
            field=models.CharField(
                blank=True,
                choices=[("reports.report", "报告计划"), ("meetings.meeting", "会议纪要")],
                max_length=60,
            ),
        ),
        migrations.AddField(
            model_name="task", name="frozen", field=models.BooleanField(default=False)
        ),
        migrations.AddField(
            model_name="task", name="order", field=models.PositiveSmallIntegerField(null=True)
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                fields=("seat", "source_id", "title"),
                condition=~models.Q(source_id="")
                & ~models.Q(state="withdrawn")
                & ~models.Q(source_kind="meetings.meeting"),
                name="task_once_per_source",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(source_kind="meetings.meeting")
                | models.Q(order=None, frozen=False),
                name="task_in_order_is_of_minutes",
            ),
        ),
        migrations.RemoveIndex(model_name="task", name="task_of_source"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["source_id", "source_kind"], name="task_of_source"),
        ),
        refuse(
            name="work_task_frozen",
            table="work_task",
            event="UPDATE",
            when=f"OLD.frozen AND (NOT NEW.frozen OR {CHANGED} OR {MOVED})",
            message="what confirmed minutes name is frozen",
        ),
        refuse(
            name="work_task_kept",
            table="work_task",
            event="DELETE",
            when="OLD.frozen",
            message="what confirmed minutes name is kept",
        ),
    ]
