from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    name = "keti.release"
    label = "release"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the workers what this room lets them do, and whom a withdrawn consent concerns."""
        from keti.consents.actions import after_withdrawal
        from keti.duties.actions import says_what_waits
        from keti.jobs.actions import register
        from keti.release.actions import producing
        from keti.release.queries import awaited, taken_to_publish
        from keti.reports.queries import says_what_for

        register(producing.KIND, producing.work, seconds=producing.SECONDS)
        says_what_for("release", taken_to_publish)
        says_what_waits("release", awaited)
        after_withdrawal(producing.make_anew)
