from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RollList(TextChoices):
    """The two lists of a roll."""

    UNIT = "unit", _("单位")
    PERSON = "person", _("个人")


class Step(TextChoices):
    """What is left to do at the end of a programme, by the form of its obligation."""

    CLOSING = "closing", _("结题")
    ROLL = "roll", _("名册")
    PUBLICATION = "publication", _("发布")
