from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class DocumentsConfig(AppConfig):
    name = "keti.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the workers what this room lets them do."""
        from keti.documents.actions.reading import kept_trees
        from keti.documents.doors import made, readings
        from keti.documents.rules.pictures import lie_in
        from keti.documents.rules.tree import READERS
        from keti.documents.rules.written import MARKED
        from keti.jobs.actions import register, register_tidying

        register(made.KIND, made.make, seconds=made.SECONDS)
        register(readings.KIND, readings.read_aside, seconds=readings.SECONDS)
        register_tidying(made.sweep_made)
        READERS[MARKED] = kept_trees
        lie_in(lambda: Path(settings.KETI_DATA) / "files")
