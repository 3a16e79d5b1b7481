"""What is typed into a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keti.consultation.actions import Remark
from keti.consultation.enums import Disposition
from keti.groups.doors import ActForm, Door, KeyForm


class RemarkForm(ActForm):
    """A comment: where in the text, what is said, what should stand there instead."""

    sender = forms.CharField(
        label=_("公众来稿人"),
        required=False,
        max_length=120,
        help_text=_("课题以外的单位或个人来信、来函、来电提出的意见，在此写明是谁。"),
    )
    place = forms.ChoiceField(label=_("章节"), required=False)
    original = forms.CharField(
        label=_("原文"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("要改的原句，可从正文复制。"),
    )
    text = forms.CharField(
        label=pgettext_lazy("consultation", "意见"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明意见内容。")},
    )
    proposed = forms.CharField(
        label=_("建议改为"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, door: Door, places: list[str], **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        field = self.fields["place"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("全文")), *((one, one) for one in places)]
        self.order_fields(["place", "original", "text", "proposed"])

    def remark(self) -> Remark:
        facts = self.cleaned_data
        return Remark(
            facts["text"], facts["place"], facts["original"], facts["proposed"], facts["sender"]
        )


class AnswerForm(KeyForm):
    """What becomes of a comment, and why."""

    disposition = forms.ChoiceField(
        label=pgettext_lazy("consultation", "处理"),
        error_messages={"required": _("请选择采纳、部分采纳或不采纳。")},
        choices=[("", "—"), *((one.value, one.label) for one in Disposition if one.value)],
    )
    reason = forms.CharField(
        label=pgettext_lazy("consultation", "理由"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("部分采纳或不采纳的，请写明理由。"),
    )


class NoRemarksForm(ActForm):
    """Saying that one has no remarks, for oneself or recorded for another seat."""


class CloseForm(ActForm):
    """Opening or closing a round, for oneself or recorded for the accountable seat."""
