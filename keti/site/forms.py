"""Forms of the house: one duty on a phone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.charter.rules.compiled import WorkSpec
from keti.groups.doors import KeepingForm, KeyField
from keti.groups.models import Seat
from keti.reports.forms import ContentFields
from keti.reports.rules import Content

KINDS = ".doc,.docx,.wps,.pdf,.ofd,.rtf,.xlsx,.et,.pptx,.dps,.jpg,.jpeg,.png,.heic,.tif,image/*"


class PhoneForm(KeepingForm):
    """A file and three lines: what anybody can send in two minutes."""

    key = KeyField(widget=forms.HiddenInput, max_length=75)
    file = forms.FileField(
        label=_("文件"),
        help_text=_("拍照、选 Word / WPS / PDF；原件永久保存，50 MB 以内。"),
        widget=forms.FileInput(attrs={"accept": KINDS}),
    )
    line1 = forms.CharField(
        label=_("摘要（一两句）"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    line2 = forms.CharField(
        label=_("补充"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    line3 = forms.CharField(
        label=_("其他说明"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, keeper: Person, moment: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeper, self.moment = keeper, moment

    def lines(self) -> list[str]:
        """The lines as typed."""
        return [str(self.cleaned_data[f"line{number}"]) for number in (1, 2, 3)]


class PhoneReportForm(ContentFields, PhoneForm):
    """A report by a personal link: the file, a box for each section of the charter, the plan.

    The group's draft is not shown here: whoever the link was passed on to would read it.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, spec: WorkSpec, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in (1, 2, 3):
            del self.fields[f"line{number}"]
        self.add_content(spec, seats, Content(), get_language() or "zh-hans", tall=3)
