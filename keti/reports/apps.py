from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "keti.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have reports in hand listed among the unsent texts, say what waits, what became of
        a duty and who reads what a task was planned in."""
        from keti.drafts.queries import register_copies
        from keti.duties.actions import says_what_waits
        from keti.duties.queries import tells_story_of
        from keti.reports.doors import in_hand, reads
        from keti.reports.queries import awaited, under
        from keti.work.doors import register_source
        from keti.work.enums import SourceKind

        register_copies(in_hand)
        says_what_waits("reports", awaited)
        tells_story_of(under)
        register_source(SourceKind.PLAN, reads)
