from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where a node of the research stands; a merged one is read as the node it was merged into."""

    DRAFT = "draft", _("草拟")
    SETTLED = "settled", _("已定稿")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并入")


class Level(TextChoices):
    """On which level of governance something lies."""

    INTERNATIONAL = "international", _("国际")
    GOVERNMENT = "government", _("政府")
    TRADE = "trade", _("行业")
    LOCAL = "local", _("地方")
    COMPANY = "company", _("企业内部")


class Stakeholder(TextChoices):
    """Whose voice something is: from the government to the companies."""

    GOVERNMENT = "government", _("政府部门")
    ASSOCIATION = "association", _("行业组织")
    LARGE = "large", _("大型企业")
    SMALL = "small", _("中小企业")
    ACADEMIA = "academia", _("高校院所")
    USERS = "users", _("用户与公众")
    FOREIGN = "foreign", _("境外机构")


class LinkKind(TextChoices):
    """How one node is tied to another: the first says something of the second."""

    RESTS_ON = "rests_on", _("基于")
    ANSWERS = "answers", _("回应")
    ADDRESSES = "addresses", _("针对")
    PART_OF = "part_of", _("属于")
    ILLUSTRATES = "illustrates", _("例证")
    CONTRADICTS = "contradicts", _("相反")
