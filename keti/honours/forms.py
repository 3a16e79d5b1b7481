"""What is typed for figures, contributions, nominations, awards and stock."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import ActForm, DatedForm, KeepingForm, KeyForm
from keti.honours.enums import InputKind, LineState, PieceKind

WHY = forms.Textarea(attrs={"rows": 3})


class AssessForm(KeyForm):
    """What became of every target of a task book: a choice and a note for each."""

    def __init__(self, *args: Any, targets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = list(targets)
        for number, target in enumerate(self.targets):
            self.fields[f"state_{number}"] = forms.ChoiceField(
                label=target, choices=LineState.choices, widget=forms.RadioSelect
            )
            self.fields[f"note_{number}"] = forms.CharField(
                label=_("依据或原因"), max_length=300, required=False
            )

    def marks(self) -> list[tuple[str, str]]:
        """State and note of each target."""
        said = self.cleaned_data
        return [
            (said[f"state_{number}"], said[f"note_{number}"]) for number in range(len(self.targets))
        ]


class DeclareForm(ActForm):
    """What was put in, how much of it, when, and what proves it."""

    kind = forms.ChoiceField(label=_("类别"), choices=InputKind.choices, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("投入内容"), max_length=200, help_text=_("如：派 2 名研究人员参加调研。")
    )
    amount = forms.IntegerField(label=_("数量"), min_value=1, max_value=10**12)
    measure = forms.CharField(
        label=_("计量单位"), max_length=20, help_text=_("如：人日、台、元（财力只填整数元）。")
    )
    since = forms.DateField(label=_("从"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("到"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label=_("证明材料（票据、合同、考勤、照片）"))
    field_order = ("kind", "what", "amount", "measure", "since", "until", "file")


class ReasonForm(KeepingForm):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=300, widget=WHY)


class RemarkForm(KeepingForm):
    """A remark, if any."""

    reason = forms.CharField(label=_("备注"), max_length=300, required=False, widget=WHY)


class NominateForm(ActForm):
    """Why somebody is put forward."""

    reason = forms.CharField(label=_("提名理由"), max_length=300, widget=WHY)
    field_order = ("reason",)


class CheckForm(KeepingForm):
    """The rules of awards, one by one."""

    fee = forms.BooleanField(
        label=_("向被授予者收取费用（事前、事中或事后，任何名义）"), required=False
    )
    commercial = forms.BooleanField(label=_("与营利机构合办，或委托其办理"), required=False)
    basis = forms.CharField(
        label=_("批准依据（文件名称和文号）"),
        max_length=200,
        required=False,
        help_text=_("参与证明不用填写；其他荣誉必须填写批准文件、日期和机关。"),
    )
    basis_day = forms.DateField(
        label=_("批准日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    authority = forms.CharField(label=_("批准机关"), max_length=120, required=False)


class VoteForm(ActForm):
    """Yes or no."""

    word = forms.ChoiceField(
        label=_("表态"),
        choices=[("yes", _("同意授予")), ("no", _("不同意授予"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("理由"),
        max_length=300,
        required=False,
        help_text=_("不同意的，须写明理由。"),
        widget=WHY,
    )
    field_order = ("word", "text")


class AsideForm(ActForm):
    """Which interest."""

    text = forms.CharField(label=_("利益关系"), max_length=300, widget=WHY)
    field_order = ("text",)


class ObjectForm(ActForm):
    """What is held against it; from whom outside, recorded by the secretariat."""

    text = forms.CharField(label=_("异议和理由"), max_length=300, widget=WHY)
    sender = forms.CharField(
        label=_("来信人（登记外部来信时填写，并上传来信）"), max_length=120, required=False
    )
    field_order = ("text", "sender")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.door.seat.can("manage"):
            self.fields["sender"].widget = forms.HiddenInput()


class AnswerForm(KeepingForm):
    """Upheld or not, and why."""

    objection = forms.CharField(widget=forms.HiddenInput, max_length=26)
    upheld = forms.ChoiceField(
        label=_("处理结果"),
        choices=[("no", _("异议不成立，继续办理")), ("yes", _("异议成立，不授予"))],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("答复"), max_length=2000, widget=WHY)


class ReceiveForm(KeepingForm):
    """What comes into stock."""

    kind = forms.ChoiceField(label=_("种类"), choices=PieceKind.choices, widget=forms.RadioSelect)
    serials = forms.CharField(
        label=_("编号，一行一个"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )


class HandForm(KeepingForm):
    """To whom a piece goes, and who signed for it."""

    nomination = forms.ChoiceField(label=_("移交给"))
    taken_by = forms.CharField(label=_("签收人"), max_length=80)

    def __init__(self, *args: Any, awarded: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["nomination"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(awarded)


class NoteForm(KeepingForm):
    """A word why."""

    note = forms.CharField(label=_("说明"), max_length=300, widget=WHY)


class FindForm(DatedForm):
    """The number of a certificate."""

    number = forms.CharField(label=_("证书编号"), max_length=60)
