"""States of promises, natures of exhibits, units of what is measured."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """What became of a promise by its due date."""

    KEPT = "kept", _("已兑现")
    PARTLY = "partly", _("部分兑现")
    NOT_KEPT = "not_kept", _("未兑现")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class Nature(models.TextChoices):
    """What an exhibit is."""

    ITEM = "item", _("其他材料")
    CLIPPING = "clipping", _("报道")
    MEASURE = "measure", _("实测数")


class Unit(models.TextChoices):
    """In what something is measured; views are not viewers."""

    VIEWERS = "viewers", _("观看人数")
    VIEWS = "views", _("观看次数")
    READS = "reads", _("阅读次数")
    LIKES = "likes", _("点赞次数")
    SHARES = "shares", _("转发次数")
    PEOPLE = "people", _("到场人数")
    COPIES = "copies", _("份数")
    COUNT = "count", _("件")


class Tier(models.TextChoices):
    """What kind of outlet it is."""

    CENTRAL = "central", _("中央媒体")
    LOCAL = "local", _("地方媒体")
    TRADE = "trade", _("行业媒体")
    FOREIGN = "foreign", _("境外媒体")
    OWN = "own", _("自有平台")
    OTHER = "other", _("其他")
