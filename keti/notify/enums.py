from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

SEALED = "-sealed"
"""How the kinds of letters end that nobody but the recipient knows of."""


class DeliveryState(TextChoices):
    """Life of one message on one way to its recipient."""

    WAITING = "waiting", _("待发")
    SENT = "sent", _("已发出")
    UNCERTAIN = "uncertain", _("不确定")
    FAILED = "failed", _("未送达")
    NO_ADDRESS = "no_address", _("无地址，请当面或电话告知")
    RECALLED = "recalled", _("已撤回")


class Way(TextChoices):
    """By which way a message reaches somebody."""

    BOX = "box", _("站内信箱")
    MAIL = "mail", _("邮件")


class DutyWish(TextChoices):
    """How somebody wants to be told what is asked of them."""

    MAIL = "mail", _("立即发邮件")
    BOX = "box", _("只放站内信箱")


class NewsWish(TextChoices):
    """How somebody wants to be told what happened."""

    ONCE = "once", _("立即发邮件")
    DIGEST = "daily", _("每天早上八点汇总成一封")
    BOX = "box", _("只放站内信箱")


class Sort(TextChoices):
    """What a letter is to its reader: it decides when it goes, and whether it goes by mail."""

    NEWS = "news"
    """Something happened."""
    DUTY = "duty"
    """Something is asked of the reader."""
    REMINDER = "reminder"
    """A duty, told by the clock: nobody wrote it, nobody takes it back."""
    PERSONAL = "personal"
    """A code or a link for the reader alone: always by mail, and at once."""
