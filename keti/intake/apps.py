from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "keti.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the workers what this room lets them do; have applications in hand listed."""
        from keti.drafts.queries import register_copies
        from keti.intake import doors
        from keti.jobs.actions import register

        register(doors.KIND, doors.work_roster, seconds=doors.SECONDS)
        register_copies(doors.in_hand)
