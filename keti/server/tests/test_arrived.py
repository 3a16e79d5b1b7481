"""The pages learn since when a request was wholly here, however long it waited for a thread."""

import socket
import threading
import time

from keti.kernel import clock
from keti.server import front, supervise

PATIENCE = 60
ASK = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nketi.arrived: 0\r\n\r\n"


def test_waiting_for_a_thread_does_not_make_a_request_younger():
    told: list[float] = []
    begun, hold = threading.Event(), threading.Event()

    def page(environ, start_response):
        begun.set()
        hold.wait(PATIENCE)
        told.append(environ[clock.ARRIVED])
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"ok"]

    listening = supervise.listen("127.0.0.1", 0)
    before = time.monotonic()
    server = front.create(page, listening, 1)
    thread = threading.Thread(target=server.run_until_stopped, args=(PATIENCE,))
    thread.start()
    try:
        with socket.create_connection(listening.getsockname(), PATIENCE) as first:
            first.sendall(ASK)
            assert begun.wait(PATIENCE)
            with socket.create_connection(listening.getsockname(), PATIENCE) as second:
                second.sendall(ASK)
                while not server.task_dispatcher.queue:
                    threading.Event().wait(0.01)
                both_here = time.monotonic()
                hold.set()
                assert second.recv(100).startswith(b"HTTP/1.1 200")
            assert first.recv(100).startswith(b"HTTP/1.1 200")
    finally:
        hold.set()
        server.stop()
        thread.join(PATIENCE)
    assert [before < one <= both_here for one in told] == [True, True]
