from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RollList(TextChoices):
    """The lists of a roll: who judged or advised stands apart from who wrote."""

    UNIT = "unit", _("单位")
    PERSON = "person", _("个人")
    EXPERT = "aside", _("评审与顾问专家")


class EndStep(TextChoices):
    """What is left to do at the end of a programme, by the form of its obligation."""

    CLOSING = "closing", _("结题")
    ROLL = "roll", _("名册")
    PUBLICATION = "publication", _("发布")


class Answered(TextChoices):
    """What became of one entry that was put before its owner."""

    ASKED = "asked", _("待核对")
    CONFIRMED = "confirmed", _("无误")
    CORRECTED = "corrected", _("提出更正")
    TAKEN = "taken", _("更正已采纳")
    DECLINED = "declined", _("更正未采纳")
    SILENT = "silent", _("没有答复")
