"""A backup made after an erasure holds no byte of what was erased, in a row or between rows."""

import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import override_settings

from keti.backups.actions import make
from keti.backups.rules import unpack
from keti.intake.actions import erase_person
from keti.ledger.queries import checkpoints, entries, export, receipt, wrong_checkpoint
from keti.ledger.queries.signing import public_key
from keti.ledger.rules import telling
from tests.people.test_erasing import MAIL, MOBILE, NAME, left

__all__ = ["left"]
WORDS = [one.encode() for one in ("米研究员", "mi.left", MAIL, MOBILE)]
IN_A_FILE = pytest.mark.skipif(connection.vendor != "sqlite", reason="a database in a file")
ON_A_SERVER = pytest.mark.skipif(connection.vendor == "sqlite", reason="a database of a server")


def found(folder: Path) -> dict[str, list[bytes]]:
    """What of the erased words stands in which file of a folder, its name among it."""
    held = {}
    for file in sorted(folder.rglob("*")):
        data = file.name.encode() + (file.read_bytes() if file.is_file() else b"")
        if here := [one for one in WORDS if any(way in data for way in (one, _escaped(one)))]:
            held[file.name] = here
    return held


def _escaped(word: bytes) -> bytes:
    return word.decode().encode("ascii", "backslashreplace")


def laid_open(data: Path, where: Path) -> Path:
    """A backup of the installation, unpacked."""
    where.mkdir()
    make(where / "one.keti-backup")
    (where / "laid").mkdir()
    unpack(where / "one.keti-backup", where / "laid")
    (where / "one.keti-backup").unlink()
    return where / "laid"


@IN_A_FILE
@pytest.mark.django_db
def test_no_byte_of_the_erased_is_in_a_backup_made_after_it(
    cast: Any, left: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    settings.KETI_DATA = str(data)
    with override_settings(KETI_MODE="normal"):
        assert public_key().name
    _as_a_file(data, monkeypatch)
    before = found(laid_open(data, tmp_path / "before"))
    assert {word for words in before.values() for word in words} == set(WORDS)
    # some builds of SQLite wipe what they delete: not every one does
    connection.cursor().execute("PRAGMA secure_delete=OFF")
    with transaction.atomic():
        erase_person(
            cast.qin.act(), programme=cast.programme, person=left, typed=NAME, reason="来信要求。"
        )
    _as_a_file(data, monkeypatch)
    assert found(data), "the pages of the database hold what was erased: the copy must not"
    assert found(laid_open(data, tmp_path / "after")) == {}
    shutil.rmtree(data)


class _Within:
    """The driver as a backup asks for it: what it opens is the test's own transaction, which alone
    sees the rows of the test."""

    IsolationLevel = SimpleNamespace(REPEATABLE_READ=None)

    def connect(self, **_facts: object) -> Any:
        own: Any = connection.connection
        return SimpleNamespace(execute=own.execute, cursor=own.cursor, close=lambda: None)


@ON_A_SERVER
@pytest.mark.django_db
def test_no_row_of_a_server_s_backup_says_what_was_erased_and_it_proves_all_the_same(
    cast: Any, left: Any, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("keti.backups.actions.snapshots.driver", _Within)
    settings.KETI_DATA = str(tmp_path / "data")
    (tmp_path / "data").mkdir(mode=0o700)
    with override_settings(KETI_MODE="normal"):
        assert public_key().name
    before = found(laid_open(tmp_path / "data", tmp_path / "before"))
    assert {word for words in before.values() for word in words} == set(WORDS)
    line = entries(cast.programme).first()
    held = receipt(cast.programme, line, checkpoints(cast.programme)[0]).text()
    with transaction.atomic():
        erase_person(
            cast.qin.act(), programme=cast.programme, person=left, typed=NAME, reason="来信要求。"
        )
    assert found(laid_open(tmp_path / "data", tmp_path / "after")) == {}
    files = [telling.look("r.txt", held.encode()),
             telling.look("l.jsonl", "\n".join(export(cast.programme)).encode())]  # fmt: skip
    telling.compare(files)
    assert [one.faults for one in files] == [[], []]
    assert wrong_checkpoint(cast.programme) is None


def _as_a_file(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of this test as the file that a backup reads, free pages and all."""
    rows: Any = connection.connection
    (data / "keti.sqlite3").write_bytes(rows.serialize())
    monkeypatch.setitem(connection.settings_dict, "NAME", str(data / "keti.sqlite3"))
