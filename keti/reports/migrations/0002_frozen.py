from django.db import migrations

from keti.kernel.triggers import append_only, refuse

_STAYS = "OLD.kind <> NEW.kind OR OLD.period <> NEW.period OR OLD.group_id <> NEW.group_id"
_STAYS += " OR OLD.obligation_id <> NEW.obligation_id OR OLD.programme_id <> NEW.programme_id"


class Migration(migrations.Migration):
    """A version is never changed; version numbers rise by one; a report stays what it is for."""

    dependencies = [("reports", "0001_initial")]
    operations = [
        *append_only("reports_version"),
        refuse(
            name="reports_report_rises_by_one",
            table="reports_report",
            event="UPDATE",
            when="NEW.latest <> OLD.latest AND NEW.latest <> OLD.latest + 1",
            message="version numbers rise by one",
        ),
        refuse(
            name="reports_report_stays",
            table="reports_report",
            event="UPDATE",
            when=_STAYS,
            message="the kind, group, period and obligation of a report never change",
        ),
        refuse(
            name="reports_report_no_delete",
            table="reports_report",
            event="DELETE",
            when="OLD.latest > 0",
            message="a report that was handed in is never deleted",
        ),
    ]
