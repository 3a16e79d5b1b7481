"""Forms of channels, what was read of them, and reports in the media."""

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import Door
from keti.media.actions import ChannelFacts, Read, Report
from keti.media.actions.reach import MOST
from keti.media.enums import REACHES, ChannelKind
from keti.media.forms.recordings import DAY, NONE, MediaForm
from keti.media.models import Clipping, MediaChannel
from keti.promises.enums import Tier

Pairs = Sequence[tuple[str, str]]


def _link(label: Any, help_text: Any = "") -> forms.URLField:
    return forms.URLField(
        label=label, help_text=help_text, required=False, max_length=500, assume_scheme="https"
    )


class PromiseForm(MediaForm):
    """A form of what counts for a promise."""

    promise = forms.ChoiceField(
        label=_("计入哪项承诺"), required=False,
        help_text=_("不选的照常登记，但不计入任何承诺的实测。"),
    )  # fmt: skip

    def __init__(self, *args: Any, door: Door, promises: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, door=door, **kwargs)
        cast(forms.ChoiceField, self.fields["promise"]).choices = [NONE, *promises]


class ClippingForm(PromiseForm):
    """One report of one outlet."""

    outlet = forms.CharField(
        label=_("媒体"), max_length=120, help_text=_("写媒体的全称；同一家媒体请写同一个名称。")
    )
    tier = forms.ChoiceField(label=_("媒体类别"), choices=Tier.choices, initial=Tier.OTHER)
    title = forms.CharField(label=_("标题"), max_length=200)
    day = forms.DateField(label=_("刊发日期"), widget=DAY)
    link = _link(_("网址"))
    place = forms.CharField(
        label=_("版次或期号"), max_length=120, required=False,
        help_text=_("没有网址的报刊、广播，写在哪一版、哪一期、哪一档节目。"),
    )  # fmt: skip
    file = forms.FileField(
        label=_("存档（网页截图、扫描件）"), required=False,
        help_text=_("网页会消失；存档连同它的 SHA-256 一起保存。"),
    )  # fmt: skip
    reprint = forms.BooleanField(label=_("转载（不是原发）"), required=False)
    reprint_of = forms.ChoiceField(label=_("转载自哪一篇"), required=False)
    field_order = ("outlet", "tier", "title", "day", "link", "place", "file", "reprint",
                   "reprint_of", "promise")  # fmt: skip

    def __init__(self, *args: Any, originals: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["reprint_of"]).choices = [NONE, *originals]

    def report(self, first: Clipping | None) -> Report:
        """What was typed, as the act takes it; `first` is what it reprints."""
        said = self.said()
        said.pop("reprint_of")
        return Report(**said, reprint_of=first)


class SheetForm(PromiseForm):
    """A sheet of reports."""

    file = forms.FileField(label=_("表格（xlsx、xls、et、csv）"))
    field_order = ("file", "promise")


class ChannelForm(MediaForm):
    """One channel, and what is claimed of its grade."""

    name = forms.CharField(
        label=_("渠道名称"), max_length=60, help_text=_("平台、频道或账号的名称。")
    )
    column = forms.CharField(label=_("栏目"), max_length=50, required=False)
    kind = forms.ChoiceField(
        label=_("种类"), choices=ChannelKind.choices, initial=ChannelKind.VIDEO
    )
    link = _link(_("网址"))
    abroad = forms.BooleanField(
        label=_("境外渠道"), required=False,
        help_text=_("在境外发布，要出镜人另外同意。"),
    )  # fmt: skip
    grade = forms.CharField(
        label=_("所称的等级"), max_length=120, required=False,
        help_text=_("平台或他人对这一渠道的说法。本系统只照录，不评定。"),
    )  # fmt: skip
    grade_by = forms.CharField(label=_("由谁所称"), max_length=120, required=False)
    grade_day = forms.DateField(label=_("证明的日期"), required=False, widget=DAY)
    grade_link = _link(_("证明的网址"), _("没有文件也没有网址的，页面上写“所称，无证明”。"))
    file = forms.FileField(label=_("证明文件"), required=False)

    def facts(self) -> ChannelFacts:
        """What was typed, as the act takes it."""
        return ChannelFacts(**self.said())


class ReadForm(PromiseForm):
    """What was read of a channel."""

    channel = forms.ChoiceField(label=_("渠道"))
    what = forms.CharField(
        label=_("传播的是什么"), max_length=50, required=False,
        help_text=_("一个渠道上有几样的，写明是哪一样，如：开幕直播、第二期节目。"),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("单位"), choices=[NONE, *((one.value, one.label) for one in REACHES)],
        help_text=_("观看次数不是观看人数：一个人看两次是两次、一人。"),
    )  # fmt: skip
    value = forms.IntegerField(label=_("数值"), min_value=0, max_value=MOST)
    captured_at = forms.DateTimeField(
        label=_("读数时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    source = forms.CharField(
        label=_("数从哪里读来"), max_length=200, help_text=_("例如：平台后台 2022-12-01 导出。")
    )
    file = forms.FileField(label=_("截图或导出表"), required=False)
    evidence = forms.CharField(
        label=_("或者写明凭据"), max_length=300, required=False,
        help_text=_("没有文件时，写明凭什么这样说、谁能证实。"),
    )  # fmt: skip
    field_order: tuple[str, ...] = (
        "channel", "what", "unit", "value", "captured_at", "source", "file", "evidence", "promise",
    )  # fmt: skip

    def __init__(self, *args: Any, channels: Sequence[MediaChannel], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pairs = [(one.public_id, one.label) for one in channels]
        cast(forms.ChoiceField, self.fields["channel"]).choices = [NONE, *pairs]

    def clean_captured_at(self) -> datetime:
        """What was typed is local time of the programme; a stated offset is kept as the moment."""
        value = cast(datetime, self.cleaned_data["captured_at"])
        if isinstance(value.tzinfo, timezone):
            return value
        return value.replace(tzinfo=None).replace(tzinfo=self.door.programme.tz)

    def read(self) -> Read:
        """What was typed, as the act takes it."""
        said = self.said()
        for name in ("channel", "reason"):
            said.pop(name, None)
        return Read(**said)


class CorrectForm(ReadForm):
    """Another reading in place of one, and why."""

    reason = forms.CharField(label=_("更正的原因"), max_length=300)
    field_order = ("reason", *ReadForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, channels=(), **kwargs)
        del self.fields["channel"]
