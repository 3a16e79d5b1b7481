"""Forms: years that exist, files that are taken, a key that makes them safe to send twice."""

from collections import deque
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

from keti.accounts.models import Person
from keti.documents.actions import (
    Upload,
    drop_aside,
    examined,
    laid_aside,
    set_aside,
)
from keti.documents.doors import held, tell_limit
from keti.kernel.ids import new_id
from keti.kernel.lines import TOO_LONG, LineForm
from keti.kernel.refusals import Refused
from keti.ledger.actions import key_to_show

YEARS = range(1900, 2201)
MOST_READ = 60
"""So many forms of one request are remembered: a page of slips has one for each."""
_read: ContextVar[deque[LineForm] | None] = ContextVar("read", default=None)


def forget_read_forms() -> None:
    """A request begins: no form was read in it yet."""
    _read.set(deque(maxlen=MOST_READ))


def blame_box(refused: Refused) -> bool:
    """Show that a text is too long for its column at the box in which it was typed, in whichever
    form of this request; whether there is one."""
    if refused.code != TOO_LONG:
        return False
    begins, most = str(refused.facts["text"]), int(str(refused.facts["most"]))
    for form in reversed(_read.get() or ()):
        if name := form.box_of(begins, most, refused.field):
            form.add_error(name, refused.sentence(get_language() or "zh-hans"))
            return True
    return False


class DatedForm(LineForm):
    """A form whose dates lie in years that every zone can tell, and whose files are taken."""

    def full_clean(self) -> None:
        """A date at the edge of the calendar overflows in another zone: it is no date."""
        super().full_clean()
        read = _read.get()
        if self.is_bound and read is not None:
            read.append(self)
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(value, date) and value.year not in YEARS:
                self.add_error(name, self.fields[name].error_messages["invalid"])
            if isinstance(value, UploadedFile):
                self._examine(name, value)

    def _examine(self, name: str, upload: UploadedFile) -> None:
        """Files are read before any act begins; what is not taken is said at the field."""
        try:
            examined(upload, str(upload.name))
        except Refused as refused:
            self.add_error(name, refused.sentence(get_language() or "zh-hans"))


class KeyField(forms.CharField):
    """The hidden key of a form. Where it has recorded other content, the form shown again with
    what was typed carries a fresh one."""

    def bound_data(self, data: Any, initial: Any) -> Any:
        return key_to_show(str(data or ""))


class KeyForm(DatedForm):
    """A form that is safe to send twice."""

    key = KeyField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        tell_limit(self.fields.values(), get_language() or "zh-hans")


class KeepingForm(KeyForm):
    """A form that loses nothing when it is refused: its files are set aside for the next try."""

    blames: ClassVar[dict[str, str]] = {}
    keeper: Person
    moment: datetime
    hopeless = False

    def full_clean(self) -> None:
        """A file that came with an earlier try of this very form counts as sent again."""
        if self.is_bound:
            self._fetch()
        super().full_clean()

    def _fetch(self) -> None:
        files: MultiValueDict[str, UploadedFile] = self.files.copy()
        for name, field in self.fields.items():
            html = self.add_prefix(name)
            wanted = isinstance(field, forms.FileField) and not files.get(html)
            if wanted and not self.data.get(f"{html}-drop"):
                waiting = laid_aside(self.keeper, self._slot(html), self.moment)
                if waiting:
                    files[html] = held(waiting.file, waiting.name)
        self.files = files

    def _slot(self, html: str) -> str:
        return f"{self.data.get(self.add_prefix('key'), '')}/{html}"

    def kept(self, name: str) -> str:
        """The name of the file that need not be chosen again; "" where there is none."""
        upload = self.files.get(self.add_prefix(name)) if self.is_bound else None
        if not upload or name in self.errors or self.hopeless:
            return ""
        slot = f"{self['key'].value()}/{self.add_prefix(name)}"
        return set_aside(self.keeper, slot, Upload(str(upload.name), upload), self.moment)

    def let_go(self, refused: Refused) -> None:
        """Whoever has no right to the act, and nothing to change in the form, keeps no file."""
        name = refused.field or self.blames.get(refused.code, "")
        self.hopeless = refused.barred and not self._can_change(name)
        if self.hopeless:
            for html in self.files:
                drop_aside(self.keeper, self._slot(html))

    def _can_change(self, name: str) -> bool:
        field = self.fields.get(name)
        return field is not None and len(getattr(field, "choices", ("", ""))) > 1

    def blame(self, refused: Refused) -> None:
        """Show a refusal at the field it is about."""
        name = refused.field or self.blames.get(refused.code, "")
        if name in self.fields:
            self.add_error(name, refused.sentence(get_language() or "zh-hans"))
