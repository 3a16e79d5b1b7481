from django.apps import AppConfig


class HonoursConfig(AppConfig):
    name = "keti.honours"
    label = "honours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer in this room, and what workers do for it."""
        from keti.duties.actions import says_what_waits
        from keti.honours.actions import producing
        from keti.honours.queries import ROOM, awaited
        from keti.jobs.actions import register

        says_what_waits(ROOM, awaited)
        register(producing.KIND, producing.work, seconds=producing.SECONDS)
