"""What a page costs over HTTP: processor time of the whole house, its children and its database.

Eight visitors ask for the same page at once; the time is that of all processes of the server and,
on PostgreSQL, of the cluster, divided by the answers.
"""

import http.client
import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

VISITORS = 8
SECONDS = 2.5
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """Milliseconds of processor time an answer, answers a second, and how many went wrong."""

    ms: float
    each_second: float
    wrong: int


def children(pid: int) -> list[int]:
    """The process and everything it started."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for one in task.read_text().split():
            found += children(int(one))
    return found


def spent(roots: list[int]) -> float:
    """Seconds of processor time of these processes and all beneath, the ended ones included."""
    total = 0
    for pid in {one for root in roots for one in children(root)}:
        try:
            told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except FileNotFoundError:
            continue
        total += sum(int(told[place]) for place in (11, 12, 13, 14))
    return total / TICKS


@dataclass
class Asking:
    """Eight visitors at once, until told to stop."""

    port: int
    path: str
    cookie: str
    answers: int = 0
    wrong: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def one(self) -> None:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": f"sessionid={self.cookie}"} if self.cookie else {}
        while not self.stop.is_set():
            try:
                line.request("GET", self.path, headers=headers)
                answer = line.getresponse()
                answer.read()
                good = answer.status == 200
            except (OSError, http.client.HTTPException):
                line.close()
                good = False
            with self.lock:
                self.answers += 1
                self.wrong += not good


def cost(port: int, path: str, cookie: str, roots: list[int], seconds: float = SECONDS) -> Cost:
    """What this page costs, once everybody is warm."""
    asking = Asking(port, path, cookie)
    threads = [threading.Thread(target=asking.one) for _ in range(VISITORS)]
    for one in threads:
        one.start()
    time.sleep(seconds / 4)
    before, begun, at = asking.answers, spent(roots), time.monotonic()
    time.sleep(seconds)
    answers, used, took = asking.answers - before, spent(roots) - begun, time.monotonic() - at
    asking.stop.set()
    for one in threads:
        one.join()
    return Cost(used * 1000 / max(answers, 1), answers / took, asking.wrong)
