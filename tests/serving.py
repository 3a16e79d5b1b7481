"""A served installation for the tests: the same command, processes and server as everybody's."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    """The caller's environment without what points at the database and settings of the tests, and
    as installed: what is loaded is compiled once, not anew at each start."""
    ours = {"KETI_DATA", "DJANGO_SETTINGS_MODULE", "DATABASE_URL", "KETI_URL", "KETI_LOOPBACK"}
    ours.add("PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in ours}


@dataclass(frozen=True, slots=True)
class Served:
    """A running installation: its address, its first process, what it says."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", int(self.url.rpartition(":")[2])

    def workers(self) -> list[int]:
        """The process ids of the serving processes."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [
            int(pid)
            for pid in children.read_text().split()
            if b"work" not in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        ]


@contextlib.contextmanager
def serving(
    verb: str,
    data: Path,
    log: Path,
    *,
    before: list[str] | None = None,
    port: int = 0,
    **more: str,
) -> Iterator[Served]:
    """`keti demo` or `keti up` on a free port (or this one), until the block ends.

    `more` goes to its environment, `before` stands before the command.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "keti", verb, "--data", str(data), "--port", str(port)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [*(before or []), *command],
            cwd=ROOT,
            env=environment() | more,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            found = Served(f"http://127.0.0.1:{port}", process, log)
            wait_for(f"{found.url}/healthz", process, log)
            yield found
        finally:
            process.terminate()  # what was started in the background hears no Ctrl+C
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextlib.contextmanager
def served(verb: str, data: Path, log: Path) -> Iterator[str]:
    """The same, giving the address alone."""
    with serving(verb, data, log) as found:
        yield found.url


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    ending = time.monotonic() + PATIENCE
    while time.monotonic() < ending:
        assert process.poll() is None, log.read_text()[-3000:]
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.3)
    raise AssertionError(f"not served within {PATIENCE} s: {log.read_text()[-3000:]}")


def until(condition: Callable[[], object], patience: float = 60) -> object:
    """What the condition gives as soon as it gives something true."""
    ending = time.monotonic() + patience
    while time.monotonic() < ending:
        found = condition()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not true within {patience} s")
