"""Forms of what stands on channels."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from keti.media.actions import Posted
from keti.media.forms.recordings import DAY, NONE, MediaForm
from keti.media.models import MediaChannel, Recording


class PostingForm(MediaForm):
    """A recording, or a text, on a channel."""

    channel = forms.ChoiceField(label=_("渠道"))
    recording = forms.ChoiceField(
        label=_("录音录像"), required=False,
        help_text=_("只列审定过的。公开渠道要出镜人同意公开，境外渠道要另外同意境外传播。"),
    )  # fmt: skip
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False,
        help_text=_("发布文字的写标题；录音录像不写的用它自己的标题。"),
    )  # fmt: skip
    link = forms.URLField(label=_("网址"), max_length=500, assume_scheme="https")
    day = forms.DateField(label=_("上线日期"), widget=DAY)
    terms = forms.CharField(
        label=_("授权条件"), max_length=300, required=False,
        help_text=_("按什么条件给这个渠道用：期限、署名、能否改编。"),
    )  # fmt: skip

    def __init__(
        self, *args: Any, channels: Sequence[MediaChannel], films: Sequence[Recording],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        places = [(one.public_id, one.label) for one in channels]
        known = [(one.public_id, one.title) for one in films]
        cast(forms.ChoiceField, self.fields["channel"]).choices = [NONE, *places]
        cast(forms.ChoiceField, self.fields["recording"]).choices = [NONE, *known]

    def posted(self) -> Posted:
        """What was typed, as the act takes it."""
        said = self.said()
        return Posted(**{name: said[name] for name in Posted.__slots__})


class DownForm(MediaForm):
    """Since when it is gone, and why."""

    day = forms.DateField(label=_("撤下日期"), widget=DAY)
    reason = forms.CharField(label=_("撤下的原因"), max_length=300)
