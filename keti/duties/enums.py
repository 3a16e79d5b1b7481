from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FINDING = "finding"


class DutyState(TextChoices):
    """What became of an obligation."""

    OPEN = "open", _("未办")
    RETURNED = "returned", _("退回修改")
    MET = "met", _("已办")
    WAIVED = "waived", _("免办")
    CANCELLED = "cancelled", _("已取消")


class Nature(TextChoices):
    """Why something is owed: the charter says so, somebody took it on in the run (a task, an
    answer to a finding), or others handed in, proposed or asked and wait for it."""

    CHARTER = "charter", _("方案规定")
    PROMISE = "promise", _("办理中产生")
    RESPONSE = "response", _("等候回应")


class Verb(TextChoices):
    """What is done in answer to others; the form of a response."""

    ACCEPT = "accept", _("接收")
    DECIDE = "decide", _("审核")
    CONFIRM = "confirm", _("确认纪要")
    ANSWER = "answer", _("答复")
    COMMENT = "comment", _("提意见")
    APPROVE = "approve", _("表态")
    JUDGE = "judge", _("作出评审意见")
    OPEN = "open", _("开启")
    VOUCH = "vouch", _("认定")
    APPOINT = "appoint", _("换届")
    ENDORSE = "endorse", _("认可")


class Pool(TextChoices):
    """Who may answer where no single seat does: any one of them; the secretariat stands in for a
    group's leads and for the commissioner."""

    SECRETARIAT = "managers", _("秘书处")
    LEADS = "leads", _("上级组各组长")
    COMMISSIONER = "commissioner", _("委托方")
    WATCHERS = "watchers", _("秘书处或监控员")
    ROLE = "role", _("担任该职务者")


class ClaimState(TextChoices):
    """What became of the moment that somebody claimed for what they did themselves."""

    WAITING = "waiting", _("自报、待确认")
    ACCEPTED = "accepted", _("自报、已确认")
    DECLINED = "declined", _("自报、未予确认")


class DutyStatus(TextChoices):
    """How an obligation looks at one moment: the word beside its mark."""

    DONE = "done", _("已办")
    DOING = "doing", _("办理中")
    SOON = "soon", _("七日内到期")
    OVERDUE = "overdue", _("逾期")
    MISSING = "missing", _("未交")
    RETURNED = "returned", _("退回修改")
    WAIVED = "waived", _("免办")
    AHEAD = "none", _("未到")
