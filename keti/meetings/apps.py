from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "keti.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer in this room."""
        from keti.duties.actions import says_what_waits
        from keti.meetings.queries import awaited

        says_what_waits("meetings", awaited)
