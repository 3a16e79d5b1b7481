from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "keti.consultation"
    label = "consultation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer in this room, and follow what is done in others."""
        from keti.consultation.actions import ROOM, follow
        from keti.consultation.queries import awaited, taken_for_comment
        from keti.duties.actions import follows_what_changes, says_what_waits
        from keti.reports.queries import says_what_for

        says_what_waits(ROOM, awaited)
        says_what_for(ROOM, taken_for_comment)
        follows_what_changes(ROOM, follow)
