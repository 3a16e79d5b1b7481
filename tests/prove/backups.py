"""Backups killed at random instants while somebody writes: none lies half under its final name."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from keti.backups.rules import walk
from tests.serving import ROOT, environment

KILLS = 20
LARGE = 60
"""Megabytes of rows, so that there is something to be killed in."""
WRITING = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
while True:
    rows.execute("UPDATE padding SET n = n + 1")
"""


def main(arguments: list[str]) -> int:
    """Twenty kills, then one that is let live; returns how many left what they must not."""
    with tempfile.TemporaryDirectory(prefix="keti-prove-") as place:
        return _killed(Path(place), int(arguments[0]) if arguments else KILLS)


def _killed(place: Path, kills: int) -> int:
    data, dice, faults, midway = place / "data", random.Random(20), 0, 0
    data.mkdir()
    _run("migrate", "--data", str(data))
    where = str(data / "keti.sqlite3")
    with sqlite3.connect(where) as rows:
        rows.execute("CREATE TABLE padding (n integer, bytes blob)")
        rows.execute("INSERT INTO padding VALUES (0, randomblob(?))", [LARGE << 20])
    writer = subprocess.Popen([sys.executable, "-c", WRITING, where])
    try:
        began = time.monotonic()
        _run("backup", str(place / "timed"), "--data", str(data))
        whole = time.monotonic() - began
        for number in range(kills):
            target = place / f"backup-{number}"
            words = ["backup", str(target), "--data", str(data)]
            child = subprocess.Popen(_command(*words), cwd=ROOT, env=environment())
            time.sleep(dice.uniform(0.2, 1.1) * whole)
            midway += any(one.name.startswith(".") for one in place.iterdir())
            child.send_signal(signal.SIGKILL)
            child.wait()
            faults += target.exists() and not _is_whole(target)
            target.unlink(missing_ok=True)
        _run("backup", str(place / "last"), "--data", str(data))
    finally:
        writer.kill()
        writer.wait()
    left = [one.name for one in place.iterdir() if one.name.startswith(".")]
    print(f"{kills} kills, {midway} of them while it wrote; {faults} half files; left over: {left}")
    return faults + len(left) + (not _is_whole(place / "last"))


def _is_whole(file: Path) -> bool:
    with file.open("rb") as source:
        walk(source)
    return True


def _run(*words: str) -> None:
    subprocess.run(_command(*words), cwd=ROOT, env=environment(), check=True)


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "keti", *words]


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
