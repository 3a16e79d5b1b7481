"""What is typed into a report, its answers, the parts of a file, the references."""

from keti.reports.forms.content import SPARE_ROWS, ContentFields, DraftForm
from keti.reports.forms.handing import FileForm, ReturnForm, SubmitForm, TakeBackForm
from keti.reports.forms.laying import LaidFields
from keti.reports.forms.references import ALIKE, KINDS, AddReferences, MendReference
from keti.reports.forms.translations import TranslationForm

__all__ = [
    "ALIKE",
    "KINDS",
    "SPARE_ROWS",
    "AddReferences",
    "ContentFields",
    "DraftForm",
    "FileForm",
    "LaidFields",
    "MendReference",
    "ReturnForm",
    "SubmitForm",
    "TakeBackForm",
    "TranslationForm",
]
