from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "keti.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put a person's meetings into their calendar."""
        from keti.meetings.queries import in_calendar
        from keti.notify.queries import register_dates

        register_dates(in_calendar)
