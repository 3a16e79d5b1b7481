"""Settings that stand in the data folder: written by a command, read at the start."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from keti import commands
from keti.__main__ import main
from keti.backups.actions.making import NOT_KEPT
from keti.kernel import envfile
from keti.kernel.refusals import Refused


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in envfile.KNOWN:
        monkeypatch.delenv(name, raising=False)


def test_what_is_set_stands_is_listed_and_is_taken_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "getpass", lambda ask: "geheim")
    said = ["KETI_URL=https://keti.example.org", "KETI_SMTP_PORT=465", "KETI_SMTP_PASSWORD"]
    for one in said:
        assert main(["set", one, "--data", str(tmp_path)]) == 0
    file = tmp_path / envfile.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    capsys.readouterr()
    assert main(["set", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "KETI_SMTP_PASSWORD=***", "KETI_SMTP_PORT=465", "KETI_URL=https://keti.example.org",
    ]  # fmt: skip
    assert main(["set", "KETI_SMTP_PORT=", "--data", str(tmp_path)]) == 0
    assert sorted(envfile.stated(tmp_path)) == ["KETI_SMTP_PASSWORD", "KETI_URL"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("KETI_SECRET_KEY=x", "没有 KETI_SECRET_KEY 这一项"),
        ("KETI_URL", "请这样写：keti set KETI_URL=值"),
        ("KETI_URL=keti.example.org", "网址要写全"),
        ("KETI_SMTP_PORT=many", "KETI_SMTP_PORT 是一个数"),
        ("KETI_SMTP_HOST=a\nKETI_URL=b", "一行可见的文字"),
        ("KETI_SMTP_PASSWORD=geheim", "密码不写在命令里"),
        ("KETI_BACKUP_FOLDER=/no/such/place", "没有 /no/such/place 这个文件夹"),
    ],
)
def test_what_could_not_work_is_refused_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, says: str
) -> None:
    assert main(["set", words, "--data", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert says in told and "geheim" not in told
    assert not (tmp_path / envfile.FILE).exists()


def test_the_environment_goes_before_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / envfile.FILE).write_text(
        "# by hand\nKETI_SMTP_HOST = mail.example.org\nKETI_URL=https://a.example.org\n"
        "KETI_SMTP_PASSWORD=old\nPATH=/nowhere\n"
    )
    monkeypatch.setenv("KETI_URL", "https://b.example.org")
    monkeypatch.setenv("KETI_SMTP_PASSWORD_FILE", "/run/secret")
    before = os.environ["PATH"]
    envfile.adopt(tmp_path)
    assert os.environ["KETI_URL"] == "https://b.example.org"
    assert os.environ.pop("KETI_SMTP_HOST") == "mail.example.org"
    assert "KETI_SMTP_PASSWORD" not in os.environ and os.environ["PATH"] == before


def test_an_installation_starts_with_what_stands_in_its_folder(tmp_path: Path) -> None:
    envfile.state(tmp_path, "KETI_URL", "https://keti.example.org/")
    envfile.state(tmp_path, "KETI_SMTP_HOST", "mail.example.org")
    words = "from keti import settings as s; print(s.KETI_URL, s.EMAIL_HOST, s.KETI_MAIL)"
    env = os.environ | {"KETI_DATA": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", words], env=env, capture_output=True, text=True)
    assert ran.stdout.strip() == "https://keti.example.org mail.example.org True", ran.stderr


def test_a_name_that_no_file_sets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        envfile.state(tmp_path, "DATABASE_URL", "postgresql://x")
    assert no.value.code == "kernel.set-unknown"


def test_no_backup_holds_it() -> None:
    assert NOT_KEPT.fullmatch(envfile.FILE) and not NOT_KEPT.fullmatch("secret-key")
