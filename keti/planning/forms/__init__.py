"""Forms of planning: the first run (`start`), one block of a charter (`entry`), its inputs."""

from keti.planning.forms.entry import ABSENT, Cell, Desk, EntryForm, shelf_merged
from keti.planning.forms.start import FirstRunForm

__all__ = [
    "ABSENT",
    "Cell",
    "Desk",
    "EntryForm",
    "FirstRunForm",
    "shelf_merged",
]
