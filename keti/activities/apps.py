from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "keti.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer in this room."""
        from keti.activities.queries import ROOM, awaited
        from keti.duties.actions import says_what_waits

        says_what_waits(ROOM, awaited)
