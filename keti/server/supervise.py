"""The process that stays: it starts the serving processes and starts a died one again.

Any other process that belongs to a running installation is one more `Child` in the list.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from keti.server.forked import Forked, fork, settle

LOG = logging.getLogger("keti.server")
BACKLOG = 1024
LOOK_SECONDS = 0.2
STOP_SECONDS = 6
YOUNG_SECONDS = 5
LONGEST_WAIT = 30.0
TRIES = 5


@dataclass(slots=True)
class Child:
    """One process that must always run: its name in the log, and its command.

    `{lifeline}` in the command stands for a pipe that ends when the supervisor does; `files` are
    what it inherits besides. `work`, handed the lifeline, does the same out of this process as it
    stands: what is loaded is shared and need not be loaded again. So it is begun the first time
    alone, while there are no threads; who died is started by its command.
    """

    name: str
    command: list[str]
    files: tuple[int, ...] = ()
    work: "Callable[[int], int] | None" = None
    process: "subprocess.Popen[bytes] | Forked | None" = None
    started: float = 0.0
    again_at: float = 0.0
    failed: int = 0


@dataclass(slots=True)
class Supervisor:
    """Starts its children, watches them, ends them. `asked` set ends it, as Ctrl+C does."""

    children: list[Child]
    asked: threading.Event = field(default_factory=threading.Event)
    _pipe: tuple[int, int] = field(default_factory=os.pipe)

    def run(self) -> int:
        """Until it is asked to stop: 0; or until one child cannot be started at all: 1."""
        with self:
            for child in self.children:
                if child.process is None:
                    self._start(child)
            while not self.asked.wait(LOOK_SECONDS):
                if not all(self._tend(child) for child in self.children):
                    return 1
        return 0

    def __enter__(self) -> Self:
        """Whatever goes wrong from here, and Ctrl+C at any moment, ends the children."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_more: object) -> bool:
        if kind is KeyboardInterrupt:
            LOG.info("asked to stop")
        self.stop()
        return kind is KeyboardInterrupt

    @property
    def running(self) -> bool:
        """Whether it was not asked to stop yet."""
        return not self.asked.is_set()

    def begin(self) -> None:
        """Begin, out of this process, those children that have `work`. Only while it has one thread
        and no open connection to the database."""
        settle()
        theirs = {one for child in self.children for one in child.files}
        for child in self.children:
            if child.work is not None:
                child.started = time.monotonic()
                others = (theirs - set(child.files)) | {self._pipe[1]}
                child.process = fork(partial(child.work, self._pipe[0]), others)

    def stop(self) -> None:
        """Ask every child to end what it is doing; kill with its own what does not in time."""
        self.asked.set()
        alive = [one.process for one in self.children if one.process and one.process.poll() is None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + STOP_SECONDS
        for process in alive:
            try:
                process.wait(timeout=max(until - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _start(self, child: Child) -> None:
        lifeline = self._pipe[0]
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            [word.format(lifeline=lifeline) for word in child.command],
            pass_fds=(lifeline, *child.files),
            start_new_session=True,
        )

    def _tend(self, child: Child) -> bool:
        """Start a died child again; False when it dies young time after time."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.again_at:
                self._start(child)
            return True
        code = child.process.poll()
        if code is None:
            return True
        child.process = None
        child.failed = child.failed + 1 if now - child.started < YOUNG_SECONDS else 0
        wait = min(2.0**child.failed - 1, LONGEST_WAIT)
        child.again_at = now + wait
        LOG.error("%s ended (%s); it is started again in %.0f s", child.name, code, wait)
        return child.failed < TRIES


def listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A socket that listens; `shared`: others of this house listen at the same port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server(
        (host, port), family=family, backlog=BACKLOG, reuse_port=shared
    )
    listening.setblocking(False)
    return listening


def listeners(host: str, port: int, count: int) -> list[socket.socket]:
    """One socket for each serving process, all at one port: the system deals out the connections.

    Over a single socket whoever wakes first would take nearly all. This process holds them too, so
    that what came for a process that died waits for its successor.
    """
    first = listen(host, port, shared=True)
    place = first.getsockname()[1]
    return [first, *(listen(host, place, shared=True) for _ in range(count - 1))]


def web(
    listening: list[socket.socket],
    threads: int,
    serve: "Callable[[int, int, int], int] | None" = None,
) -> list[Child]:
    """The serving processes, each over its own listening socket. Where `serve` (socket, threads,
    lifeline) is loaded already, they begin by it."""
    words = [sys.executable, "-m", "keti.server", "--lifeline", "{lifeline}"]
    words += ["--threads", str(threads), "--socket"]
    return [
        Child(
            f"web {number}",
            [*words, str(one.fileno())],
            (one.fileno(),),
            partial(serve, one.fileno(), threads) if serve else None,
        )
        for number, one in enumerate(listening, start=1)
    ]
