"""What runs beside the serving processes while they serve: minutes, workers, greeting."""

import signal
import threading
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from typing import Any

from keti.kernel.terminal import say

TICK_SECONDS = 60
PATIENCE = 120


def watched(supervisor: Any, greet: tuple[str, int, str]) -> int:
    """Serve until asked to end, by Ctrl+C or SIGTERM at any moment: the serving processes answer
    before all of this stands. `greet` is host, port and the address of the first page. Returns 0,
    or 1 where a serving process cannot be kept up."""
    keep = import_module("keti.jobs.actions").keep
    workers = threading.Thread(target=keep, args=(lambda: supervisor.running,))
    ended = 0
    with supervisor:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        threading.Thread(target=_say_when_ready, args=greet, daemon=True).start()
        for part in ("write", "send"):
            threading.Thread(target=_ticking, args=(supervisor, part), daemon=True).start()
        workers.start()
        ended = int(supervisor.run())
    if workers.ident is not None:
        workers.join()
    return ended


def _say_when_ready(host: str, port: int, url: str) -> None:
    """Ask the server itself, which answers once it really serves; then say where to open it."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    try:
        line = HTTPConnection(near, port, timeout=PATIENCE)
        line.request("GET", "/healthz", headers={"Host": f"127.0.0.1:{port}"})
        answered = line.getresponse().status == HTTPStatus.OK
        line.close()
    except (OSError, HTTPException):
        answered = False
    say("kernel.start-ready" if answered else "kernel.start-silent", url=url)


def _ticking(supervisor: Any, part: str) -> None:
    """Run one part of what is due every minute while it is served; a failure waits for the
    next. Each part has a thread: a mail server that hangs holds up no reminder."""
    run = getattr(import_module("keti.site.tick"), part)
    log = import_module("logging").getLogger("keti.tick")
    close = import_module("django.db").close_old_connections
    while supervisor.running:
        try:
            run()
        except Exception:
            log.exception("tick failed; it is tried again in a minute")
        finally:
            close()
        time.sleep(TICK_SECONDS)
