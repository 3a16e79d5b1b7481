"""Kinds and states of activities, of places at them, of what is known of a region."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    """What takes place."""

    CHARITY = "charity", _("公益活动")
    SEMINAR = "regional", _("地方研讨")


class ActivityState(models.TextChoices):
    """Where an activity stands."""

    ANNOUNCED = "announced", _("已公布")
    HELD = "held", _("已举办")
    CANCELLED = "cancelled", _("已取消")


class SpotState(models.TextChoices):
    """What a unit said to an invitation."""

    TAKEN = "taken", _("已占名额")
    DECLINED = "declined", _("不参加")
