from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "keti.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have reports in hand listed among the unsent texts."""
        from keti.drafts.queries import register_copies
        from keti.reports.doors import in_hand

        register_copies(in_hand)
