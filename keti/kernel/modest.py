"""A process that asks the system for what others leave over."""

import os
from contextlib import suppress
from pathlib import Path

MODEST, MODEST_SESSION = 15, 10
OF_THE_SESSION = Path("/proc/self/autogroup")


def be_modest() -> None:
    """Pages go first. For work that holds no lock: who is kept waiting holds it all the longer.

    Linux shares a machine out among sessions before it looks at their processes' own wish
    (`sched_autogroup_enabled`): the leader of a session lets the session wish as well.
    """
    with suppress(OSError):
        os.nice(MODEST)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):
            OF_THE_SESSION.write_text(str(MODEST_SESSION))
