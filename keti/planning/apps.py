from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "keti.planning"
    label = "planning"

    def ready(self) -> None:
        """Tell the workers what this room lets them do."""
        from keti.jobs.actions import register
        from keti.planning import doors

        register(doors.KIND, doors.work_founding, seconds=doors.SECONDS)
