from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FINDING = "finding"


class DutyState(TextChoices):
    """What became of an obligation."""

    OPEN = "open", _("未办")
    RETURNED = "returned", _("退回修改")
    MET = "met", _("已办")
    WAIVED = "waived", _("免办")
    CANCELLED = "cancelled", _("已取消")


class ClaimState(TextChoices):
    """What became of the moment that somebody claimed for what they did themselves."""

    WAITING = "waiting", _("自报、待确认")
    ACCEPTED = "accepted", _("自报、已确认")
    DECLINED = "declined", _("自报、未予确认")


class Standing(TextChoices):
    """How an obligation looks at one moment: the word beside its mark."""

    DONE = "done", _("已办")
    DOING = "doing", _("办理中")
    SOON = "soon", _("七日内到期")
    OVERDUE = "overdue", _("逾期")
    MISSING = "missing", _("未交")
    RETURNED = "returned", _("退回修改")
    WAIVED = "waived", _("免办")
    AHEAD = "none", _("未到")
