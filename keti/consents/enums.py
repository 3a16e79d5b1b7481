"""What people are asked to agree to, and how they have answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    """What a person agrees to. Each has its wording in `messages` under `consents.to-PURPOSE`."""

    ROLL = "roll", _("名册与署名")
    SUBMISSION = "submission", _("名册报送部委")
    SPEECH = "speech", _("大会议程列名")
    HONOUR = "honour", _("荣誉的公示与查验")
    RECORDING = "recording", _("录音录像在课题内使用")
    BROADCAST = "broadcast", _("影像和采访公开播放")
    ABROAD = "abroad", _("影像在境外平台播放")


class Answer(models.TextChoices):
    """How somebody who is asked has answered."""

    AGREED = "agreed", _("同意")
    WITHDRAWN = "withdrawn", _("已撤回")
    NONE = "none", _("未答复")
