"""Forms of a gate: opening, declaring, giving an opinion, deciding."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.charter.rules.compiled import Outcome
from keti.groups.doors import ActForm
from keti.groups.models import Seat
from keti.reports.doors import AsksPoints

RECORDING = ("on_behalf_of", "happened_at", "evidence")


class GateForm(ActForm):
    """An act at a gate; on behalf only of those who decide there, with the signed paper."""

    def __init__(self, *args: Any, principals: Sequence[Seat] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["on_behalf_of"])
        wanted = {seat.public_id for seat in principals}
        if not principals or self.door.seat.public_id in wanted:
            wanted.add("")
        field.required = all(self.only_for(wanted))
        field.help_text = _("代录须附签字原件的扫描。")
        if not self.door.seat.can("manage"):
            for name in RECORDING:
                del self.fields[name]

    def main(self) -> list[forms.BoundField]:
        """The fields of the act itself."""
        return [one for one in self.visible_fields() if one.name not in RECORDING]

    def recorded(self) -> list[forms.BoundField]:
        """The fields for recording on behalf or late."""
        return [one for one in self.visible_fields() if one.name in RECORDING]


class AskForm(GateForm):
    """Which decision is asked for, and why."""

    asked = forms.ChoiceField(label=_("申请什么"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"),
        help_text=_("写明请求什么、为什么。决定人评审的就是这份申请，提交后不能再改。"),
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["asked"])
        field.choices = list(offered)
        if len(offered) == 1:
            self.initial.setdefault("asked", offered[0][0])


class ConflictForm(GateForm):
    """Has the decider a conflict of interest, or none?"""

    has = forms.ChoiceField(
        label=_("有没有利益冲突"),
        help_text=_("与提交人同单位、有合作或亲属等关系的，应当回避。"),
        choices=[
            ("no", _("没有：与评审对象、提交人及其单位没有利益冲突")),
            ("yes", _("有：我应当回避")),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class VerdictForm(GateForm):
    """An outcome of the gate, and what is said about it."""

    outcome = forms.ChoiceField(label=_("结论"), widget=forms.RadioSelect)
    comment = forms.CharField(
        label=_("意见"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )

    def __init__(self, *args: Any, outcomes: Sequence[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["outcome"])
        field.choices = [(one.key, one.title.in_(self.door.lang)) for one in outcomes]


class OpinionForm(VerdictForm):
    """A decider's own opinion: hidden from the others until the decision."""

    copy = forms.FileField(
        label=_("批注稿"),
        required=False,
        help_text=_(
            "在上面的材料里下载固定版本的 Word，批改后从这里上传。"
            "Word 文件读出批注和修订；其他文件只保存，不读。"
            "不公开姓名时也不提供文件，只显示读出的内容。"
        ),
    )


class WithdrawForm(GateForm):
    """Why an opinion is withdrawn."""

    reason = forms.CharField(label=_("为什么撤回"), max_length=500)


class DecisionForm(AsksPoints, VerdictForm):
    """The decision, with what is to be answered point by point where it returns what was judged;
    where one seat alone decides, together with its declaration."""

    words = "comment"
    clear = forms.BooleanField(
        label=_("决定人与评审对象、提交人及其单位没有利益冲突"), required=False
    )

    def __init__(
        self, *args: Any, declares: bool, returning: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.returning = returning
        self.fields["comment"].label = _("评审结论意见")
        self.order_fields(["clear", "outcome", "comment", "points"])
        if not declares:
            del self.fields["clear"]
        if not returning:
            del self.fields["points"], self.fields["lifted"]

    def asks(self) -> bool:
        """Points are asked for only where the outcome returns what was judged."""
        return self.cleaned_data.get("outcome") in self.returning
