from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "keti.backups"
    label = "backups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the workers what this room lets them do."""
        from keti.backups.actions import nightly
        from keti.jobs.actions import register

        register(nightly.KIND, nightly.work, seconds=nightly.SECONDS)
