"""A process that goes on from another: it ends with its work, and is asked like any other."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from keti.server.forked import fork
from keti.server.supervise import Child, Supervisor
from tests.serving import until


def test_it_ends_as_its_work_says():
    assert fork(lambda: 7, []).wait(10) == 7


def test_a_work_that_fails_ends_the_process_and_nothing_else(capfd):
    def work() -> int:
        raise KeyboardInterrupt

    assert fork(work, []).wait(10) == 1
    assert "KeyboardInterrupt" in capfd.readouterr().err


def test_it_is_asked_to_end_and_waited_for():
    child = fork(lambda: signal.pause() or 0, [])
    assert child.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0)
    child.terminate()
    assert child.wait(10) == -signal.SIGTERM
    child.terminate()  # it is gone; nobody else is meant


def test_it_holds_no_file_that_it_let_go():
    ours, theirs = os.pipe()

    def work() -> int:
        try:
            os.fstat(theirs)
        except OSError:
            return 0
        return 3

    assert fork(work, [theirs]).wait(10) == 0
    os.fstat(theirs)
    for one in (ours, theirs):
        os.close(one)


def test_who_died_is_started_by_its_command(tmp_path):
    """The first goes on from this process; its successor is made from nothing, for by then there
    are threads."""
    told = tmp_path / "told"
    again = f"open({str(told)!r}, 'a').write('anew'); import signal; signal.pause()"

    def work(lifeline: int) -> int:
        told.write_text("here ")
        os.fstat(lifeline)
        return 0

    supervisor = Supervisor([Child("one", [sys.executable, "-c", again], (), work)])
    supervisor.begin()
    [child] = supervisor.children
    first = child.process
    assert first is not None
    assert first.wait(10) == 0
    until(lambda: supervisor._tend(child) and said(told) == "here anew")
    assert child.process is not first
    supervisor.stop()


def said(file: Path) -> str:
    """What was written."""
    return file.read_text()
