from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "keti.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer here; put a person's meetings into their calendar; say
        who reads the minutes that a task stands in."""
        from keti.duties.actions import says_what_waits
        from keti.meetings.doors import reads
        from keti.meetings.queries import awaited, in_calendar
        from keti.notify.queries import register_dates
        from keti.work.doors import register_source
        from keti.work.enums import SourceKind

        says_what_waits("meetings", awaited)
        register_dates(in_calendar)
        register_source(SourceKind.MINUTES, reads)
