from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AmendmentState(TextChoices):
    """How far a proposed change of the charter has come."""

    PROPOSED = "proposed", _("待批准")
    APPROVED = "approved", _("已批准")
    APPLIED = "applied", _("已生效")
    WITHDRAWN = "withdrawn", _("已撤回")
    REFUSED = "refused", _("未批准")
    STALE = "stale", _("已失效")


class Stance(TextChoices):
    """What an approver says to an amendment."""

    APPROVE = "approve", _("同意")
    REFUSE = "refuse", _("不同意")
