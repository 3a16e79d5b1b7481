"""Fifty people at their desks while two hundred others send a byte a second, while sixteen long
reports are printed at once; and large uploads.

Everything goes to this machine's own loopback. KETI_PLAYED names a demonstration already played.
`python -m tests.prove.slow_bodies PEOPLE SLOW SECONDS RENDERS` makes it smaller.
"""

import html
import http.client
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.serving import ROOT, Served, environment, serving

MOST_SECONDS = 1.0
RENDERING = 900
"""Seconds after which a report that is not printed never will be."""
UPLOADS = 4
UPLOAD_BYTES = 50 << 20
MOST_GROWTH = 50 << 20
SLOW_HEAD = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n"
CARRIED = ("csrftoken", "sessionid")


@dataclass(frozen=True, slots=True)
class Size:
    """How many read, how many send slowly, for how long, and how many reports are printed."""

    people: int = 50
    slow: int = 200
    seconds: int = 40
    renders: int = 16


@dataclass
class Person:
    """Somebody of the cast at a browser: cookies, a desk, how long each answer took."""

    site: Served
    cookies: dict[str, str] = field(default_factory=dict)
    desk: str = ""
    took: list[float] = field(default_factory=list)
    failed: int = 0

    def ask(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str]:
        """Status and page; a redirect's page is its address."""
        line = http.client.HTTPConnection(*self.site.place, timeout=120)
        headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        line.request(method, path, body or None, headers | ({"Content-Type": kind} if kind else {}))
        answer = line.getresponse()
        page = answer.read().decode(errors="replace")
        for name, value in answer.getheaders():
            found = re.match(r"\s*(\w+)=([^;]*)", value)
            if name.lower() == "set-cookie" and found and found[1] in CARRIED:
                self.cookies[found[1]] = found[2]
        line.close()
        return answer.status, answer.getheader("Location") or page

    def sign_in(self, number: int) -> None:
        """As one of those whom the demonstration's first page offers."""
        _, page = self.ask("GET", "/demo/")
        forms = re.findall(r'action="/demo/sign-in/"(.*?)</form>', page, re.S)
        offered = [re.findall(r'name="(\w+)" value="([^"]*)"', form) for form in forms]
        seats = [dict([*form, pair]) for form in offered for pair in form if pair[0] == "seat"]
        facts = seats[number * 7 % len(seats)]
        sent = urllib.parse.urlencode({key: html.unescape(one) for key, one in facts.items()})
        _, self.desk = self.ask(
            "POST", "/demo/sign-in/", sent.encode(), "application/x-www-form-urlencoded"
        )

    def read(self, ending: float, chance: random.Random) -> None:
        """Open the desk every few seconds, from a moment of one's own."""
        time.sleep(chance.uniform(0, 10))
        while time.monotonic() < ending:
            began = time.monotonic()
            try:
                status, _ = self.ask("GET", self.desk)
            except OSError:
                status = 0
            self.took.append(time.monotonic() - began)
            self.failed += status != 200
            time.sleep(chance.uniform(5, 15))

    def upload(self) -> None:
        """A file of 50 MB to a duty that is not there: read whole, then refused."""
        part = "--b\r\nContent-Disposition: form-data; name="
        token = f'{part}"csrfmiddlewaretoken"\r\n\r\n{self.cookies["csrftoken"]}\r\n'
        key = f'{part}"key"\r\n\r\n{random.Random(self.desk).getrandbits(99):026x}\r\n'
        head = f'{part}"file"; filename="a.pdf"\r\n\r\n'
        body = (token + key + head).encode() + b"x" * UPLOAD_BYTES + b"\r\n--b--\r\n"
        path = self.desk + "remind/" + "x" * 26 + "/"
        status, _ = self.ask("POST", path, body, "multipart/form-data; boundary=b")
        self.failed += status not in (403, 404)


