from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "keti.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the workers that this room lets them print."""
        from keti.jobs.actions import register
        from keti.letters.doors import printing

        register(printing.KIND, printing.work, seconds=printing.SECONDS)
