from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "keti.planning"
    label = "planning"

    def ready(self) -> None:
        """Tell workers, drafts and the list of what is owed what this room has for them."""
        from keti.drafts.queries import register_copies
        from keti.duties.actions import says_what_waits
        from keti.intake.actions import grows_groups
        from keti.jobs.actions import register
        from keti.planning import doors
        from keti.planning.actions import growing
        from keti.planning.queries import awaited

        register(doors.KIND, doors.work_founding, seconds=doors.SECONDS)
        register_copies(doors.in_hand)
        says_what_waits("planning", awaited)
        grows_groups(growing)
