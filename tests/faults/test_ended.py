"""Ctrl+C in the first moments: the house answers before everything beside it runs."""

import threading
import time

import pytest

from keti import watching
from keti.server.supervise import Supervisor


class _Ended(Supervisor):
    """Asked to end at the moment it would begin to look after its children."""

    def run(self) -> int:
        raise KeyboardInterrupt


@pytest.mark.parametrize("moment", range(1, 6))
def test_asked_to_end_at_any_moment_of_its_start_it_ends(moment, monkeypatch):
    """At the start of each of its four threads, and after the last of them."""
    begun, start = [], threading.Thread.start

    def keep(is_serving):
        while is_serving():
            time.sleep(0.01)

    def counted(self):
        begun.append(self)
        if len(begun) == moment:
            raise KeyboardInterrupt
        start(self)

    monkeypatch.setattr("keti.jobs.actions.keep", keep)
    monkeypatch.setattr(watching, "_say_when_ready", lambda *_: None)
    monkeypatch.setattr(watching, "_ticking", lambda *_: None)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    supervisor, ended = _Ended([]), []
    outer = threading.Thread(
        target=lambda: ended.append(watching.watched(supervisor, ("127.0.0.1", 1, "/"))),
        daemon=True,
    )
    start_outer = start
    monkeypatch.setattr(threading.Thread, "start", counted)
    start_outer(outer)
    outer.join(5)
    assert (ended, supervisor.running) == ([0], False)
