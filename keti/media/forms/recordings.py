"""Forms of recordings, speakers and subtitles."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.groups.doors import Door, KeepingForm
from keti.media.actions import Footage
from keti.media.rules.cues import MOST_BYTES

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NONE = ("", "—")


class MediaForm(KeepingForm):
    """A form of this room: it loses nothing when it is refused."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        self.keeper, self.moment = door.person, door.now

    def said(self) -> dict[str, Any]:
        """What was typed, without the key and the files."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "key" and not isinstance(self.fields[name], forms.FileField)
        }


class RecordingForm(MediaForm):
    """One recording: where it is, how long, what is said in it."""

    title = forms.CharField(label=_("标题"), max_length=200)
    event = forms.CharField(
        label=_("录的是什么场合"), max_length=200, required=False,
        help_text=_("例如：中期会议、发布会上午场。"),
    )  # fmt: skip
    day = forms.DateField(label=_("录制日期"), widget=DAY)
    link = forms.URLField(
        label=_("网址"), required=False, max_length=500, assume_scheme="https",
        help_text=_("直播和长片放在视频平台上，这里只登记网址；本系统不作播放平台。"),
    )  # fmt: skip
    outlet = forms.CharField(label=_("放在哪个平台"), max_length=120, required=False)
    file = forms.FileField(
        label=_("文件（mp4、webm、mp3、m4a）"), required=False,
        help_text=_("有短片可以直接存放，便于对着画面做字幕。网址和文件至少有一样。"),
    )  # fmt: skip
    minutes = forms.DecimalField(
        label=_("时长（分钟）"), required=False, min_value=0, max_value=6000, decimal_places=2
    )
    transcript = forms.CharField(
        label=_("文字稿"), required=False, max_length=400_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )  # fmt: skip

    def footage(self) -> Footage:
        """What was typed, as the act takes it."""
        said = self.said()
        minutes = said.pop("minutes")
        return Footage(seconds=None if minutes is None else round(minutes * 60), **said)


class ReasonForm(MediaForm):
    """Why something is withdrawn."""

    reason = forms.CharField(label=_("原因"), max_length=300)


class SpeakerForm(MediaForm):
    """Who is seen or heard."""

    person = forms.ChoiceField(label=_("课题中的人"), required=False)
    name = forms.CharField(
        label=_("或者外来嘉宾的姓名"), required=False, max_length=60,
        help_text=_("不在课题中任职的人填在这里；同意凭本人签字的材料登记。"),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["person"]).choices = [NONE, *people]


class SubtitlesForm(MediaForm):
    """Subtitles as text, with the version they were made from."""

    blames: ClassVar[dict[str, str]] = {}
    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    cues = forms.CharField(
        label=_("字幕"), max_length=2 * MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false", "class": "mono"}),
        help_text=_("WebVTT 或 SRT 文本：一条字幕一段，中间空一行，先写起止时间，再写文字。"),
    )  # fmt: skip


class ImportForm(MediaForm):
    """A file of subtitles somebody made elsewhere."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    file = forms.FileField(label=_("字幕文件（srt、vtt）"))


class ShiftForm(MediaForm):
    """By how much cues move, and from which on."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seconds = forms.DecimalField(
        label=_("平移多少秒"), max_digits=8, decimal_places=3,
        help_text=_("晚一点写正数，早一点写负数，如 -1.5。"),
    )  # fmt: skip
    first = forms.IntegerField(label=_("从第几条起"), min_value=1, initial=1)


class ReviewForm(MediaForm):
    """That somebody read the subtitles against the recording."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    note = forms.CharField(label=_("说明"), required=False, max_length=300)
