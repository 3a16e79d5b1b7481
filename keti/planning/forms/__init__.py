"""Forms of planning: the first run (`start`), one block of a charter (`entry`), its inputs."""

from keti.planning.forms.entry import ABSENT, FIXED, Cell, EntryForm, FormContext, shelf_merged
from keti.planning.forms.start import DeleteForm, FirstRunForm, NoticeForm

__all__ = [
    "ABSENT",
    "FIXED",
    "Cell",
    "DeleteForm",
    "EntryForm",
    "FirstRunForm",
    "FormContext",
    "NoticeForm",
    "shelf_merged",
]
