"""A process that goes on from this one: what is loaded already is shared, not loaded again."""

import gc
import math
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass

LOOK_SECONDS = 0.02


@dataclass(slots=True)
class Forked:
    """The process as the one that stays sees it: asked the same things as one of `subprocess`."""

    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended; None while it lives."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float = math.inf) -> int:
        """How it ended, waited for; raises TimeoutExpired when it lives on."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("forked", timeout)
            time.sleep(LOOK_SECONDS)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


def settle() -> None:
    """Call once before the first `fork`: what is loaded stays where it is, for all who share it.

    Nothing is collected first: the holes it leaves would be written to, and no longer shared.
    """
    gc.freeze()
    gc.enable()


def fork(work: Callable[[], int], let_go: Iterable[int]) -> Forked:
    """Do `work` in a process of its own, which ends with it; it does not hold the files `let_go`.

    Only while this process has one thread and no open connection: neither can be shared.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return Forked(pid)
    code = 1
    try:
        os.setsid()
        for one in let_go:
            os.close(one)
        code = work()
    except BaseException:  # whatever it is, this process must not go on as the other one
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
