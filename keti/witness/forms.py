"""What is typed to confirm or sign a checkpoint, to lodge a key, and to take that back."""

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


class LodgeForm(KeepingForm):
    """The public half of a unit's own key; why, where it takes the place of another. One form for
    both: sent twice, the second finds the key that the first has lodged."""

    text = forms.CharField(
        label=_("公钥"),
        help_text=_("make-key 打印的那一整行。"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3, "class": "mono", "spellcheck": "false"}),
    )
    reason = forms.CharField(label=_("更换的原因"), max_length=300, required=False)

    def asking(self, *, why: bool) -> None:
        """Ask why where another key stands. Called when it is shown, after it was judged: the act
        refuses a change without a reason, and knows what was sent before."""
        reason = self.fields["reason"]
        if why:
            reason.required = reason.widget.is_required = True
        else:
            reason.widget = forms.HiddenInput()


class SignForm(KeepingForm):
    """A checkpoint under the unit's own signature."""

    typed = forms.CharField(
        label=_("签好的校验点"),
        help_text=_("cosign 打印的各行，全部粘贴。"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "class": "mono", "spellcheck": "false"}),
    )
