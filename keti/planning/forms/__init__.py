"""Forms of planning: the first run (`start`), one block of a charter (`entry`), its inputs."""

from keti.planning.forms.entry import ABSENT, Cell, Desk, EntryForm, shelf_merged
from keti.planning.forms.start import FirstRunForm, TemplateForm

__all__ = [
    "ABSENT",
    "Cell",
    "Desk",
    "EntryForm",
    "FirstRunForm",
    "TemplateForm",
    "shelf_merged",
]
