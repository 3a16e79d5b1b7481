"""The HTTP server: waitress, which reads whole requests before a thread sees them, made strict.

One loop a process receives requests and sends answers; threads only ever see what is complete, so
a slow visitor costs a file descriptor and no thread. What waitress leaves open is closed here: how
long a request may take, how much it may bring (`limits`), how many connections wait, framing that
two servers could read differently, and an answer that is heard by who is still sending.
"""

import errno
import re
import socket
import time
from contextlib import suppress
from copy import copy
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from keti.server import heard, limits
from keti.server.answers import Answer
from keti.site.policy import FEW_BYTES, MANY_BYTES

FULL = (errno.ENOSPC, errno.EDQUOT)
ARRIVED = "keti.arrived"  # `kernel.clock.ARRIVED`; this process may run without the pages
MEMORY_BYTES = 64 << 10
UNSENT_BYTES = 256 << 20
_ENCODINGS = re.compile(rb"^transfer-encoding[ \t]*:[ \t]*([^\r\n]*?)[ \t]*\r?$", re.I | re.M)


class Parser(HTTPRequestParser):  # type: ignore[misc]
    """One request. Its limits are known when its headers are; a fault becomes a sentence."""

    adj: Any
    completed: bool
    promised = 0
    arrived: float | None = None

    def parse_header(self, header_plus: bytes) -> None:
        """Read the headers; refuse two framings at once; set what the body may have."""
        try:
            super().parse_header(header_plus)
        except ValueError as wrong:
            raise ParsingError("a number or an address in it cannot be read") from wrong
        encodings = [one.lower() for one in _ENCODINGS.findall(header_plus)]
        if encodings and (encodings != [b"chunked"] or self.version != "1.1"):
            raise ParsingError("Transfer-Encoding is not one plain chunked of HTTP/1.1")
        if self.chunked and "CONTENT_LENGTH" in self.headers:
            raise ParsingError("Content-Length and Transfer-Encoding together")
        cookie = self.headers.get("COOKIE", "")
        most = limits.most_bytes(self.path, cookie, chunked=self.chunked)
        self.adj = copy(self.adj)
        self.adj.max_request_body_size = most + 1
        if FEW_BYTES < self.content_length <= most:
            self._promise(self.content_length)

    def _promise(self, size: int) -> None:
        """Room for a large body, or the answer why there is none."""
        status = self.adj.spool.take(size)
        if status:
            self.error = Answer(status)
        else:
            self.promised = size

    def received(self, data: bytes) -> int:
        """Take what came; returns how much of it belongs to this request."""
        try:
            used = int(super().received(data))
        except OSError as failure:
            if failure.errno not in FULL:
                raise
            self.error, used = Answer(507), len(data)
        if self.chunked and self._rambles():
            self.error = Answer(400)
        if self.error:
            if not isinstance(self.error, Answer):
                self.error = Answer(self.error.code)
            self.completed = True
            self.expect_continue = False
        return used

    def _rambles(self) -> bool:
        """A chunk's first line or the trailer that does not end."""
        body = self.body_rcv
        return max(len(body.control_line), len(body.trailer)) > limits.LINE_BYTES

    def release(self) -> None:
        """Give back the room that was promised to the body."""
        size, self.promised = self.promised, 0
        if size:
            self.adj.spool.give_back(size)

    def close(self) -> None:
        """Let go of the body, and of the room it took."""
        self.release()
        super().close()


