from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    """Whether comments are still taken and answered."""

    OPEN = "open", _("征求中")
    CLOSED = "closed", _("已结束")


class Disposition(TextChoices):
    """What became of a comment."""

    WAITING = "", _("待处理")
    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    DECLINED = "declined", _("不采纳")
