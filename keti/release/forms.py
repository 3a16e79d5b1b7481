"""Forms of the room's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, KeepingForm, KeyField, KeyForm
from keti.kernel.lines import LineForm


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


class StepForm(ActForm):
    """Closing, drawing up, publishing: who does it for whom, as of when."""


class PublishForm(ActForm):
    """Publishing exactly the version shown on the page."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=26)


class ReadyForm(PublishForm):
    """Making the same ready for an instant."""

    until = _moment(_("何时解禁"), _("到这一刻才能发布；文件上的日期就是这一天。"))


class RetractForm(KeyForm):
    """A publication is withdrawn with a reason that everybody can read."""

    reason = forms.CharField(
        label=_("撤回理由（公开）"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EntryForm(KeyForm):
    """How one seat is named in the roll, and where among the seats of its role."""

    name_zh = forms.CharField(label=_("姓名或单位名称"), max_length=200)
    name_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    honorific = forms.CharField(label=_("尊称或职称"), max_length=60, required=False)
    order = forms.IntegerField(label=_("同一职务内的次序"), min_value=0, max_value=9999)

    def __init__(self, *args: Any, is_unit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_unit:
            del self.fields["honorific"]


class ProofRoundForm(KeepingForm):
    """Until when owners may look at their entries."""

    until = _moment(_("核对到何时为止"), _("每一条都会通知本人或单位的办理人，到期前提醒。"))


class CloseForm(KeepingForm):
    """The round is over."""


RIGHT, WRONG = "right", "wrong"


class AnswerFields(LineForm):
    """Is the entry right, and what is to be put instead?"""

    right = forms.ChoiceField(
        label=_("这一条对吗"),
        choices=[(RIGHT, _("无误")), (WRONG, _("要更正"))],
        widget=forms.RadioSelect,
    )
    name_zh = forms.CharField(label=_("应写成（单位与印章一致）"), max_length=200, required=False)
    name_en = forms.CharField(label=_("英文写法"), max_length=200, required=False)
    honorific = forms.CharField(label=_("尊称或职称"), max_length=60, required=False)
    wish = forms.CharField(
        label=_("对次序或其他的意见"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def wishes(self) -> dict[str, str] | None:
        """What is wanted instead; None where it is right."""
        said = self.cleaned_data
        if said["right"] == RIGHT:
            return None
        names = ("name_zh", "name_en", "honorific", "wish")
        return {name: str(said.get(name, "")) for name in names}


class AnswerForm(AnswerFields, ActForm):
    """The owner's answer, by the owner or recorded for them with what they wrote."""


class PhoneAnswerForm(AnswerFields, KeyForm):
    """The same by a personal link, with a key that the link makes its own."""

    key = KeyField(widget=forms.HiddenInput, max_length=75)


class SettleForm(KeepingForm):
    """What the office makes of a correction."""

    taken = forms.ChoiceField(
        label=_("决定"),
        choices=[("yes", _("采纳，按下面的写法和次序列入")), ("no", _("不采纳，按原样列入"))],
        widget=forms.RadioSelect,
    )
    name_zh = forms.CharField(label=_("姓名或单位名称"), max_length=200, required=False)
    name_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    honorific = forms.CharField(label=_("尊称或职称"), max_length=60, required=False)
    order = forms.IntegerField(
        label=_("同一职务内的次序"), min_value=0, max_value=9999, required=False
    )
    reason = forms.CharField(
        label=_("理由（告知本人；不采纳的、对次序有意见的必须写）"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
