"""A backup is made while others write, put back, examined; what was put back mails nobody."""

import errno
import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import override_settings

from keti.backups.actions import back_up_due, check, make, nightly
from keti.backups.rules import last_backup, unpack
from keti.jobs.models import Job
from keti.kernel import clock
from keti.kernel.held import Held, hold_back
from keti.kernel.refusals import Refused
from keti.ledger.queries.signing import public_key
from keti.reports.tests.conftest import Desk
from tests.cast import Cast
from tests.serving import environment

pytestmark = pytest.mark.django_db
IN_A_FILE = pytest.mark.skipif(connection.vendor != "sqlite", reason="a database in a file")
ROOT = Path(__file__).parents[3]


def keti(*words: str) -> "subprocess.CompletedProcess[str]":
    """A command in a process of its own."""
    command, surroundings = [sys.executable, "-m", "keti", *words], environment()
    return subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings | {"LANG": "C"},
        capture_output=True,
        text=True,
        check=False,
    )


def shown(data: Path) -> dict[str, list[Any]]:
    """What the installation in this folder shows its people."""
    run = "import django; django.setup(); from keti.backups.tests.shown import main; main()"
    more = {"KETI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "keti.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", run],
        cwd=ROOT,
        env=environment() | more,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[Any]] = json.loads(ran.stdout)
    return found


