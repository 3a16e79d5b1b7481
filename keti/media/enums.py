"""States of recordings, languages and origins of subtitles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
