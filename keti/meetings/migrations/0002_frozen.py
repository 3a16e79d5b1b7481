from django.db import migrations

from keti.kernel.triggers import Statements, refuse


def changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)


MEETING = changed(
    "minutes", "number", "sha256", "state", "starts_at", "place", "mode", "title_zh", "agenda",
    "recorded_at", "recorded_by", "confirmed_at", "confirmed_by", "chair_id", "group_id",
)


def frozen(table: str, *columns: str) -> list[Statements]:
    return [
        refuse(
            name=f"{table}_frozen",
            table=table,
            event="UPDATE",
            when=f"OLD.frozen AND (NOT NEW.frozen OR {changed(*columns)})",
            message="confirmed minutes are frozen",
        ),
        refuse(
            name=f"{table}_kept",
            table=table,
            event="DELETE",
            when="OLD.frozen",
            message="confirmed minutes are kept",
        ),
    ]


class Migration(migrations.Migration):
    """Minutes the chair confirmed never change; their action items only move to done."""

    dependencies = [("meetings", "0001_initial")]
    operations = [
        refuse(
            name="meetings_meeting_frozen",
            table="meetings_meeting",
            event="UPDATE",
            when=f"OLD.state = 'confirmed' AND ({MEETING})",
            message="confirmed minutes are frozen",
        ),
        refuse(
            name="meetings_meeting_kept",
            table="meetings_meeting",
            event="DELETE",
            when="OLD.state = 'confirmed'",
            message="confirmed minutes are kept",
        ),
        *frozen("meetings_attendance", "meeting_id", "seat_id", "kind"),
        *frozen("meetings_resolution", "meeting_id", "text"),
        *frozen("meetings_actionitem", "meeting_id", "title", "seat_id", "due_at"),
    ]
