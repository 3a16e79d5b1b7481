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


class UptakeState(TextChoices):
    """What an addressee did with a recommendation, as far as somebody knows."""

    SENT = "sent", _("已报送")
    ACKNOWLEDGED = "acknowledged", _("已收悉")
    UNDER_STUDY = "under_study", _("研究中")
    PARTLY = "partly", _("部分采纳")
    ADOPTED = "adopted", _("已采纳")
    DECLINED = "declined", _("未采纳")
    OVERTAKEN = "overtaken", _("情况已变，不再适用")
    UNKNOWN = "unknown", _("不了解")


class Share(TextChoices):
    """How much of what an addressee did is owed to the recommendation: no more than is known."""

    COINCIDES = "coincides", _("与建议一致，未见说明出处")
    REFERS = "refers", _("文件或讲话提到了本课题")
    CONFIRMED = "confirmed", _("对方书面确认源于本建议")


class Gain(TextChoices):
    """Whether who supplied a case gains by what it tells."""

    UNKNOWN = "unknown", _("不了解")
    YES = "yes", _("有利益")
    NO = "no", _("没有利益")


class Outcome(TextChoices):
    """What somebody found who checked the facts of a case."""

    HOLDS = "holds", _("属实")
    IN_PART = "in_part", _("部分属实")
    FAILS = "fails", _("不属实")


class Stand(TextChoices):
    """What the unit of which a case tells says of it; nothing while it was not answered."""

    APPROVED = "approved", _("认可")
    CHANGES = "changes", _("要求修改")
