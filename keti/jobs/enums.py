from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """Life of a piece of background work."""

    QUEUED = "queued", _("等待办理")
    RUNNING = "running", _("正在办理")
    DONE = "done", _("已办好")
    FAILED = "failed", _("没有办成")
