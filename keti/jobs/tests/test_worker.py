"""The real worker in processes of its own: killed, timed out, restarted."""

import contextlib
import fcntl
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60
pytestmark = pytest.mark.fault


class House:
    """One data folder, its migrated database, and processes that work on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "KETI_DATA")
        self.environment = {key: value for key, value in os.environ.items() if key not in ours} | {
            "KETI_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "keti.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.started: list[subprocess.Popen[bytes]] = []

    def run(self, *words: str, **more: str) -> str:
        command = [sys.executable, "-m", *words]
        done = subprocess.run(
            command, env=self.environment | more, capture_output=True, text=True, check=True
        )
        return done.stdout

    def drive(self, *words: str) -> str:
        return self.run("keti.jobs.tests.drive", *words)

    def start(self, idle: str = "0.5", **more: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "keti.jobs.tests.drive", "work", idle]
        process = subprocess.Popen(command, env=self.environment | more, stderr=subprocess.DEVNULL)
        self.started.append(process)
        return process

    def notes(self, key: str) -> list[str]:
        file = self.folder / f"{key}.notes"
        return file.read_text().split() if file.exists() else []

    def go(self, *keys: str) -> None:
        for key in keys:
            (self.folder / f"{key}.go").touch()

    def told(self) -> dict[str, dict[str, object]]:
        return json.loads(self.drive("told"))


def until(condition: Callable[[], bool], patience: float = PATIENCE) -> None:
    ending = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < ending, "it did not come about"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = House(tmp_path_factory.mktemp("house"))
    made.run("django", "migrate", "-v0")
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.wait()


def nobody_works(house: House) -> bool:
    """A worker outlives a killed server until it has been idle for a while."""
    lock = house.folder / "jobs" / "worker-0.lock"
    if not lock.exists():
        return True
    with lock.open("r+") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


@contextlib.contextmanager
def served(house: House):
    """`keti up` on this house, killed without warning at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    command = [sys.executable, "-m", "keti", "up", "--data", str(house.folder), "--port", port]
    with (house.folder / "server.log").open("w") as log:
        process = subprocess.Popen(
            command, env=house.environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def test_the_server_starts_a_worker_for_what_waits_before_and_after_a_kill(tmp_path):
    house = House(tmp_path)
    house.run("django", "migrate", "-v0")
    for round in ("第一份", "第二份"):
        until(lambda: nobody_works(house))
        key = house.drive("paper", round).strip()
        file = tmp_path / "made" / key[:2] / f"{key}.docx"
        assert not file.exists()
        with served(house):
            until(file.exists, patience=240)
            assert file.read_bytes()[:2] == b"PK"


def test_what_a_killed_worker_had_begun_is_done_once_by_the_next(house):
    house.drive("ask", "killed", "behind")
    first = house.start()
    until(lambda: house.notes("killed") == ["begun"])
    first.kill()
    first.wait()
    assert house.told()["killed"]["state"] == "running"
    house.go("killed", "behind")
    assert house.start().wait() == 0
    told = house.told()
    assert house.notes("killed") == ["begun", "begun", "ended"]
    assert house.notes("behind") == ["begun", "ended"]
    assert (told["killed"]["state"], told["killed"]["attempts"]) == ("done", 2)
    assert (told["killed"]["result"], told["behind"]["attempts"]) == ("/killed/", 1)


def test_what_waits_outlives_every_process(house):
    house.go("patient")
    house.drive("ask", "patient")
    assert house.told()["patient"]["state"] == "queued"
    assert house.start().wait() == 0
    assert house.told()["patient"]["state"] == "done"


def test_a_second_worker_finds_the_place_taken_and_ends(house):
    house.drive("ask", "alone")
    first = house.start()
    until(lambda: house.notes("alone") == ["begun"])
    assert house.start(idle="60").wait() == 0
    assert (house.notes("alone"), house.told()["alone"]["state"]) == (["begun"], "running")
    house.go("alone")
    assert first.wait() == 0
    assert house.notes("alone") == ["begun", "ended"]


def test_two_places_work_side_by_side(house):
    house.drive("ask", "left", "right")
    both = [house.start(KETI_WORKERS="2") for _ in range(2)]
    until(lambda: house.notes("left") == ["begun"] and house.notes("right") == ["begun"])
    house.go("left", "right")
    assert [one.wait() for one in both] == [0, 0]
    assert house.notes("left") == house.notes("right") == ["begun", "ended"]


def test_work_without_an_end_is_broken_off_and_says_so(house):
    house.drive("ask", "endless")
    for _ in range(3):
        assert house.start(SECONDS_EACH="1").wait() < 0
    assert house.start(SECONDS_EACH="1").wait() == 0
    told = house.told()["endless"]
    assert house.notes("endless") == ["begun"] * 3
    assert (told["state"], told["error"]) == ("failed", "jobs.broke-off")
