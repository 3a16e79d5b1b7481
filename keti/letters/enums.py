from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OfficeKind(TextChoices):
    """What sort of body an office belongs to."""

    PROVINCIAL = "provincial", _("省级")
    PREFECTURAL = "prefectural", _("地市级")
    MINISTRY = "ministry", _("部委")
    OWN = "own", _("其他")


class ListState(TextChoices):
    """Life of a list of recipients."""

    DRAFT = "draft", _("待批准")
    APPROVED = "approved", _("已批准")
    WITHDRAWN = "withdrawn", _("已撤销")


class MailingState(TextChoices):
    """Life of a letter to a whole list."""

    DRAFT = "draft", _("起草中")
    ISSUED = "issued", _("已签发")
    DROPPED = "dropped", _("未发，已作废")


class Channel(TextChoices):
    """How a piece goes out."""

    POST = "post", _("邮寄")
    MAIL = "mail", _("电子邮件")
    HAND = "hand", _("专人送达")


class PassageKind(TextChoices):
    """One thing that happened to a piece."""

    PRINTED = "printed", _("已打印")
    SENT = "sent", _("已寄出")
    DELIVERED = "delivered", _("已签收")
    RETURNED = "returned", _("已退回")
    RESENT = "resent", _("已重寄")
    ACKNOWLEDGED = "acknowledged", _("已回执")
    CORRECTED = "corrected", _("已更正")


WAITING = "waiting"
WAITING_WORD = _("待打印")


class ContactKind(TextChoices):
    """How somebody was in touch with an office."""

    CALL = "call", _("电话")
    MEETING = "meeting", _("会见")
    VISIT = "visit", _("走访")
    WRITTEN = "in_writing", _("书面")
