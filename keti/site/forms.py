"""Forms of the house: one duty on a phone."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.accounts.models import Person
from keti.groups.doors import KeepingForm, KeyField

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

    def for_report(self, *, plan: bool) -> "PhoneForm":
        """The three lines as a monthly report asks for them."""
        labels = [_("本月成果（一两句）"), _("问题与措施"), _("下月计划")]
        if not plan:
            labels = [_("成果（一两句）"), _("问题与措施"), _("其他说明")]
        for number, label in enumerate(labels, start=1):
            field = self.fields[f"line{number}"]
            field.label = label
            field.required = plan or number == 1
        return self

    def lines(self) -> list[str]:
        """The lines as typed."""
        return [str(self.cleaned_data[f"line{number}"]) for number in (1, 2, 3)]