def together(doing: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=one) for one in doing]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def at(times: list[float], share: float) -> float:
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def reading(people: list[Person], what: str, seconds: float) -> tuple[float, int]:
    """The desks are read for a while; p95 and how many were not answered."""
    for one in people:
        one.took, one.failed = [], 0
    ending = time.monotonic() + seconds
    together([partial(one.read, ending, random.Random(n)) for n, one in enumerate(people)])
    times = [took for one in people for took in one.took]
    failed = sum(one.failed for one in people)
    print(
        f"{what}: {len(times)} desks, p50 {at(times, 0.5):.2f} s, p95 {at(times, 0.95):.2f} s, "
        f"slowest {max(times):.2f} s, {failed} not answered; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return at(times, 0.95), failed


def dripping(site: Served, done: threading.Event, count: int) -> None:
    """Bodies at a byte a second, each begun anew when the server gives it up."""
    lines: list[socket.socket | None] = [None] * count
    while not done.wait(1):
        for number, line in enumerate(lines):
            try:
                if line is None:
                    lines[number] = line = socket.create_connection(site.place, timeout=5)
                    line.sendall(SLOW_HEAD)
                line.sendall(b"x")
            except OSError:
                lines[number] = None
    for line in lines:
        if line is not None:
            line.close()


def asking(site: Served, done: threading.Event, count: list[int]) -> None:
    """One anonymous visitor who asks for nothing but readiness."""
    while not done.is_set():
        Person(site).ask("GET", "/readyz")
        count[0] += 1


def printing(people: list[Person], paths: list[str], done: threading.Event) -> list[float]:
    """Each of these is asked for as a PDF by somebody until it is there; how long that took."""
    took: list[float] = []

    def one(person: Person, path: str) -> None:
        began = time.monotonic()
        status, page = person.ask("GET", path)
        while status != 200 or not page.startswith("%PDF"):
            look = re.search(r'hx-get="([^"]+)"', page)
            while look and "data-lead" not in page and not done.wait(1):
                _, page = person.ask("GET", html.unescape(look[1]))
            if done.wait(1):
                return
            status, page = person.ask("GET", path)
        took.append(time.monotonic() - began)

    threads = [
        threading.Thread(target=one, args=(person, f"{path}pdf/"))
        for person, path in zip(people * len(paths), paths, strict=False)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def readable(people: list[Person], paths: list[str]) -> tuple[list[Person], list[str]]:
    """Of the reports with these versions the one that most may read, and by whom."""
    found: tuple[list[Person], list[str]] = ([], [])
    for report in sorted({path.rpartition("v/")[0] for path in paths}):
        versions = [path for path in paths if path.startswith(report)]
        readers = [one for one in people if one.ask("GET", versions[0])[0] == 200]
        found = max(found, (readers, versions), key=lambda one: len(one[0]))
    return found


def beside_renders(people: list[Person], paths: list[str], seconds: float) -> bool:
    """The desks while all of these are being printed."""
    done, took = threading.Event(), list[float]()
    readers, paths = readable(people, paths)
    if not readers:
        print("nobody of the cast may read the long report")
        return False
    asking = threading.Thread(target=lambda: took.extend(printing(readers, paths, done)))
    asking.start()
    p95, failed = reading(people, f"beside {len(paths)} long reports being printed", seconds)
    there = len(took)
    asking.join(RENDERING)
    done.set()
    asking.join()
    print(
        f"{there} of {len(paths)} printed meanwhile, {len(took)} in the end; "
        f"p50 {at(took or [0], 0.5):.0f} s, slowest {max(took or [0]):.0f} s"
    )
    return p95 < MOST_SECONDS and not failed and len(took) == len(paths)


def resident(site: Served) -> int:
    """Bytes of memory of the serving processes."""
    pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in site.workers()]
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


def prove(site: Served, size: Size, long: list[str]) -> bool:
    people = [Person(site) for _ in range(size.people)]
    for number, one in enumerate(people):
        one.sign_in(number)
    reading(people, "alone", size.seconds)
    done, count = threading.Event(), [0]
    slow = threading.Thread(target=dripping, args=(site, done, size.slow))
    slow.start()
    p95, failed = reading(people, f"beside {size.slow} bodies at a byte a second", size.seconds)
    done.set()
    slow.join()
    beside = beside_renders(people, long, size.seconds) if long else True
    done.clear()
    asked = [threading.Thread(target=asking, args=(site, done, count)) for _ in range(16)]
    for one in asked:
        one.start()
    reading(people, "beside 16 who ask for readiness", size.seconds)
    done.set()
    for one in asked:
        one.join()
    print(f"{count[0] / size.seconds:.0f} answers of readiness a second")
    together([one.upload for one in people[:1]])
    before = resident(site)
    together([one.upload for one in people[:UPLOADS]])
    growth = resident(site) - before
    refused = sum(one.failed for one in people[:UPLOADS])
    print(
        f"{UPLOADS} uploads of {UPLOAD_BYTES >> 20} MB at once: memory grew by "
        f"{growth >> 20} MB, {refused} not received"
    )
    quick = p95 < MOST_SECONDS and not failed and beside
    return quick and not refused and growth < MOST_GROWTH


def long_reports(data: Path, count: int) -> list[str]:
    """Addresses of versions worth printing, in a folder that was played; else none."""
    if not (data / "played").exists():
        return []
    told = subprocess.run(
        [sys.executable, "-m", "tests.prove._long", str(count)],
        env=environment() | {"KETI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "keti.settings"},
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return told.stdout.split()


def main(arguments: list[str]) -> int:
    """0 when the desk stays quick beside slow bodies and uploads do not fill the memory."""
    size = Size(*map(int, arguments))
    with tempfile.TemporaryDirectory() as folder:
        data, log = Path(folder) / "data", Path(folder) / "log"
        if os.environ.get("KETI_PLAYED"):
            shutil.copytree(os.environ["KETI_PLAYED"], data)
        else:
            with serving("demo", data, log):
                print("played")
        long = long_reports(data, size.renders)
        with serving("demo", data, log) as site:
            return 0 if prove(site, size, long) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
