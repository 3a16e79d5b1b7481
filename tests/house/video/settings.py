"""The house with one form of work more."""

from keti.kernel.acts import Text
from keti.kernel.forms_of_work import FORMS, FormFacts

FORMS.append(
    FormFacts(
        "video", Text("三分钟视频", "three-minute video"), "视频 短片", ("duties.hand_in_file",),
        hours=12.0, deed="report", paper=True,
    )
)  # fmt: skip

from tests.settings import *  # noqa: E402, F403
from tests.settings import INSTALLED_APPS as APPS  # noqa: E402

INSTALLED_APPS = [*APPS, "tests.house.video"]
