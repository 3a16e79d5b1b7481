from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GateState(TextChoices):
    """Where a gate stands."""

    WAITING = "waiting", _("未开始")
    OPEN = "open", _("评审中")
    DECIDED = "decided", _("已决定")


class Effect(TextChoices):
    """What an outcome does: go on, go back, end here, or turn down what was asked for."""

    APPROVE = "approve", _("通过")
    REVISE = "revise", _("退回修改")
    STOP = "stop", _("不予通过")
    REFUSE = "refuse", _("不同意")
    ABSTAIN = "abstain", _("弃权")