class Task(WSGITask):  # type: ignore[misc]
    """One request being answered. The pages learn since when it was wholly here: waiting for a
    free thread makes nobody late (decision 0010)."""

    def get_environment(self) -> dict[str, Any]:
        """What the pages are told of the request."""
        told: dict[str, Any] = super().get_environment()
        told[ARRIVED] = self.request.arrived
        return told


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection, with the moment from which its waiting counts."""

    parser_class = Parser
    task_class = Task
    refused = False
    lingering = False
    began = 0.0
    heard = 0.0
    unsent: tuple[float, int] | None = None

    def __init__(self, *args: Any, **more: Any) -> None:
        self.began = time.monotonic()
        super().__init__(*args, **more)

    def recv(self, buffer_size: int) -> bytes:
        """Read what came, and note since when it is here; nothing where the visitor has gone."""
        data, self.heard = heard.read(self.socket, buffer_size)
        if not data:
            self.handle_close()
        return data

    def received(self, data: bytes) -> bool:
        """Requests, as they come in. What follows a refused one is thrown away unread."""
        if self.lingering or self.refused:
            return False
        if self.request is None and not self.requests:
            self.began = time.monotonic()
        before = self.request is not None and self.request.headers_finished
        taken = bool(super().received(data))
        if not before and self.request is not None and self.request.headers_finished:
            self.began = time.monotonic()
        return taken

    def service(self) -> None:
        """Answer one request; the time until the next one counts from here."""
        super().service()
        self.began = time.monotonic()

    def readable(self) -> bool:
        return self.lingering or bool(super().readable())

    def writable(self) -> bool:
        return self.will_close if self.lingering else bool(super().writable())

    def handle_write(self) -> None:
        """Send; after a refusal stop sending, but listen on: a reset would swallow the sentence."""
        if not (self.refused and self.close_when_flushed) or self.lingering:
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self._linger()

    def _linger(self) -> None:
        self.lingering, self.began = True, time.monotonic()
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            self.handle_close()

    def handle_close(self) -> None:
        """Close, and give back the room of what was half received; the rest goes with it."""
        if self.request is not None:
            self.request.release()
        super().handle_close()

    def overdue(self, now: float) -> bool:
        """Whether this connection waited longer than anything ordinary does."""
        waited = now - self.began
        if self.lingering:
            return waited > limits.LINGER_SECONDS
        if self.total_outbufs_len:
            return self._sends_too_slowly(now)
        self.unsent = None
        if self.requests:
            return False
        if self.request is None:
            return waited > limits.IDLE_SECONDS
        if not self.request.headers_finished:
            return waited > limits.HEADER_SECONDS
        return limits.too_slow(waited, self.request.body_bytes_received)

    def _sends_too_slowly(self, now: float) -> bool:
        """An answer that the visitor does not take up."""
        if self.unsent is None:
            self.unsent = (now, self.total_outbufs_len)
        since, size = self.unsent
        return now - since > limits.GRACE_SECONDS + size / limits.BYTES_A_SECOND


class Server(TcpWSGIServer):  # type: ignore[misc]
    """The listening side of one process."""

    channel_class = Channel
    stopping = False
    tidying = False

    def add_task(self, task: Channel) -> None:
        """Hand a complete request to a thread; note before one sees it whether it is refused, and
        when it was here. While requests are answered nothing more of this visitor is read."""
        task.refused = any(one.error for one in task.requests)
        for one in task.requests:
            one.arrived = task.heard if one.arrived is None else one.arrived
        super().add_task(task)

    def maintenance(self, now: float) -> None:
        """Once a second; called in the middle of a look at the sockets, so it only says it is time.

        A line closed here is still on the list of that look; a newcomer let in by it could be given
        the number of the closed one, and be closed in its place.
        """
        self.tidying = True

    def _tidy(self) -> None:
        """Between two looks at the sockets: close what waits too long."""
        here, self.tidying = time.monotonic(), False
        for channel in list(self.active_channels.values()):
            if channel.overdue(here):
                channel.handle_close()

    def look(self) -> None:
        """Look at the sockets once, at most a second, and do what they ask for."""
        wasyncore.loop(timeout=1, map=self._map, use_poll=True, count=1)
        if self.tidying:
            self._tidy()

    def readable(self) -> bool:
        """Accept, however many requests wait for a thread: who is not let in cannot send a whole
        form. Only where every place is taken by a request do newcomers wait outside."""
        accepts = bool(super().readable())
        full = len(self.active_channels) >= limits.CONNECTIONS
        return accepts and (not full or bool(self._waiting()))

    def _waiting(self) -> list[Channel]:
        """Who could give way: nothing of theirs is being answered."""
        here = list(self.active_channels.values())
        return [one for one in here if not one.requests and not one.total_outbufs_len]

    def handle_accept(self) -> None:
        """A newcomer is let in; where all places are taken, who waits longest gives way.

        In this order: the number of a socket closed before could become the newcomer's, and what
        was just heard of the old one would be taken for his.
        """
        super().handle_accept()
        if len(self.active_channels) > limits.CONNECTIONS and (waiting := self._waiting()):
            min(waiting, key=lambda one: one.began).handle_close()

    def stop(self) -> None:
        """Take no newcomer; `run` ends when what was begun is answered, or after some seconds."""
        self.stopping = True
        with suppress(OSError):  # it has ended already
            self.pull_trigger()

    def run_until_stopped(self, patience: float) -> None:
        """Serve; after `stop` answer what is complete already, then close every connection."""
        until = None
        while until is None or (self._at_work() and time.monotonic() < until):
            self.look()
            if self.stopping and until is None:
                until = time.monotonic() + patience
                self.accepting = False
        self.task_dispatcher.shutdown(timeout=1)
        wasyncore.close_all(self._map)

    def _at_work(self) -> bool:
        return any(one.requests or one.total_outbufs_len for one in self.active_channels.values())


def create(application: Any, listening: socket.socket, threads: int) -> Server:
    """A server of this application on a socket that listens already, with its threads started."""
    adjustments = Adjustments(
        sockets=[listening],
        threads=threads,
        connection_limit=10 * limits.CONNECTIONS,
        cleanup_interval=1,
        channel_timeout=limits.BODY_SECONDS,
        max_request_header_size=limits.HEADER_BYTES,
        max_request_body_size=MANY_BYTES + 1,
        inbuf_overflow=MEMORY_BYTES,
        outbuf_high_watermark=UNSENT_BYTES,
        recv_bytes=FEW_BYTES,
        asyncore_use_poll=True,
        log_socket_errors=False,
        clear_untrusted_proxy_headers=False,
        expose_tracebacks=False,
        ident=None,
    )
    adjustments.spool = limits.Spool()
    heard.note(listening)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(threads)
    kind = (listening.family, listening.type, listening.proto, listening.getsockname())
    server = Server(
        application, {}, True, listening, dispatcher, adjustments, sockinfo=kind, bind_socket=False
    )
    return server
