"""How many small acts a second the real server takes over HTTP, each synced to the disk.

Every act is one form with a key of its own, in one programme, whose lines follow each other: they
are not spread over several books. The clients run on the same machine and take their share of it;
so they are one thread with bare sockets. What an act costs of the processors' time is told beside
the pace: it hardly moves when others use the machine too.
"""

import os
import selectors
import socket
import time
from argparse import Namespace
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from django.db import connections

from keti.kernel.roles import unsynced
from keti.notify.models import Announcement
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import TOKEN, Day

WANTED = 200
ACT, WARMING = 6, 3.0
"""The deed of a day that is sent (an announcement is noted), and the seconds before it counts."""
DONE = 302


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): whatever was acknowledged stands once, synced and verified. The
    pace is a figure of this machine and of what else it does, no fault."""
    cast = founded()
    cast.at("2030-04-08T09:00")
    faults = [f"not durable: {one}" for one in unsynced()]
    server = Server(folder, dict(os.environ))
    session = cast.qin.client.cookies["sessionid"].value
    connections.close_all()
    server.start()
    try:
        people = [_Line(server.port, session, mine) for mine in range(options.people)]
        warm = _sent(people, Day(cast), WARMING)
        before, own, began = _used(server, cluster), time.process_time(), time.monotonic()
        taken, refused = _sent(people, Day(cast), options.seconds)
        seconds = time.monotonic() - began
        own = time.process_time() - own
        used, held = (now - then for now, then in zip(_used(server, cluster), before, strict=True))
    finally:
        server.kill()
    texts = list(Announcement.objects.values_list("text", flat=True))
    lost = [one for one, _ in warm[0] + taken if texts.count(f"通知 {one}") != 1]
    faults += [f"{len(lost)} acknowledged acts do not stand once"] if lost else []
    waits = sorted(wait for _, wait in taken)
    figures = {
        "database": "postgresql" if cluster else "sqlite", "people": options.people,
        "acts": len(taken), "refused": refused, "seconds": round(seconds, 1),
        "acts a second": round(len(taken) / seconds, 1), "wanted": WANTED,
        "server ms an act": round(used / len(taken) * 1000, 2) if taken else None,
        "database ms an act": round(held / len(taken) * 1000, 2) if taken and cluster else None,
        "client ms an act": round(own / len(taken) * 1000, 2) if taken else None,
        "p50 ms": round(waits[len(waits) // 2] * 1000) if waits else None,
        "p99 ms": round(waits[len(waits) * 99 // 100] * 1000) if waits else None,
        "cores": os.cpu_count(), **load(),
    }  # fmt: skip
    return figures, [*faults, *unverified(cast)]


def _used(server: Server, cluster: Cluster | None) -> tuple[float, float]:
    """What of the processors' time the server took, and the processes of its database."""
    return server.seconds_used(), cluster.seconds_used() if cluster else 0.0


class _Line:
    """One signed-in person with a connection of their own, who sends one form after another."""

    def __init__(self, port: int, session: str, mine: int) -> None:
        self.number, self.sent_at, self.heard = mine * 1_000_000, 0.0, b""
        self.head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: sessionid={session}; csrftoken={TOKEN}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        )
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, day: Day) -> None:
        """The next form, as a browser sends one."""
        self.number += 1
        _who, path, fields = day.deeds(self.number)[ACT]
        body = urlencode({"csrfmiddlewaretoken": TOKEN, "key": token_hex(13), **fields})
        self.heard, self.sent_at = b"", time.monotonic()
        self.socket.sendall(
            f"POST {path} HTTP/1.1\r\n{self.head}{len(body)}\r\n\r\n{body}".encode()
        )

    def status(self) -> int | None:
        """The status of the answer, once it is wholly here. Raises OSError where the line ends."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("the server hung up")
        self.heard += data
        head, met, body = self.heard.partition(b"\r\n\r\n")
        if not met:
            return None
        length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
        return int(head.split(b" ", 2)[1]) if len(body) >= int(length) else None


def _sent(people: list[_Line], day: Day, seconds: float) -> tuple[list[tuple[int, float]], int]:
    """Everybody sends one after another; what was acknowledged with its wait, and how many were
    not. Returns when the last answer is here."""
    taken: list[tuple[int, float]] = []
    refused, until = 0, time.monotonic() + seconds
    with selectors.DefaultSelector() as waiting:
        for one in people:
            one.send(day)
            waiting.register(one.socket, selectors.EVENT_READ, one)
        while waiting.get_map():
            for found, _events in waiting.select(60):
                one, status = found.data, found.data.status()
                if status is None:
                    continue
                now = time.monotonic()
                if status == DONE:
                    taken.append((one.number, now - one.sent_at))
                else:
                    refused += 1
                if now < until:
                    one.send(day)
                else:
                    waiting.unregister(one.socket)
    return taken, refused
