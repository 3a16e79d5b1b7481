"""A house of its own to be tried hard: a data folder, a database on disk, the real server."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
SECRET = "0123456789abcdefghijklmnopqrstuv"
STARTING = 300.0
"""Seconds: after a kill a database reads and syncs all it has, on a busy machine for minutes."""


def _tool(name: str) -> Any:
    """A script of tools/ as a module."""
    loader = SourceFileLoader(name.replace("-", "_"), str(ROOT / "tools" / name))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    return module


class Cluster:
    """A private PostgreSQL that syncs what it commits, to be killed and started again."""

    environment: Mapping[str, str] = {}
    """What it is started with, beside what this process has."""
    more = ""
    """More settings for its start."""

    def __init__(self, *words: str) -> None:
        tool = _tool("with-postgres")
        self.where = Path(tempfile.mkdtemp(prefix="keti-pg-", dir="/tmp"))
        self.where.chmod(0o777)
        self.as_nobody, self.bin = tool.as_nobody, tool.binaries()
        self.data = self.where / "data"
        made = [str(self.bin / "initdb"), "-D", str(self.data), "-U", "keti", "-A", "trust"]
        self._run([*made, "-E", "UTF8", "--locale=C.UTF-8", "-N", *words])
        self.start()
        subprocess.run(
            [str(self.bin / "createdb"), "-h", str(self.where), "-U", "keti", "keti"], check=True
        )

    @property
    def url(self) -> str:
        return f"postgresql://keti@/keti?host={self.where}"

    def another(self, name: str) -> str:
        """The address of one more database of this cluster, empty."""
        made = [str(self.bin / "createdb"), "-h", str(self.where), "-U", "keti", name]
        subprocess.run(made, check=True)
        return f"postgresql://keti@/{name}?host={self.where}"

    def _run(self, command: list[str], *, check: bool = True) -> None:
        subprocess.run(
            self.as_nobody(command), check=check, cwd=self.where, stdout=subprocess.DEVNULL,
            env={**os.environ, **self.environment},
        )  # fmt: skip

    def _control(self, *words: str, check: bool = True) -> None:
        base = [str(self.bin / "pg_ctl"), "-D", str(self.data), "-w", "-t", f"{STARTING:.0f}"]
        self._run([*base, "-l", str(self.where / "log"), *words], check=check)

    def start(self) -> None:
        try:
            self._control("-o", f"-k {self.where} -c listen_addresses=''{self.more}", "start")
        except subprocess.CalledProcessError as failed:
            raise RuntimeError((self.where / "log").read_text()[-2000:]) from failed

    def kill(self) -> None:
        """kill -9 of every process of this cluster, by its own pid.

        The first is stopped before its children are listed: it starts no more of them meanwhile.
        The files that name it are taken away with it; a pid waiting to be reaped looks alive.
        """
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        os.kill(first, signal.SIGSTOP)
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in (first, *map(int, children)):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while any(_lives(pid) for pid in (first, *children)):
            time.sleep(0.02)
        for left in (self.data / "postmaster.pid", *self.where.glob(".s.PGSQL.*")):
            left.unlink(missing_ok=True)

    def seconds_used(self) -> float:
        """What of the processors' time the processes of the cluster have taken that live now."""
        first = int((self.data / "postmaster.pid").read_text().split()[0])
        return _seconds_used(_family(first))

    def stop(self) -> None:
        """Shut down, with all of it synced."""
        self._control("-m", "fast", "stop")

    def remove(self) -> None:
        self._control("-m", "immediate", "stop", check=False)
        shutil.rmtree(self.where, ignore_errors=True)


def _lives(pid: int | str) -> bool:
    """Whether a process still runs; one that waits to be reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _family(first: int) -> list[int]:
    """A process and everything it started, from /proc."""
    found, waiting = [], [first]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        try:
            for task in Path(f"/proc/{pid}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
        except OSError:
            continue
    return found


def _seconds_used(pids: list[int]) -> float:
    used = 0
    for pid in pids:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(told[11]) + int(told[12])
    return used / os.sysconf("SC_CLK_TCK")


class Server:
    """The product's own server on a free port of loopback."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder, self.environment = folder, environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def start(self) -> None:
        words = ["up", "--data", str(self.folder), "--port", str(self.port)]
        log = (self.folder / "server.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "keti", *words],
            env=self.environment, stdout=log, stderr=log, cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + STARTING
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise RuntimeError((self.folder / "server.log").read_text()[-2000:])
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2).close()
        except (URLError, OSError):
            return False
        return True

    def family(self) -> list[int]:
        """The process and everything it started, from /proc."""
        return _family(self.process.pid)

    def seconds_used(self) -> float:
        """What of the processors' time the processes of the server have taken that live now."""
        return _seconds_used(self.family())

    def kill(self) -> None:
        """kill -9 of the server and all it started, by their pids."""
        family = self.family()
        for pid in family:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()
        while any(_lives(pid) for pid in family):
            time.sleep(0.02)


@contextmanager
def house(postgres: bool, *words: str) -> Iterator[tuple[Path, Cluster | None]]:
    """A data folder and, where asked, a cluster (its initdb told `words`); Django is set up on them
    in this process."""
    folder = Path(tempfile.mkdtemp(prefix="keti-prove-"))
    cluster = Cluster(*words) if postgres else None
    os.environ["KETI_DATA"] = str(folder)
    os.environ["DATABASE_URL"] = cluster.url if cluster else ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "keti.settings"
    os.environ.pop("KETI_URL", None)
    try:
        yield folder, cluster
    finally:
        if cluster:
            cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)
