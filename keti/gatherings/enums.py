"""Kinds and states of gatherings, of guests and of their replies."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What people are called together for."""

    CONFERENCE = "conference", _("发布大会")
    CEREMONY = "ceremony", _("签约仪式")
    FORUM = "forum", _("论坛")


class State(TextChoices):
    """How far a gathering is."""

    PLANNED = "planned", _("筹备中")
    HELD = "held", _("已举行")
    CALLED_OFF = "called_off", _("已取消")


class Reply(TextChoices):
    """What became of an invitation."""

    INVITED = "invited", _("已邀请")
    COMES = "comes", _("将出席")
    DECLINED = "declined", _("不出席")
    CAME = "came", _("已到场")
