from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ApplicationState(TextChoices):
    """Life of an application."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审")
    WITHDRAWN = "withdrawn", _("已撤回")
    RESERVE = "reserve", _("候补")
    ADMITTED = "admitted", _("已入选")
    REJECTED = "rejected", _("未入选")


class CheckVerdict(TextChoices):
    """Outcome of one eligibility check."""

    MET = "met", _("符合")
    NOT_MET = "not_met", _("不符合")


class TrackKind(TextChoices):
    """Who applies: a person in their own name, or a unit through its contact."""

    PERSON = "person", _("个人")
    UNIT = "unit", _("单位")


class ImportState(TextChoices):
    """A roster was read and reported on, its good rows are being entered, or were entered."""

    READ = "read", _("已预览，未导入")
    ENTERING = "entering", _("正在导入")
    IMPORTED = "imported", _("已导入")
