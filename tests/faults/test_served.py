"""The whole installation as it is started by everybody, with something broken under it."""

import contextlib
import os
import re
import runpy
import shutil
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.serving import ROOT, Served, serving, until

pytestmark = pytest.mark.fault

SLOW = b"POST /accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\nx"


class Browser:
    """Cookies, forms, and the status of every answer."""

    def __init__(self, site: Served) -> None:
        self.site = site
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        ).open

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self.site.url + path))

    def post(self, path: str, facts: dict[str, str], form: str = "") -> tuple[int, str]:
        """Open the page of the form, take what it hides, send it."""
        status, page = self.get(form or path)
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        assert hidden, (status, page[-2000:])
        sent = urllib.parse.urlencode(hidden | facts).encode()
        return self._ask(urllib.request.Request(self.site.url + path, sent))

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.open(request, timeout=60) as answer:
                return int(answer.status), answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()


def founder(site: Served) -> dict[str, str]:
    """What the first page asks for, with the token that the terminal shows."""
    token = re.search(r"^([\w-]{24})$", site.log.read_text(), re.MULTILINE)
    assert token
    words = "qingjian-shizhong-2022"
    return {
        "token": token[1],
        "name": "秦秘书（演示）",
        "mail": "qin@example.org",
        "password": words,
    }


def healthy(site: Served) -> bool:
    with contextlib.suppress(OSError):
        return Browser(site).get("/healthz")[0] == 200
    return False


def test_a_died_process_is_started_again_and_all_end_together(tmp_path):
    with serving("up", tmp_path / "data", tmp_path / "log") as site:
        first = set(site.workers())
        assert len(first) == 2
        for pid in first:
            os.kill(pid, signal.SIGKILL)
        until(lambda: len(set(site.workers()) - first) == 2)
        until(lambda: healthy(site))
        second = site.workers()
        site.process.terminate()
        assert site.process.wait(60) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in second)


def test_where_the_first_process_is_killed_the_others_end(tmp_path):
    with serving("up", tmp_path / "data", tmp_path / "log") as site:
        workers = site.workers()
        site.process.kill()
        site.process.wait()
        until(lambda: not any(Path(f"/proc/{pid}/exe").exists() for pid in workers))
        until(lambda: not healthy(site))


def test_two_hundred_slow_bodies_silence_nobody(tmp_path):
    with serving("up", tmp_path / "data", tmp_path / "log") as site, contextlib.ExitStack() as all_:
        slow = [all_.enter_context(socket.create_connection(site.place)) for _ in range(200)]
        for line in slow:
            line.sendall(SLOW)
        for _ in range(10):
            for line in slow:
                line.sendall(b"x")
            assert Browser(site).get("/help/")[0] == 200


OWN_DISKS = (["unshare", "--user", "--map-root-user", "--mount"], ["unshare", "--mount"])


@pytest.fixture
def small_disk(tmp_path: Path) -> list[str]:
    """A command that gives what follows a file system of its own, of 48 MB.

    Needs root, or a kernel that lets everybody have a namespace of their own.
    """
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["sh", "-c", 'mount -t tmpfs -o size=48m tmpfs "$0" && exec "$@"', str(disk)]
    ways = [[*way, *mount] for way in OWN_DISKS]
    able = [way for way in ways if subprocess.run([*way, "true"], check=False).returncode == 0]
    assert able, "no file system can be mounted here, not even in a namespace of one's own"
    return able[0]


def fill(folder: Path) -> Path:
    """Write until nothing more can be written; the file to delete."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for _ in range(8):  # what others give free in the meantime is taken as well
            with contextlib.suppress(OSError):
                while file.write(b"x" * 512):
                    pass
            time.sleep(0.2)
    return ballast


def told_that_the_disk_is_full(answer: tuple[int, str]) -> None:
    status, page = answer
    assert status == 507, page
    assert "磁盘已满" in page
    assert "disk is full" in page


def test_a_full_disk_is_told_and_nothing_is_half_stored(tmp_path, small_disk):
    disk = tmp_path / "disk"
    with serving(
        "up", disk / "data", tmp_path / "log", before=small_disk, TMPDIR=str(disk)
    ) as site:
        inside = Path(f"/proc/{site.process.pid}/root{disk}")
        browser = Browser(site)
        assert browser.get("/readyz") == (200, "ready\n")
        assert browser.post("/start/", founder(site))[0] == 200
        ballast = fill(inside)
        sent = (browser.post("/me/feed/", {}, form="/me/") for _ in range(400))
        told_that_the_disk_is_full(next(one for one in sent if one[0] != 200))
        assert browser.get("/help/")[0] == 200
        until(lambda: browser.get("/readyz") == (503, "disk\n"))
        feed = shown_feed(browser)
        told_that_the_disk_is_full(browser.post("/me/feed/", {}, form="/me/"))
        assert shown_feed(browser) == feed
        ballast.unlink()
        assert browser.post("/me/feed/", {}, form="/me/")[0] == 200
        assert shown_feed(browser) != feed
        for file in (inside / "data").glob("keti.sqlite3*"):
            shutil.copy(file, tmp_path)
        with sqlite3.connect(tmp_path / "keti.sqlite3") as database:
            assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def shown_feed(browser: Browser) -> str:
    """The secret address of the calendar, as the page shows it."""
    found = re.search(r"/cal/([\w-]+)\.ics", browser.get("/me/")[1])
    assert found
    return found[1]


def test_a_restarted_postgresql_costs_the_requests_of_that_moment(tmp_path):
    """While it is away the page says so; the first request afterwards works, in every thread."""
    before = [str(ROOT / "tools" / "with-postgres")]
    with serving("up", tmp_path / "data", tmp_path / "log", before=before) as site:
        control = cluster(site)
        browsers = [Browser(site) for _ in range(12)]
        assert {one.get("/start/")[0] for one in browsers} == {200}
        control("restart")
        assert {one.get("/start/")[0] for one in browsers} == {200}
        control("stop")
        status, page = browsers[0].get("/start/")
        assert status == 503
        assert "数据库暂时连不上" in page
        until(lambda: browsers[0].get("/readyz") == (503, "database\n"))
        assert browsers[0].get("/healthz")[0] == 200
        control("start")
        assert {one.get("/start/")[0] for one in browsers} == {200}
        until(lambda: browsers[0].get("/readyz") == (200, "ready\n"))


def cluster(site: Served):
    """Control of the private cluster that the command was started beside."""
    tool = runpy.run_path(str(ROOT / "tools" / "with-postgres"))
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    pid = next(
        one for one in children.split() if b"keti" in Path(f"/proc/{one}/cmdline").read_bytes()
    )
    url = Path(f"/proc/{pid}/environ").read_bytes()
    where = re.search(rb"DATABASE_URL=postgresql://keti@/keti\?host=([^\0]+)", url)
    assert where
    folder = Path(where[1].decode())
    pg_ctl = [str(tool["binaries"]() / "pg_ctl"), "-D", f"{folder}/data", "-w", "-m", "fast"]

    def control(verb: str) -> None:
        options = ["-o", f"-k {folder} -c listen_addresses=''"] if verb == "start" else []
        command = tool["as_nobody"]([*pg_ctl, "-l", f"{folder}/log", *options, verb])
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL)

    return control
