from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "keti.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the workers what this room lets them do; have applications in hand listed, and say what waits."""
        from keti.drafts.queries import register_copies
        from keti.duties.actions import says_what_waits
        from keti.intake import doors
        from keti.intake.queries import awaited
        from keti.jobs.actions import register

        register(doors.KIND, doors.work_roster, seconds=doors.SECONDS)
        register_copies(doors.in_hand)
        says_what_waits("intake", awaited)
