from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class LineState(TextChoices):
    """What became of one target of a task book."""

    MET = "met", pgettext_lazy("line", "完成")
    PARTLY = "partly", pgettext_lazy("line", "部分完成")
    NOT = "not", pgettext_lazy("line", "未完成")
    WAIVED = "waived", pgettext_lazy("line", "免除")


class InputKind(TextChoices):
    """What somebody put into the programme."""

    PEOPLE = "people", pgettext_lazy("input", "人力")
    GOODS = "goods", pgettext_lazy("input", "物力")
    MONEY = "money", pgettext_lazy("input", "财力")


class InputState(TextChoices):
    """Where a declared contribution stands."""

    DECLARED = "declared", pgettext_lazy("input", "待核实")
    VERIFIED = "verified", pgettext_lazy("input", "已核实")
    DECLINED = "declined", pgettext_lazy("input", "未予核实")
    WITHDRAWN = "withdrawn", pgettext_lazy("input", "已撤回")


class Stage(TextChoices):
    """Where a nomination stands."""

    NOMINATED = "nominated", pgettext_lazy("stage", "已提名")
    CHECKED = "checked", pgettext_lazy("stage", "待决定")
    APPROVED = "approved", pgettext_lazy("stage", "决定授予")
    NOTICED = "noticed", pgettext_lazy("stage", "公示中")
    AWARDED = "awarded", pgettext_lazy("stage", "已授予")
    DECLINED = "declined", pgettext_lazy("stage", "不授予")
    WITHDRAWN = "withdrawn", pgettext_lazy("stage", "已撤回提名")
    REVOKED = "revoked", pgettext_lazy("stage", "已撤销")


LIVE = (Stage.NOMINATED, Stage.CHECKED, Stage.APPROVED, Stage.NOTICED, Stage.AWARDED)
PUBLIC = (Stage.NOTICED, Stage.AWARDED, Stage.REVOKED)
"""What everybody may know of."""


class Word(TextChoices):
    """What who decides says of a nomination."""

    YES = "yes", pgettext_lazy("vote", "同意")
    NO = "no", pgettext_lazy("vote", "不同意")
    ASIDE = "aside", pgettext_lazy("vote", "回避")


class PieceKind(TextChoices):
    """What is handed over with an honour."""

    BADGE = "badge", pgettext_lazy("piece", "纪念章")
    BANNER = "banner", pgettext_lazy("piece", "旗帜")
    OTHER = "other", pgettext_lazy("piece", "其他")


class PieceState(TextChoices):
    """Where a piece of the stock is."""

    STOCK = "stock", pgettext_lazy("piece", "在库")
    HANDED = "handed", pgettext_lazy("piece", "已移交")
    GONE = "gone", pgettext_lazy("piece", "已核减")
