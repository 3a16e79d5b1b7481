"""The server itself over raw sockets: slow, too much, badly framed, half closed, too many."""

import errno
import re
import shutil
import socket
import threading
from collections import namedtuple
from collections.abc import Iterator

import pytest

from keti.server import front, limits, supervise
from keti.server.answers import Answer
from keti.site.policy import FEW_BYTES, MANY_BYTES
from tests.serving import until

pytestmark = pytest.mark.fault

SIGNED = b"Cookie: a=b; sessionid=" + b"k" * 32 + b"\r\n"
HOST = b"Host: 127.0.0.1\r\n"
PATIENCE = 60
Usage = namedtuple("Usage", "total used free")


class House:
    """A page that says how much it was sent, and the server in front of it."""

    def __init__(self) -> None:
        self.listening = supervise.listen("127.0.0.1", 0)
        self.place = self.listening.getsockname()
        self.seen: list[int] = []
        self.hold = threading.Event()
        self.hold.set()
        self.server = front.create(self.page, self.listening, 2)
        self.thread = threading.Thread(target=self.server.run_until_stopped, args=(PATIENCE,))
        self.thread.start()

    def page(self, environ, start_response):
        self.hold.wait(PATIENCE)
        body = environ["wsgi.input"].read()
        self.seen.append(len(body))
        size = int(environ["QUERY_STRING"] or 0)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x" * size or str(len(body)).encode()]

    def dial(self, sent: bytes = b"") -> socket.socket:
        line = socket.create_connection(self.place, timeout=PATIENCE)
        line.sendall(sent)
        return line

    def ask(self, sent: bytes, *, half: bool = False) -> bytes:
        """Everything that is answered to what is sent, until the server closes."""
        with self.dial(sent) as line:
            if half:
                line.shutdown(socket.SHUT_WR)
            return everything(line)


def everything(line: socket.socket) -> bytes:
    parts = []
    while part := line.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def get(more: bytes = b"", path: bytes = b"/") -> bytes:
    return b"GET " + path + b" HTTP/1.1\r\n" + HOST + more + b"\r\n"


def post(length: object, more: bytes = b"", path: bytes = b"/") -> bytes:
    head = f"Content-Length: {length}\r\n".encode() if length is not None else b""
    return b"POST " + path + b" HTTP/1.1\r\n" + HOST + head + more + b"\r\n"


CLOSE = b"Connection: close\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.fixture
def house() -> Iterator[House]:
    found = House()
    yield found
    found.hold.set()
    found.server.stop()
    found.thread.join(PATIENCE)
    found.listening.close()


