from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "keti.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell workers, drafts and the list of what is owed what this room has for them."""
        from keti.consents.queries import also_called
        from keti.drafts.queries import register_copies
        from keti.duties.actions import says_what_waits
        from keti.intake import doors
        from keti.intake.queries import awaited, names_given
        from keti.jobs.actions import register

        register(doors.KIND, doors.work_roster, seconds=doors.SECONDS)
        register_copies(doors.in_hand)
        also_called(names_given)
        says_what_waits("intake", awaited)
