"""The sweep removes what nothing refers to, and nothing else, also while files are uploaded."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import transaction

from keti.documents.actions import (
    Upload,
    keep_upload,
    mend_modes,
    missing,
    nothing_left_behind,
    open_to_others,
    orphans,
    path_of,
    set_aside,
    sweep,
    sweep_hourly,
)
from keti.documents.models import StoredFile
from keti.duties.tests.test_keeping import PNG, keep
from keti.kernel.refusals import Refused
from keti.ledger import actions as ledger
from keti.site.doctor import examine
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def lay(sha: str, hours: float, data: bytes = b"orphan") -> Path:
    """Bytes that no row refers to, so many hours old."""
    place = path_of(sha)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(data)
    return aged(place, hours)


def aged(place: Path, hours: float) -> Path:
    at = time.time() - hours * 3600
    os.utime(place, (at, at))
    return place


def test_only_old_bytes_that_nothing_refers_to_go(cast: Cast) -> None:
    old, fresh, told = lay("a" * 64, 2), lay("b" * 64, 0.9), lay("c" * 64, 2)
    kept = aged(path_of(keep(cast, cast.tao.act()).sha256), 9)
    act = cast.qin.act()
    ledger.record(
        act, "planning.notice.attached", programme=cast.programme,
        about=cast.programme.subject(), facts={"sha256": "c" * 64},
    )  # fmt: skip
    assert orphans() == ["a" * 64]
    swept = sweep()
    assert [one.exists() for one in (old, fresh, told, kept)] == [False, True, True, True]
    assert (swept.orphans, swept.bytes) == (1, len(b"orphan"))
    assert "1 files nothing refers to" in str(swept)


def test_two_rows_with_one_hash_are_never_without_bytes(cast: Cast) -> None:
    first, second = keep(cast, cast.tao.act()), keep(cast, cast.fang.act())
    assert first.sha256 == second.sha256
    place = aged(path_of(first.sha256), 9)
    assert sweep().orphans == 0
    assert place.read_bytes() == PNG


def test_what_was_left_over_goes(cast: Cast) -> None:
    act = cast.tao.act()
    set_aside(act.by, "old", Upload("a.png", PNG), act.recorded_at)
    aside = Path(project.KETI_DATA) / "aside"
    for place in aside.rglob("*"):
        aged(place, 25)
    set_aside(act.by, "new", Upload("a.png", PNG), act.recorded_at)
    parts = [Path(project.KETI_DATA) / name / "x.part" for name in ("files", "incoming")]
    for part in parts:
        part.parent.mkdir(exist_ok=True)
        part.write_bytes(b"half")
        aged(part, 2)
    fresh = parts[0].with_name("y.part")
    fresh.write_bytes(b"half")
    swept = sweep()
    assert (swept.aside, swept.partial) == (2, 2)
    assert len([one for one in aside.rglob("*") if one.is_file()]) == 2
    assert [one.exists() for one in (*parts, fresh)] == [False, False, True]


def test_the_tick_sweeps_once_an_hour(cast: Cast) -> None:
    assert sweep_hourly() is not None
    old = lay("a" * 64, 2)
    assert sweep_hourly() is None
    assert old.exists()
    aged(Path(project.KETI_DATA) / "files" / ".swept", 1.1)
    again = sweep_hourly()
    assert again is not None and again.orphans == 1


def test_the_doctor_tells_of_orphans_and_of_missing_bytes(cast: Cast) -> None:
    def said() -> str:
        return dict(examine())["stored files"]

    assert said() == ""
    lay("a" * 64, 3)
    assert "1 files nothing refers to" in said()
    file = keep(cast, cast.tao.act())
    path_of(file.sha256).write_bytes(b"cut")
    assert list(missing()) == [file.sha256]
    assert "missing or cut short" in said()
    path_of(file.sha256).unlink()
    assert list(missing()) == [file.sha256]


def test_the_folder_is_for_its_owner_whatever_the_umask(cast: Cast) -> None:
    before = os.umask(0)
    try:
        act = cast.tao.act()
        kept = path_of(keep(cast, act).sha256)
        set_aside(act.by, "k", Upload("a.png", PNG), act.recorded_at)
    finally:
        os.umask(before)
    data = Path(project.KETI_DATA)
    assert list(open_to_others(data)) == []
    for place in (kept, kept.parent, data):
        place.chmod(0o755)
    for name in ("keti.sqlite3", "keti.sqlite3-wal", "secret-key", "first-run-token"):
        (data / name).write_text("x")
        (data / name).chmod(0o644)
    assert "can be read by others" in dict(examine())["data folder"]
    assert mend_modes(data) == 7
    assert list(open_to_others(data)) == []
    assert (kept.stat().st_mode & 0o777, data.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_new_installation_is_for_its_owner_whatever_the_umask(tmp_path: Path) -> None:
    code = (
        "import os; os.umask(0); import django; django.setup();"
        "from django.db import connection as c; c.cursor().execute('CREATE TABLE a (b)')"
    )
    data = tmp_path / "data"
    environment = os.environ | {"KETI_DATA": str(data), "DJANGO_SETTINGS_MODULE": "keti.settings"}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    assert (data / "keti.sqlite3").exists()
    assert list(open_to_others(data)) == []


SWEEPER = """
import sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
from django.db import connection
from keti.documents.actions import sweep
from keti.documents.models import StoredFile
from keti.ledger.models import Entry
from keti.programmes.models import Programme
with connection.schema_editor() as editor:
    for model in (Programme, Entry, StoredFile):
        editor.create_model(model)
settings.KETI_DATA = sys.argv[1]
print("ready", flush=True)
while not Path(sys.argv[1], "stop").exists():
    sweep()
"""


def test_a_sweep_beside_uploads_takes_nothing_of_them(cast: Cast, tmp_path: Path) -> None:
    """The sweeper is another process and sees no row at all, as if none were committed yet."""
    environment = os.environ | {
        "KETI_DATA": str(tmp_path / "other"), "DJANGO_SETTINGS_MODULE": "keti.settings",
    }  # fmt: skip
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-c", SWEEPER, project.KETI_DATA]
    sweeper = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert sweeper.stdout is not None and sweeper.stdout.readline() == "ready\n"
        kept = set()
        for number in range(150):
            data = PNG + b"%d" % (number // 2)
            file = keep_upload(cast.tao.act(), programme=cast.programme, name="a.png", data=data)
            kept.add(file.sha256)
            refused_again(cast, data)
            lay(f"{number:064x}", 2)
        assert all(path_of(sha).read_bytes().startswith(PNG) for sha in kept)
        assert list(missing()) == []
    finally:
        Path(project.KETI_DATA, "stop").touch()
        assert sweeper.wait(timeout=60) == 0
    assert StoredFile.objects.count() == 150


def refused_again(cast: Cast, data: bytes) -> None:
    """Other bytes come with an act that is refused."""
    other = data + b"refused"
    with pytest.raises(Refused), nothing_left_behind(), transaction.atomic():
        keep(cast, cast.tao.act(), other)
        raise Refused("duties.summary-needed")
