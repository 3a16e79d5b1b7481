"""What is typed to confirm a checkpoint, and to take that back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import KeepingForm


class ConfirmForm(KeepingForm):
    """How the root that somebody holds begins."""

    typed = forms.CharField(
        label=_("您手里的根值，前 8 个字符"),
        help_text=_("照每月来信或报告版权页上的抄，区分大小写；可以多抄，也可以整个粘贴。"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"class": "mono", "autocomplete": "off", "autocapitalize": "off",
                   "spellcheck": "false"}
        ),
    )  # fmt: skip


class WithdrawForm(KeepingForm):
    """Why a confirmation is taken back."""

    reason = forms.CharField(label=_("撤回的原因"), max_length=300)
