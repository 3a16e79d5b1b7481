from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "keti.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have reports in hand listed among the unsent texts, and say what waits."""
        from keti.drafts.queries import register_copies
        from keti.duties.actions import says_what_waits
        from keti.reports.doors import in_hand
        from keti.reports.queries import awaited

        register_copies(in_hand)
        says_what_waits("reports", awaited)
