"""One serving process: `python -m keti.server --socket FD --lifeline FD`, started by `keti up`.

It ends when it is told to (SIGTERM), or when its supervisor is no more: the lifeline is a pipe that
nobody writes to, and that ends with the process holding its other end.
"""

import argparse
import logging
import os
import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable
from importlib import import_module

STOP_SECONDS = 4.0
SHARE_SECONDS = 0.0005
"""How long one thread keeps the interpreter while others want it. An act asks its database dozens
of times and hands the interpreter over at each; with Python's own five milliseconds it waits that
long for every busy neighbour each time, and on SQLite everybody who writes waits for the act."""


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="keti.server")
    parser.add_argument("--socket", type=int, required=True)
    parser.add_argument("--lifeline", type=int, required=True)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    return serve(options.socket, options.threads, options.lifeline)


def serve(listening: int, threads: int, lifeline: int) -> int:
    """Serve on this listening socket until told to stop, or until the lifeline ends."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _enough_files()
    sys.setswitchinterval(SHARE_SECONDS)
    application = import_module("keti.wsgi").application
    front = import_module("keti.server.front")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = front.create(application, socket.socket(fileno=listening), threads)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    watch_lifeline(lifeline, server.stop)
    server.run_until_stopped(STOP_SECONDS)
    return 0


def watch_lifeline(lifeline: int, then: Callable[[], None]) -> None:
    """Call `then` once nobody holds the other end of this pipe."""

    def wait() -> None:
        while os.read(lifeline, 1):
            pass
        then()

    threading.Thread(target=wait, daemon=True).start()


def _enough_files() -> None:
    """Every connection is a file, a large body a second one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    raise SystemExit(main())
