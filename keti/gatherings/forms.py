"""What is typed of gatherings, their parts, guests and signers."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.gatherings.enums import Kind, Reply
from keti.groups.doors import KeepingForm

NONE = ("", "—")


def _moment(label: Any, help_text: Any = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


def _line(label: Any, most: int, *, needed: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=needed, help_text=help_text)


class ArrangeForm(KeepingForm):
    """A gathering that is to be prepared."""

    kind = forms.ChoiceField(label=_("种类"), choices=Kind.choices)
    title_zh = _line(_("名称"), 120)
    title_en = _line(_("英文名称"), 120, needed=False)
    place = _line(_("地点"), 120)
    begins_at = _moment(_("开始时间"))
    ends_at = _moment(_("结束时间"))
    promise = forms.ChoiceField(
        label=_("兑现哪项承诺"), required=False, help_text=_("举行以后，材料会记为这项承诺的佐证。")
    )

    def __init__(self, *args: Any, promises: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["promise"]).choices = [NONE, *promises]


class MoveForm(KeepingForm):
    """Another time or place; the parts move along."""

    begins_at = _moment(_("开始时间"))
    place = _line(_("地点"), 120)
    reason = _line(_("理由"), 300)


class CallOffForm(KeepingForm):
    """It does not take place."""

    reason = _line(_("取消的理由（公开）"), 300)


class AnnounceForm(KeepingForm):
    """The public may read of it."""


class ConcludeForm(KeepingForm):
    """It took place."""

    present = forms.IntegerField(label=_("到场人数"), min_value=0, max_value=10_000_000)
    link = forms.URLField(label=_("网址"), required=False, max_length=500, assume_scheme="https")
    file = forms.FileField(label=_("照片、签到表等"), required=False)


class SlotForm(KeepingForm):
    """One part of the programme."""

    begins_at = _moment(_("开始时间"))
    minutes = forms.IntegerField(label=_("时长（分钟）"), min_value=1, max_value=1440)
    title_zh = _line(_("议程"), 200)
    title_en = _line(_("英文议程"), 200, needed=False)
    speaker = forms.ChoiceField(
        label=_("讲者"), required=False, help_text=_("本人同意后，公开的议程才写姓名。")
    )
    cue = _line(_("现场提示"), 300, needed=False, help_text=_("只印在流程单上。"))
    minder = _line(_("现场负责人"), 80, needed=False)
    shown = forms.BooleanField(label=_("列入公开的议程"), required=False, initial=True)

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["speaker"]).choices = [NONE, *people]


class InviteForm(KeepingForm):
    """A guest."""

    name = _line(_("姓名"), 60)
    unit = _line(_("单位"), 120, needed=False)
    office = _line(_("职务"), 80, needed=False)
    place = _line(_("座位"), 40, needed=False)


class ReplyForm(KeepingForm):
    """Whether a guest comes."""

    reply = forms.ChoiceField(label=_("回复"), choices=Reply.choices)


class SignerForm(KeepingForm):
    """Who signs which paper."""

    paper = _line(_("文件"), 120)
    party = _line(_("签署方"), 120)
    signatory = _line(_("签署人"), 60, needed=False)
    copies = forms.IntegerField(label=_("应得份数"), min_value=1, max_value=100, initial=1)


class SignedForm(KeepingForm):
    """A party signed."""

    handed = forms.IntegerField(label=_("领走份数"), min_value=0, max_value=100)
    file = forms.FileField(label=_("签署页扫描件"), required=False)


class DropForm(KeepingForm):
    """A part goes."""


class PaperForm(KeepingForm):
    """What the speaker signed."""

    evidence = forms.FileField(label=_("本人签字的材料（扫描件、照片或信件截图）"))
