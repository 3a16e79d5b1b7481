from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "keti.planning"
    label = "planning"

    def ready(self) -> None:
        """Tell the workers what this room lets them do; have charters in hand listed."""
        from keti.drafts.queries import register_copies
        from keti.jobs.actions import register
        from keti.planning import doors

        register(doors.KIND, doors.work_founding, seconds=doors.SECONDS)
        register_copies(doors.in_hand)
