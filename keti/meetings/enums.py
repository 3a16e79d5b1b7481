from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from keti.kernel.acts import Text


class MeetingState(TextChoices):
    """Where a meeting and its minutes stand."""

    PLANNED = "planned", pgettext_lazy("state", "已安排")
    RECORDED = "recorded", pgettext_lazy("state", "纪要待确认")
    CONFIRMED = "confirmed", pgettext_lazy("state", "纪要已确认")
    CANCELLED = "cancelled", pgettext_lazy("state", "已取消")


class Mode(TextChoices):
    """How people meet."""

    ROOM = "room", pgettext_lazy("state", "线下")
    ONLINE = "online", pgettext_lazy("state", "线上")
    BOTH = "both", pgettext_lazy("state", "线上线下结合")


class AttendanceKind(TextChoices):
    """In what way a seat attended."""

    INVITED = "invited", pgettext_lazy("state", "未登记")
    PRESENT = "present", pgettext_lazy("state", "出席")
    OBSERVER = "observer", pgettext_lazy("state", "列席")
    EXCUSED = "excused", pgettext_lazy("state", "请假")
    ABSENT = "absent", pgettext_lazy("state", "缺席")


MEETING_WORDS = {
    MeetingState.PLANNED.value: Text("已安排", "Planned"),
    MeetingState.RECORDED.value: Text("纪要待确认", "Minutes to confirm"),
    MeetingState.CONFIRMED.value: Text("纪要已确认", "Minutes confirmed"),
    MeetingState.CANCELLED.value: Text("已取消", "Cancelled"),
}
MEETING_MARKS = {
    MeetingState.PLANNED.value: "none",
    MeetingState.RECORDED.value: "doing",
    MeetingState.CONFIRMED.value: "done",
    MeetingState.CANCELLED.value: "waived",
}
MODE_WORDS = {
    Mode.ROOM.value: Text("线下", "In a room"),
    Mode.ONLINE.value: Text("线上", "Online"),
    Mode.BOTH.value: Text("线上线下结合", "Room and online"),
}
ATTENDANCE_WORDS = {
    AttendanceKind.INVITED.value: Text("未登记", "Not recorded"),
    AttendanceKind.PRESENT.value: Text("出席", "Present"),
    AttendanceKind.OBSERVER.value: Text("列席", "Observer"),
    AttendanceKind.EXCUSED.value: Text("请假", "Excused"),
    AttendanceKind.ABSENT.value: Text("缺席", "Absent"),
}