@pytest.fixture
def folder(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: Any) -> Path:
    """The cast as an installation in a folder: its rows, its files, its key."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    settings.KETI_DATA = str(data)
    Desk(cast).file("lu", "佐证.pdf")
    assert all(one.client for one in (cast.qin, cast.lu, cast.fang)), "they have accounts"
    rows: Any = connection.connection
    (data / "keti.sqlite3").write_bytes(rows.serialize())
    (data / "keti.sqlite3").chmod(0o600)
    (data / "secret-key").write_text("a key of the tests, fifty letters long and no secret")
    (data / "secret-key").chmod(0o600)
    with override_settings(KETI_MODE="normal"):
        assert public_key().name  # as the first start makes it
    monkeypatch.setitem(connection.settings_dict, "NAME", str(data / "keti.sqlite3"))
    return data


@IN_A_FILE
def test_what_is_put_back_is_the_same_page_for_page_and_is_held(folder: Path, tmp_path: Path):
    file, back = tmp_path / "one.keti-backup", tmp_path / "back"
    made = make(file)
    assert (file.stat().st_mode & 0o777, made.lacking) == (0o600, [])
    assert [one.name for one in made.manifest.parts if one.name.startswith("files/")] != []
    ran = keti("restore", str(file), "--into", str(back))
    wrong = [one for one in ran.stdout.splitlines() if one.startswith("wrong")]
    assert [one for one in wrong if "fonts" not in one] == [], ran.stdout + ran.stderr
    assert "restored and held" in ran.stdout
    assert (back / "old-texts-are-not-read-yet").exists(), "the next start looks for old texts"
    before, after = shown(folder), shown(back)
    assert len(before) > 30
    assert {one: said[:2] for one, said in after.items()} == {
        one: said[:2] for one, said in before.items()
    }
    assert {said[0] for said in before.values()} >= {200}
    assert [said for said in before.values() if said[2]] == []
    told = {one for one, said in after.items() if said[2]}
    assert {"qin@example.org /me/", "qin@example.org /p/cast/desk/"} <= told
    assert [one for one in told if one.startswith("lu@")] == []
    assert keti("restore", str(file), "--into", str(back)).returncode == 2


@IN_A_FILE
def test_a_damaged_file_and_a_target_that_exists_are_refused_and_nothing_is_left(
    folder: Path, tmp_path: Path
):
    file, back = tmp_path / "one.keti-backup", tmp_path / "back"
    make(file)
    with pytest.raises(Refused) as said:
        make(file)
    assert said.value.code == "backups.exists"
    assert check(file, now=clock.database_instant()).database == "sqlite"
    last = last_backup(folder)
    assert last is not None and last.whole and last.checked is not None
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 4
    file.write_bytes(data)
    ran = keti("backup", str(file), "--check", "--data", str(folder))
    assert (ran.returncode, "damaged" in ran.stderr, "byte" in ran.stderr) == (1, True, True)
    last = last_backup(folder)
    assert last is not None and not last.whole
    ran = keti("restore", str(file), "--into", str(back))
    assert (ran.returncode, "damaged" in ran.stderr, "byte" in ran.stderr) == (1, True, True)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["data", "one.keti-backup"]


@IN_A_FILE
def test_a_full_disk_is_said_and_nothing_is_left(folder: Path, tmp_path: Path, monkeypatch: Any):
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("keti.backups.actions.making.os.fsync", full)
    with pytest.raises(Refused) as said:
        make(tmp_path / "one")
    assert said.value.code == "backups.disk-full"
    assert [one.name for one in tmp_path.iterdir()] == ["data"]
    with pytest.raises(Refused) as said:
        make(tmp_path / "nowhere" / "one")
    assert said.value.code == "backups.no-folder"


@IN_A_FILE
def test_a_killed_backup_leaves_nothing_under_its_name_and_the_next_sweeps(
    folder: Path, tmp_path: Path
):
    """Two here; by `make prove` (`backups`) twenty."""
    for number in range(2):
        target = tmp_path / f"killed-{number}"
        killed_at(folder, target, random.Random(number).uniform(0.1, 1.5))
        assert not target.exists() or check(target, now=clock.database_instant())
    (tmp_path / ".x.keti-backup.999999999.part").write_text("left by the dead")
    make(tmp_path / "whole")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


@IN_A_FILE
def test_rows_are_of_one_instant_while_others_write(folder: Path, tmp_path: Path):
    """A writer moves a sum between two rows; no backup holds one half of a move."""
    where = folder / "keti.sqlite3"
    with sqlite3.connect(where) as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE sums (id integer PRIMARY KEY, n integer)")
        rows.executemany("INSERT INTO sums VALUES (?, ?)", [(1, 1000), (2, 0)])
    writing = (
        "import sqlite3, sys\nc = sqlite3.connect(sys.argv[1], timeout=20)\n"
        "while True:\n with c:\n  c.execute('UPDATE sums SET n = n - 1 WHERE id = 1')\n"
        "  c.execute('UPDATE sums SET n = n + 1 WHERE id = 2')\n"
    )
    child = subprocess.Popen([sys.executable, "-c", writing, str(where)])
    seen = set()
    try:
        time.sleep(0.5)
        for number in range(3):
            make(tmp_path / f"{number}")
    finally:
        child.kill()
        child.wait()
    for number in range(3):
        laid = tmp_path / f"laid-{number}"
        laid.mkdir()
        unpack(tmp_path / f"{number}", laid)
        with sqlite3.connect(f"file:{laid / 'keti.sqlite3'}?immutable=1", uri=True) as copy:
            one, other = (n for (n,) in copy.execute("SELECT n FROM sums ORDER BY id"))
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert one + other == 1000
        seen.add(one)
    assert len(seen) > 1, "nobody wrote meanwhile"


@IN_A_FILE
def test_every_night_one_is_made_checked_and_the_oldest_goes(
    folder: Path, settings: Any, tmp_path: Path
):
    where = tmp_path / "nights"
    where.mkdir()
    assert back_up_due() is False
    settings.KETI_BACKUP_FOLDER, settings.KETI_BACKUP_KEEP = str(where), 2
    for day in ("20000101", "20000102"):
        (where / f"keti-{day}.keti-backup").write_text("older")
    (where / "mine.keti-backup").write_text("not ours")
    assert (back_up_due(), back_up_due()) == (True, False)
    job = Job.objects.get(kind=nightly.KIND)
    assert job.error == ""
    last = last_backup(folder)
    assert last is not None and last.whole
    kept = sorted(one.name for one in where.iterdir())
    assert kept == ["keti-20000102.keti-backup", Path(last.file).name, "mine.keti-backup"]
    hold_back(folder, Held(last.made, last.made))
    Job.objects.filter(kind=nightly.KIND).update(key="yesterday")
    assert back_up_due() is False


def killed_at(data: Path, target: Path, seconds: float) -> None:
    """Begin a backup and kill it after so long."""
    command = [sys.executable, "-m", "keti", "backup", str(target), "--data", str(data)]
    child = subprocess.Popen(command, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    child.send_signal(signal.SIGKILL)
    child.wait()
