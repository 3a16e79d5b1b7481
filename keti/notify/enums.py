from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SEALED = "-sealed"
"""How the kinds of letters end that nobody but the recipient knows of."""


class MessageState(TextChoices):
    """Life of an outbox row."""

    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发出")
    UNCERTAIN = "uncertain", _("不确定")
    FAILED = "failed", _("未送达")
    NO_ADDRESS = "no_address", _("无地址，请当面或电话告知")
