"""Columns of what people type: never longer than they are, and one line where it is one line.

A line break in a title is read as a new header by mail, as a new row by a sheet, as a new field by
a calendar. So no break is kept: whatever ends a line, and every control character, is one space.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.datastructures import MultiValueDict

from keti.kernel.refusals import Refused
from keti.kernel.texts import BREAKS, as_typed, one_line

if TYPE_CHECKING:
    Column = models.CharField[Any, str]
else:
    Column = models.CharField


TOO_LONG = "kernel.too-long"


class Words(Column):
    """A column of words somebody typed. Refuses what is longer than the column by whatever way it
    is written: one database would keep it whole, the other fail; neither may cut it in silence.
    To migrations it is an ordinary CharField."""

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """What goes into a row; refuses a text that does not fit, blamed on this field."""
        ready = super().get_db_prep_save(value, connection)
        most = self.max_length
        if isinstance(ready, str) and most is not None and len(ready) > most:
            refused = Refused(TOO_LONG, text=ready[:20], most=most, count=len(ready))
            raise refused.at(self.name)
        return ready


class Line(Words):
    """A column of words on one line. Folds what is written to it by whatever way: saved, updated
    or created in bulk."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The row in hand says what the table says: letters are written from it at once."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str) and BREAKS.search(value):
            value = one_line(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return one_line(value) if isinstance(value, str) else value


class LineForm(forms.Form):
    """A form whose boxes of one line are read on one line, before anything else looks at them;
    those of several lines as they were typed, and counted as the browser counts them: it sends a
    line break as two characters and lets one be typed for each.

    Passwords are read as typed.
    """

    def full_clean(self) -> None:
        if self.is_bound:
            self._fold()
        super().full_clean()

    def box_of(self, begins: str, most: int, first: str = "") -> str:
        """The name of the box in which a text was typed that begins like this and is longer than
        `most`, by itself or as one of several lines; "" where none holds it. Of several the one
        called `first`: rows and boxes need not be called alike."""
        names = sorted(self.fields, key=lambda name: name != first)
        return next((one for one in names if self._holds(one, begins, most)), "")

    def _holds(self, name: str, begins: str, most: int) -> bool:
        field = self.fields[name]
        if not (self.is_bound and isinstance(field, forms.CharField)):
            return False
        typed = str(self[name].value() or "")
        return any(
            len(one) > most and begins in one
            for one in (typed, one_line(typed), *map(one_line, typed.splitlines()))
        )

    def _fold(self) -> None:
        """Read what was sent on one line each; `data` is a copy where something was folded."""
        read = {self.add_prefix(name): _reads(field) for name, field in self.fields.items()}
        broken = {name: values for name, how in read.items() if (values := self._broken(name, how))}
        if not broken:
            return
        sent: Any = self.data
        copy = sent.copy()
        for name, values in broken.items():
            if isinstance(copy, MultiValueDict):
                copy.setlist(name, values)
            else:
                copy[name] = values[-1]
        self.data = copy

    def _broken(self, name: str, read: Callable[[str], str] | None) -> list[str]:
        """The values of a box as they are read, if any was sent otherwise."""
        if read is None:
            return []
        sent = self.data
        values = sent.getlist(name) if isinstance(sent, MultiValueDict) else [sent.get(name)]
        texts = [one for one in values if isinstance(one, str)]
        folded = [read(one) for one in texts]
        return folded if folded != texts else []


def _reads(field: forms.Field) -> Callable[[str], str] | None:
    """How a box of words is read; none for what holds no words."""
    if single(field):
        return one_line
    if not (isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea)):
        return None
    if not field.strip:
        return _with_plain_ends
    field.strip = False  # the library would take the blanks of the first line, too
    return as_typed


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n")


def single(field: forms.Field) -> bool:
    """Does this field take words typed into a box of one line?"""
    return isinstance(field, forms.CharField) and not isinstance(
        field.widget, forms.Textarea | forms.PasswordInput | forms.MultiWidget
    )
