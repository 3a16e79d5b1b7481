"""What is typed of promises: what became of one, what shows it, what a unit was given."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import KeepingForm
from keti.promises.enums import Nature, Outcome, Tier, Unit

NONE = ("", "—")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class SettleForm(KeepingForm):
    """What became of a promise, and why."""

    outcome = forms.ChoiceField(
        label=_("做到了没有"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("理由"),
        help_text=_("“已兑现”可以不写；部分兑现、未兑现、不适用的须写明，公开页上会照登。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=300,
        required=False,
    )


class ExhibitForm(KeepingForm):
    """What shows how far a promise was kept."""

    nature = forms.ChoiceField(
        label=_("种类"), choices=Nature.choices, initial=Nature.ITEM, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("标题"), max_length=200)
    day = _day(_("日期"), _("刊发、拍摄或读数的那一天。"))
    link = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")
    file = forms.FileField(
        label=_("文件（截图、扫描件、导出表）"), required=False,
        help_text=_("网址和文件至少有一样；网页会消失，最好附上截图。"),
    )  # fmt: skip
    outlet = forms.CharField(
        label=_("媒体或渠道"), max_length=120, required=False,
        help_text=_("报道写媒体名称，实测数写平台名称；同一家只算一次。"),
    )  # fmt: skip
    tier = forms.ChoiceField(label=_("媒体类别"), choices=[NONE, *Tier.choices], required=False)
    reprint = forms.BooleanField(label=_("转载（不是原发）"), required=False)
    value = forms.IntegerField(label=_("实测数值"), min_value=0, required=False)
    unit = forms.ChoiceField(
        label=_("单位"), choices=[NONE, *Unit.choices], required=False,
        help_text=_("观看次数不是观看人数：一个人看两次是两次、一人。"),
    )  # fmt: skip
    source = forms.CharField(
        label=_("数从哪里读来"), max_length=200, required=False,
        help_text=_("例如：平台后台 2022-12-01 导出。"),
    )  # fmt: skip


class WithdrawForm(KeepingForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("撤回的原因"), max_length=300)


class GiveForm(KeepingForm):
    """What a unit was given under which promise."""

    kind = forms.ChoiceField(label=_("哪一项承诺"))
    unit = forms.ChoiceField(label=_("哪一家单位"))
    what = forms.CharField(label=_("给了什么"), max_length=200)
    day = _day(_("日期"))
    link = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")
    file = forms.FileField(label=_("文件"), required=False)

    def __init__(
        self,
        *args: Any,
        kinds: Sequence[tuple[str, str]],
        units: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["kind"]).choices = [NONE, *kinds]
        cast(forms.ChoiceField, self.fields["unit"]).choices = [NONE, *units]
