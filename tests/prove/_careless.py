"""The settings of keti with a database that acknowledges before it syncs, as some installations
are run: the harness of the power cut must find what that loses."""

from keti.settings import *  # noqa: F403
from keti.settings import DATABASES

_OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
if "init_command" in _OPTIONS:
    _OPTIONS["init_command"] = _OPTIONS["init_command"].replace(
        "synchronous=FULL", "synchronous=NORMAL"
    )
