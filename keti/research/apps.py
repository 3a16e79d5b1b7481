from django.apps import AppConfig


class ResearchConfig(AppConfig):
    name = "keti.research"
    label = "research"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer in this room."""
        from keti.duties.actions import says_what_waits
        from keti.research.queries import ROOM, awaited

        says_what_waits(ROOM, awaited)
