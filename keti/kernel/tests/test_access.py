"""The access log: lines follow each other, whoever writes; a changed one is found at its line."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from keti.kernel import access
from keti.kernel.access import Kind, note

DAY = datetime(2030, 3, 4, 8, tzinfo=UTC)


@pytest.fixture
def folder(settings, tmp_path: Path, monkeypatch) -> Path:
    settings.KETI_DATA = str(tmp_path)
    stand(monkeypatch, DAY)
    return tmp_path / access.FOLDER


def stand(monkeypatch, at: datetime) -> None:
    monkeypatch.setattr("keti.kernel.access.time.time", at.timestamp)


def files(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.glob("*.jsonl"))


def test_a_line_says_who_what_and_whence_and_no_secret(folder: Path):
    secret = "a2" * 16
    note(
        Kind.TAKEN, person="p1", address="10.0.0.1", route="site:ledger_file", path=f"/d/{secret}/"
    )
    [line] = access.read(DAY.date())
    assert (line.at, line.kind, line.person) == ("2030-03-04T08:00:00.000+00:00", "taken", "p1")
    assert (line.address, line.path) == ("10.0.0.1", "/d/[secret]/")
    assert oct((folder / files(folder)[0]).stat().st_mode)[-3:] == "600"
    assert access.wrong() == ""


def test_many_at_once_write_one_chain(folder: Path):
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda n: note(Kind.SIGNED_IN, person=f"p{n}"), range(200)))
    assert len(list(access.read(DAY.date()))) == 200
    assert access.wrong() == ""


def days(folder: Path) -> list[date]:
    return [date.fromisoformat(name[:10]) for name in files(folder)]


def days_of_three(folder: Path, monkeypatch) -> None:
    for day in range(3):
        stand(monkeypatch, DAY + timedelta(days=day))
        for number in range(3):
            note(Kind.SIGNED_IN, person=f"p{day}{number}")


@pytest.mark.parametrize("line", range(1, 8))
def test_any_line_changed_or_taken_out_is_found(folder: Path, monkeypatch, line: int):
    days_of_three(folder, monkeypatch)
    assert access.wrong() == ""
    assert access.days() == [date(2030, 3, 6), date(2030, 3, 5), date(2030, 3, 4)]
    file = folder / files(folder)[line // 3]
    whole = file.read_bytes().splitlines(keepends=True)
    changed = [*whole]
    changed[line % 3] = changed[line % 3].replace(b"signed-in", b"signed-ou")
    file.write_bytes(b"".join(changed))
    assert "does not follow" in access.wrong()
    assert "does not follow" in access.wrong(days(folder)[(line + 1) // 3])
    file.write_bytes(b"".join(whole[: line % 3] + whole[line % 3 + 1 :]))
    assert "does not follow" in access.wrong()


def test_a_line_cut_short_and_a_clock_put_back_stop_nothing(folder: Path, monkeypatch):
    days_of_three(folder, monkeypatch)
    last = folder / files(folder)[-1]
    last.write_bytes(last.read_bytes()[:-20])
    note(Kind.SIGNED_OUT, person="p9")
    assert [one.person for one in access.read(date(2030, 3, 6))] == ["p20", "p21", "p9"]
    stand(monkeypatch, DAY + timedelta(days=1))
    note(Kind.SIGNED_OUT, person="back")
    assert access.wrong() == ""


def test_what_cannot_be_written_keeps_nobody_out_and_is_said(folder: Path, caplog):
    folder.write_text("no folder")
    note(Kind.SIGNED_IN, person="p1")
    assert "the access log cannot be written" in caplog.text


def test_old_days_go_and_never_before_a_hundred_and_eighty(folder: Path, monkeypatch, settings):
    days_of_three(folder, monkeypatch)
    settings.KETI_ACCESS_DAYS = 1
    assert access.sweep(DAY + timedelta(days=180)) == 0
    assert access.sweep(DAY + timedelta(days=181)) == 1
    assert access.wrong() == ""
    assert len(files(folder)) == 2


def test_failures_without_end_fill_no_disk(folder: Path, monkeypatch):
    monkeypatch.setattr(access, "MOST_BYTES", 1000)
    for _ in range(50):
        note(Kind.NOT_SIGNED_IN, address="10.0.0.9")
    note(Kind.SIGNED_IN, person="p1")
    kinds = [one.kind for one in access.read(DAY.date())]
    assert kinds.count("full") == 1
    assert kinds.index("full") == len(kinds) - 2
    assert kinds[-1] == "signed-in"
    assert access.wrong() == ""


def test_a_line_is_plain_json(folder: Path):
    note(Kind.SIGNED_IN, person="名")
    assert json.loads((folder / files(folder)[0]).read_text())["person"] == "名"
