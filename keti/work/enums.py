from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from keti.kernel.acts import Text


class TaskBookState(TextChoices):
    """Where a task book stands."""

    DRAFT = "draft", pgettext_lazy("state", "起草中")
    ISSUED = "issued", pgettext_lazy("state", "待签收")
    ACCEPTED = "accepted", pgettext_lazy("state", "已签收")
    DECLINED = "declined", pgettext_lazy("state", "已退回")
    SUPERSEDED = "superseded", pgettext_lazy("state", "已被新版替代")


class TaskState(TextChoices):
    """Where a task stands."""

    OPEN = "open", pgettext_lazy("state", "进行中")
    DONE = "done", pgettext_lazy("state", "已完成")
    DECLINED = "declined", pgettext_lazy("state", "未接受")
    WITHDRAWN = "withdrawn", pgettext_lazy("state", "已撤回")


class SourceKind(TextChoices):
    """What a task came from: the plan of a report, the minutes of a meeting."""

    PLAN = "reports.report", pgettext_lazy("state", "报告计划")
    MINUTES = "meetings.meeting", pgettext_lazy("state", "会议纪要")


BOOK_WORDS = {
    TaskBookState.DRAFT.value: Text("起草中", "Draft"),
    TaskBookState.ISSUED.value: Text("待签收", "To be accepted"),
    TaskBookState.ACCEPTED.value: Text("已签收", "Accepted"),
    TaskBookState.DECLINED.value: Text("已退回", "Declined"),
    TaskBookState.SUPERSEDED.value: Text("已被新版替代", "Superseded"),
}
TASK_WORDS = {
    TaskState.OPEN.value: Text("进行中", "In progress"),
    TaskState.DONE.value: Text("已完成", "Finished"),
    TaskState.DECLINED.value: Text("未接受", "Declined"),
    TaskState.WITHDRAWN.value: Text("已撤回", "Withdrawn"),
}
SOURCE_WORDS = {
    "meeting": (SourceKind.MINUTES.value, Text("会议纪要", "Minutes of a meeting")),
    "plan": (SourceKind.PLAN.value, Text("报告计划", "Plan of a report")),
    "task": ("", Text("单独分派", "Assigned by itself")),
}
MARKS = {
    TaskBookState.DRAFT.value: "none",
    TaskBookState.ISSUED.value: "soon",
    TaskBookState.ACCEPTED.value: "done",
    TaskBookState.DECLINED.value: "returned",
    TaskBookState.SUPERSEDED.value: "waived",
    TaskState.OPEN.value: "doing",
    TaskState.DONE.value: "done",
    TaskState.WITHDRAWN.value: "waived",
}