def status(answer: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.[01] (\d+) ", answer)]


def closed_unheard(line: socket.socket) -> bool:
    """The server closed this connection without an answer."""
    try:
        return everything(line) == b""
    except ConnectionResetError:
        return True


BAD = {
    "both framings": post(4, CHUNKED) + b"0\r\n\r\n",
    "chunked of HTTP/1.0": b"POST / HTTP/1.0\r\n" + CHUNKED + b"\r\n0\r\n\r\n",
    "chunked twice": post(None, CHUNKED * 2) + b"0\r\n\r\n",
    "chunked among others": post(None, b"Transfer-Encoding: gzip, chunked\r\n") + b"0\r\n\r\n",
    "folded": post(None, b"Transfer-Encoding:\r\n chunked\r\n") + b"0\r\n\r\n",
    "hidden by a blank": post(None, b"Transfer-Encoding : chunked\r\n") + b"0\r\n\r\n",
    "hidden by a tab": post(None, b"Transfer-Encoding: \x0bchunked\r\n") + b"0\r\n\r\n",
    "two lengths": post(4, b"Content-Length: 5\r\n") + b"abcd",
    "length with a sign": post("+4") + b"abcd",
    "length below nothing": post("-4") + b"abcd",
    "length in words": post("four") + b"abcd",
    "length without end": post("9" * 6000),
    "bare line feeds": b"GET / HTTP/1.1\n" + HOST + b"\r\n",
    "a line feed in a header": get(b"X: a\nGET /b HTTP/1.1\r\n"),
    "a header without name": get(b": x\r\n"),
    "a broken address": get(path=b"http://["),
    "a small verb": b"get / HTTP/1.1\r\n" + HOST + b"\r\n",
    "no request at all": b"\x16\x03\x01\x02\x00\r\n\r\n",
    "a chunk that lies": post(None, CHUNKED) + b"2\r\nabcd\r\n0\r\n\r\n",
    "a chunk of no number": post(None, CHUNKED) + b"0x4\r\nabcd\r\n0\r\n\r\n",
    "a chunk line without end": post(None, CHUNKED) + b"1" * 5000,
    "a trailer without end": post(None, CHUNKED) + b"0\r\n" + b"X: y\r\n" * 1000,
}


@pytest.mark.parametrize("name", BAD)
def test_what_two_servers_could_read_differently_is_refused(house, name):
    """Once, with a sentence, and what follows it is never taken for a request."""
    answer = house.ask(BAD[name] + get(CLOSE))
    assert len(status(answer)) == 1
    assert status(answer)[0] in (400, 501)
    assert "没有办理".encode() in answer
    assert b"nothing was done" in answer
    assert house.seen == []


def test_headers_that_are_too_long_are_refused(house):
    assert status(house.ask(get(b"X: " + b"x" * limits.HEADER_BYTES))) == [431]
    assert status(house.ask(get(path=b"/" + b"x" * limits.HEADER_BYTES))) == [431]
    assert house.seen == []


@pytest.mark.parametrize(
    ("who", "path", "most"),
    [(b"", b"/", FEW_BYTES), (SIGNED, b"/", MANY_BYTES), (b"", b"/d/x/", MANY_BYTES),
     (b"Cookie: xsessionid=" + b"k" * 32 + b"\r\n", b"/d", FEW_BYTES)],
)  # fmt: skip
def test_too_much_is_refused_by_its_header_alone(house, who, path, most):
    """Before a byte of it came; and heard, although the visitor goes on sending."""
    answer = house.ask(post(most + 1, who, path), half=True)
    assert status(answer) == [413]
    assert "内容太大".encode() in answer
    with house.dial(post(most + 1, who, path)) as line:
        assert status(line.recv(1 << 16)) == [413]
        for _ in range(64):
            line.sendall(b"x" * (64 << 10))
    assert house.seen == []
    assert house.server.adj.spool.taken == 0


def test_as_much_as_is_allowed_arrives_whole(house):
    assert house.ask(post(FEW_BYTES, CLOSE) + b"x" * FEW_BYTES).endswith(b"\r\n%d" % FEW_BYTES)
    size = 3 << 20
    assert house.ask(post(size, CLOSE + SIGNED) + b"x" * size).endswith(b"\r\n%d" % size)
    assert house.seen == [FEW_BYTES, size]
    until(lambda: house.server.adj.spool.taken == 0)


def test_a_body_without_its_length_is_counted(house):
    chunk = b"%x\r\n" % 1024 + b"x" * 1024 + b"\r\n"
    few = post(None, CHUNKED + CLOSE) + chunk * 10 + b"0\r\n\r\n"
    assert house.ask(few).endswith(b"\r\n10240")
    many = post(None, CHUNKED + SIGNED) + chunk * (FEW_BYTES // 1024 + 9)
    assert status(house.ask(many, half=True)) == [413]
    assert house.seen == [10240]


def test_who_asks_before_sending_is_told(house):
    """`Expect: 100-continue`: go on, or the refusal at once and never a go on."""
    expect = b"Expect: 100-continue\r\n"
    with house.dial(post(4, expect + CLOSE)) as line:
        assert status(line.recv(1 << 16)) == [100]
        line.sendall(b"abcd")
        assert status(everything(line)) == [200]
    assert status(house.ask(post(MANY_BYTES + 1, expect + SIGNED), half=True)) == [413]


def test_requests_in_a_row_are_answered_in_a_row(house):
    answer = house.ask(post(2) + b"ab" + post(3) + b"abc" + get(CLOSE))
    assert status(answer) == [200, 200, 200]
    assert house.seen == [2, 3, 0]


def test_who_has_said_everything_and_listens_is_answered(house):
    assert status(house.ask(get(), half=True)) == [200]


def test_a_large_answer_arrives_whole(house):
    answer = house.ask(get(CLOSE, b"/?5000000"))
    assert len(answer.partition(b"\r\n\r\n")[2]) == 5_000_000


SLOW = {
    "nothing at all": b"",
    "half a header": b"POST / HTTP/1.1\r\nHost: 1",
    "no body": post(1000),
    "half a body": post(1000) + b"x" * 500,
    "half a chunk": post(None, CHUNKED) + b"ff\r\nxx",
    "idle after an answer": get(),
}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same limits, in tenths of seconds."""
    for name in ("HEADER", "IDLE", "GRACE", "LINGER"):
        monkeypatch.setattr(limits, f"{name}_SECONDS", 0.2)


@pytest.mark.parametrize("name", SLOW)
def test_who_stops_sending_is_closed(impatient, house, name):
    with house.dial(SLOW[name]) as line:
        heard = everything(line)
    assert status(heard) in ([], [200])
    until(lambda: not house.server.active_channels)


def test_who_sends_too_slowly_is_closed_though_something_always_comes(impatient, house):
    closed = threading.Event()
    with house.dial(post(100_000)) as line:

        def drip() -> None:
            while not closed.wait(0.02):
                try:
                    line.sendall(b"x")
                except OSError:
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        assert closed_unheard(line)
        closed.set()
        dripping.join(PATIENCE)
    assert house.seen == []


def test_who_does_not_take_up_the_answer_is_closed(impatient, monkeypatch, house):
    monkeypatch.setattr(limits, "BYTES_A_SECOND", 1 << 40)
    with house.dial(get(path=b"/?200000000")):
        until(lambda: house.seen)
        until(lambda: not house.server.active_channels)


def test_slow_ones_cost_no_thread(house):
    """Two threads, a hundred slow bodies, and everybody else is answered."""
    slow = [house.dial(post(1000) + b"x") for _ in range(100)]
    assert [status(house.ask(get(CLOSE))) for _ in range(20)] == [[200]] * 20
    for line in slow:
        line.sendall(b"x")
        line.close()
    assert set(house.seen) == {0}


def test_where_all_places_are_taken_who_waits_longest_gives_way(monkeypatch, house):
    monkeypatch.setattr(limits, "CONNECTIONS", 10)
    waiting = [house.dial(post(1000)) for _ in range(10)]
    until(lambda: len(house.server.active_channels) == 10)
    assert status(house.ask(get(CLOSE))) == [200]
    assert closed_unheard(waiting[0])
    for line in waiting:
        line.close()


def test_who_is_being_answered_never_gives_way(monkeypatch, house):
    monkeypatch.setattr(limits, "CONNECTIONS", 1)
    house.hold.clear()
    with house.dial(get(CLOSE)) as line:
        until(lambda: any(one.requests for one in list(house.server.active_channels.values())))
        with house.dial(get(CLOSE)) as other:
            house.hold.set()
            assert status(everything(line)) == status(everything(other)) == [200]


def test_only_so_many_large_bodies_are_received_at_once(monkeypatch, house):
    size = 1 << 20
    house.server.adj.spool.most = size
    with house.dial(post(size, SIGNED)) as first:
        until(lambda: house.server.adj.spool.taken == size)
        assert status(house.ask(post(size, SIGNED), half=True)) == [503]
        assert status(house.ask(post(4, SIGNED + CLOSE) + b"abcd")) == [200]
        first.close()
    until(lambda: house.server.adj.spool.taken == 0)
    assert status(house.ask(post(size, SIGNED + CLOSE) + b"x" * size)) == [200]


def test_no_large_body_is_begun_on_a_disk_that_is_nearly_full(monkeypatch, house):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1 << 30, 0, limits.DISK_RESERVE))
    answer = house.ask(post(1 << 20, SIGNED), half=True)
    assert status(answer) == [507]
    assert "磁盘已满".encode() in answer


def test_a_disk_that_fills_while_a_body_comes_is_told(monkeypatch, house):
    def full(*anything: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("waitress.receiver.FixedStreamReceiver.received", full)
    assert status(house.ask(post(100) + b"x" * 100)) == [507]
    assert house.seen == []


def test_a_server_that_stops_answers_what_it_has_begun(house):
    house.hold.clear()
    with house.dial(get()) as line, house.dial(post(100)) as half:
        until(lambda: any(one.requests for one in list(house.server.active_channels.values())))
        house.server.stop()
        house.hold.set()
        assert status(everything(line)) == [200]
        assert closed_unheard(half)
    house.thread.join(PATIENCE)
    assert not house.thread.is_alive()


def test_every_answer_of_the_server_speaks_both_languages_and_is_not_stored():
    for code in (400, 413, 431, 500, 501, 503, 507, 599):
        said, headers, page = Answer(code).to_response()
        assert said.startswith(str(code if code != 599 else 500))
        assert dict(headers)["Cache-Control"] == "no-store"
        assert '<p lang="en">' in page.decode()
