from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "keti.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what waits for an answer in this room, and follow what is done in others."""
        from keti.duties.actions import (
            follows_what_changes,
            rests_on_filings,
            says_what_waits,
        )
        from keti.reports.queries import says_what_for
        from keti.review.actions.following import ROOM, follow
        from keti.review.queries import awaited, judges_filing, taken_to_judge

        says_what_waits(ROOM, awaited)
        says_what_for(ROOM, taken_to_judge)
        follows_what_changes(ROOM, follow)
        rests_on_filings(judges_filing)
