"""States of recordings, languages and origins of subtitles, kinds of channels, units of reach."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keti.promises.enums import Unit


class RecordingState(models.TextChoices):
    """Life of a recording."""

    DRAFT = "draft", _("待审定")
    APPROVED = "approved", _("已审定")
    WITHDRAWN = "withdrawn", _("已撤下")


class Language(models.TextChoices):
    """In what subtitles are."""

    ZH = "zh", _("中文")
    EN = "en", _("英文")


class How(models.TextChoices):
    """How a version of subtitles came to be."""

    IMPORTED = "imported", _("导入")
    EDITED = "edited", _("编辑")
    SHIFTED = "shifted", _("平移时间")


class ChannelKind(models.TextChoices):
    """What a channel is."""

    STREAM = "stream", _("直播平台")
    VIDEO = "video", _("视频平台")
    BROADCAST = "broadcast", _("广播电视")
    SOCIAL = "social", _("社交账号")
    SITE = "site", _("网站")
    OTHER = "other", _("其他")


REACHES = (Unit.VIEWERS, Unit.VIEWS, Unit.READS, Unit.LIKES, Unit.SHARES)
"""In what the reach of a channel is measured, in the words of a promise's target. None of them is
another."""
UNITS = (Unit.COUNT.value, *(one.value for one in REACHES))
"""The units of a target that is counted in this room: outlets that report, and reach."""
