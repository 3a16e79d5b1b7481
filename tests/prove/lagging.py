"""People act and read while every byte to and from the database is on its way for a while."""

import asyncio
import os
import random
import threading
import time
from argparse import Namespace
from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.db import connections

from keti.ledger.models import Entry
from tests.prove.place import Cluster, Server
from tests.prove.stage import founded, load, unverified
from tests.prove.visitors import Day, Visitor, everybody

EACH_WAY = 0.05
ONE_LINE = {
    "meetings/call": "meetings.meeting.planned",
    "tasks/assign": "work.task.assigned",
    "duties/announce": "duties.announcement.copied",
    "findings/new": "monitoring.finding.raised",
}
"""Deeds that leave one line each time something new is sent, by the end of their address."""
PAGES = ("/p/cast/", "/p/cast/duties/", "/p/cast/meetings/", "/p/cast/ledger/", "/")


class Proxy:
    """A port of loopback that hands everything on to the database's socket, later."""

    def __init__(self, socket: Path, delay: float) -> None:
        self.socket, self.delay, self.carried = socket, delay, 0
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> int:
        """Open the port, and say which it is."""
        self.thread.start()
        self.ready.wait(30)
        return self.port

    def stop(self) -> None:
        """Cut every line that is open, and end."""
        asyncio.run_coroutine_threadsafe(self._cut(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _cut(self) -> None:
        open_still = asyncio.all_tasks() - {asyncio.current_task()}
        for task in open_still:
            task.cancel()
        await asyncio.gather(*open_still, return_exceptions=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        opening = asyncio.start_server(self._meet, "127.0.0.1", 0)
        server = self.loop.run_until_complete(opening)
        self.port = int(server.sockets[0].getsockname()[1])
        self.ready.set()
        self.loop.run_forever()

    async def _meet(self, reader: Any, writer: Any) -> None:
        far_reader, far_writer = await asyncio.open_unix_connection(str(self.socket))
        with suppress(asyncio.CancelledError):
            await asyncio.gather(self._late(reader, far_writer), self._late(far_reader, writer))

    async def _late(self, reader: Any, writer: Any) -> None:
        """Each piece is handed on after the delay; many may be on their way at once."""
        way: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        arriving = asyncio.create_task(self._arrive(way, writer))
        with suppress(OSError):
            while piece := await reader.read(1 << 16):
                self.carried += len(piece)
                way.put_nowait((self.loop.time() + self.delay, piece))
        way.put_nowait((self.loop.time() + self.delay, b""))
        await arriving

    async def _arrive(self, way: Any, writer: Any) -> None:
        with suppress(OSError):
            while True:
                at, piece = await way.get()
                await asyncio.sleep(max(0.0, at - self.loop.time()))
                if not piece:
                    break
                writer.write(piece)
                await writer.drain()
        writer.close()


def run(options: Namespace, folder: Path, cluster: Cluster | None) -> tuple[dict[str, Any], Any]:
    """(figures, what did not hold): pages answer, acts commit once, no 5xx, the ledger verifies."""
    assert cluster, "the slow line is one to PostgreSQL"
    cast = founded()
    cast.at("2030-04-08T09:00")
    proxy = Proxy(cluster.where / ".s.PGSQL.5432", EACH_WAY)
    url = f"postgresql://keti@127.0.0.1:{proxy.start()}/keti"
    server = Server(folder, os.environ | {"DATABASE_URL": url})
    people = [everybody(cast, server.port) for _ in range(options.people)]
    before = Counter(Entry.objects.values_list("kind", flat=True))
    connections.close_all()
    server.start()
    told = Told()
    try:
        live(told, Day(cast), people, options.seconds)
    finally:
        server.kill()
        proxy.stop()
    after = Counter(Entry.objects.values_list("kind", flat=True))
    faults = told.faults() + [
        f"{kind}: {told.acknowledged[kind]} acknowledged, {after[kind] - before[kind]} lines"
        for kind in ONE_LINE.values()
        if told.acknowledged[kind] != after[kind] - before[kind]
    ]
    figures = {"each way": f"{EACH_WAY * 1000:.0f} ms", **told.figures(), **load()}
    return figures | {"carried MB": round(proxy.carried / 1e6, 1)}, faults + unverified(cast)


LONGEST = 6


class Told:
    """What was answered, and after how long."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.began = time.monotonic()
        self.answers: Counter[str] = Counter()
        self.acknowledged: Counter[str] = Counter()
        self.waits: dict[str, list[float]] = {"page": [], "act": []}
        self.longest: list[tuple[float, str, float]] = []

    def faults(self) -> list[str]:
        wrong = {what: n for what, n in self.answers.items() if what.split()[-1][0] not in "234"}
        missing = [what for what, waits in self.waits.items() if not waits]
        return [f"{n} answers {what}" for what, n in wrong.items()] + [
            f"no {what} was answered" for what in missing
        ]

    def figures(self) -> dict[str, Any]:
        said: dict[str, Any] = {"answers": dict(sorted(self.answers.items()))}
        for what, waits in self.waits.items():
            ordered = sorted(waits)
            said[f"{what} p50"] = round(ordered[len(ordered) // 2], 2)
            said[f"{what} p99"] = round(ordered[len(ordered) * 99 // 100], 2)
            said[f"{what} slowest"] = round(ordered[-1], 2)
        said["longest"] = [
            f"{took:.2f} s {name}, begun at {began:.0f} s" for took, name, began in self.longest
        ]
        return said | {"acknowledged": dict(+self.acknowledged)}

    def asked(self, what: str, name: str, ask: Any, where: str = "") -> None:
        """Ask, and keep what came of it; many ask at the same time. `where` is what the longest
        waits are told by."""
        began = time.monotonic()
        try:
            status: int = ask()
            said = str(status)
        except OSError as gone:
            status, said = 0, f"nothing ({gone})"
        took = time.monotonic() - began
        with self.lock:
            self.waits[what].append(took)
            waited = (took, where or name, began - self.began)
            self.longest = sorted([*self.longest, waited], reverse=True)[:LONGEST]
            self.answers[f"{name} {said}"] += 1
            self.acknowledged[name] += what == "act" and status == 302


def live(
    told: Told, day: Day, people: list[dict[str, Visitor]], seconds: float, pause: float = 0.0
) -> None:
    """Everybody acts, sends the same again, and reads a page, over and over; each begins at a
    moment of their own within the pause."""
    numbers, until = count(1), time.monotonic() + seconds

    def living(visitors: dict[str, Visitor]) -> None:
        time.sleep(random.uniform(0, pause))
        while time.monotonic() < until:
            number = next(numbers)
            who, path, fields = day.deeds(number)[number % 10]
            sent = {**fields, "key": token_hex(13)}
            name = "/".join(path.strip("/").split("/")[2:])
            kind = ONE_LINE.get(name)
            send = partial(visitors[who].post, path, sent)
            told.asked("act", kind or "others", send, name)
            if kind:
                told.asked("act", f"{kind} again", send)
            page = PAGES[number % len(PAGES)]
            told.asked("page", page, partial(visitors[who].get, page))
            time.sleep(pause)

    threads = [threading.Thread(target=living, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
