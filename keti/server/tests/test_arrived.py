"""The pages learn since when a request was wholly here, however long it waited for a thread."""

import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from keti.kernel import clock
from keti.server import front, supervise
from tests.serving import until

PATIENCE = 60
ASK = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nketi.arrived: 0\r\n\r\n"


class House:
    """A page of one thread that can be held, and what it was told."""

    def __init__(self) -> None:
        self.told: list[float] = []
        self.begun, self.hold = threading.Event(), threading.Event()
        self.listening = supervise.listen("127.0.0.1", 0)
        self.server = front.create(self.page, self.listening, 1)

    def page(self, environ, start_response):
        self.begun.set()
        self.hold.wait(PATIENCE)
        self.told.append(environ[clock.ARRIVED])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    def dial(self) -> socket.socket:
        return socket.create_connection(self.listening.getsockname(), PATIENCE)

    @contextmanager
    def serving(self) -> Iterator[None]:
        thread = threading.Thread(target=self.server.run_until_stopped, args=(PATIENCE,))
        thread.start()
        try:
            yield
        finally:
            self.hold.set()
            self.server.stop()
            thread.join(PATIENCE)
            self.listening.close()


def test_waiting_for_a_thread_does_not_make_a_request_younger():
    house, before = House(), time.monotonic()
    with house.serving(), house.dial() as first:
        first.sendall(ASK)
        assert house.begun.wait(PATIENCE)
        with house.dial() as second:
            second.sendall(ASK)
            until(lambda: house.server.task_dispatcher.queue)
            both_here = time.monotonic()
            house.hold.set()
            assert second.recv(100).startswith(b"HTTP/1.1 200")
        assert first.recv(100).startswith(b"HTTP/1.1 200")
    assert [before < one <= both_here for one in house.told] == [True, True]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux notes when bytes come")
def test_neither_does_waiting_to_be_let_in_nor_to_be_read():
    """Whole requests that came while the process looked at nobody, one begun before on a line that
    was known."""
    house = House()
    house.hold.set()
    with house.dial() as stranger, house.dial() as known, house.serving():
        known.sendall(ASK[:20])
        until(lambda: [one.request for one in list(house.server.active_channels.values())])
        held = threading.Event()
        house.server.maintenance = lambda now: held.wait(PATIENCE)
        house.server.next_channel_cleanup = 0
        house.server.pull_trigger()
        before = time.monotonic()
        known.sendall(ASK[20:])
        stranger.sendall(ASK)
        sent = time.monotonic()
        threading.Event().wait(0.5)
        held.set()
        assert known.recv(100).startswith(b"HTTP/1.1 200")
        assert stranger.recv(100).startswith(b"HTTP/1.1 200")
    slack = 0.05  # the kernel's clock and ours are read one after the other
    assert len(house.told) == 2
    assert all(before - slack < one < sent + slack for one in house.told)


def test_who_comes_while_a_slow_one_is_closed_is_not_closed_in_their_place():
    """A newcomer is given the number of the socket that was just closed, and keeps it."""
    house = House()
    house.hold.set()
    with house.dial() as slow:
        slow.sendall(ASK[:20])
        here = house.server.active_channels
        until(lambda: house.server.look() or [one for one in here.values() if one.request])
        [number] = here
        here[number].began -= 3600
        house.server.next_channel_cleanup = 0
        with house.dial() as first:
            house.server.look()
            assert slow.recv(100) == b""
            with house.dial() as second:
                house.server.look()
                assert len(here) == 2
                for line in (first, second):
                    line.sendall(ASK)
                with house.serving():
                    answers = [line.recv(100)[:12] for line in (first, second)]
    assert answers == [b"HTTP/1.1 200"] * 2


def test_who_comes_is_let_in_while_requests_wait_for_a_thread():
    """What is not let in is received by nobody: a form longer than the kernel's buffer is late."""
    house = House()
    lines = [house.dial() for _ in range(8)]
    with house.serving():
        for line in lines[:4]:
            line.sendall(ASK)
        until(lambda: len(house.server.task_dispatcher.queue) == 3)
        for line in lines[4:]:
            line.sendall(ASK)
        until(lambda: len(house.server.task_dispatcher.queue) == 7)
        house.hold.set()
        assert [line.recv(100)[:12] for line in lines] == [b"HTTP/1.1 200"] * 8
    for line in lines:
        line.close()


@pytest.mark.parametrize(("ahead", "within"), [(3600, 60), (-3600, 0)])
def test_a_clock_on_the_wall_that_is_set_is_not_believed(monkeypatch, ahead, within):
    house, wall = House(), time.time
    house.hold.set()
    with house.dial() as line:
        line.sendall(ASK)
        monkeypatch.setattr(time, "time", lambda: wall() + ahead)
        before = time.monotonic()
        with house.serving():
            assert line.recv(100).startswith(b"HTTP/1.1 200")
    assert before - within - 5 < house.told[0] < time.monotonic()
