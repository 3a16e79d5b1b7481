from django.apps import AppConfig


class MediaConfig(AppConfig):
    name = "keti.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the room of consents that people who speak in a recording are asked too, and what is
        owed once one of them no longer agrees."""
        from keti.consents.actions import after_withdrawal
        from keti.consents.queries import asked_too
        from keti.media.actions.postings import owe_takedowns
        from keti.media.queries import is_asked

        asked_too(is_asked)
        after_withdrawal(owe_takedowns)
