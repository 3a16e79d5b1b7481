"""A command for an installation, given a folder that is none, says so and leaves it alone."""

import os
import subprocess
import sys

import pytest

COMMANDS = [
    (["plan", "CHARTER", "--programme", "x"], 1),
    (["lint", "--programme", "x"], 2),
    (["tick"], 2),
]


def keti(*words: str) -> subprocess.CompletedProcess[str]:
    """`keti` in a process of its own, outside every installation."""
    names = {"DATABASE_URL", "DATABASE_URL_FILE", "KETI_DATA", "DJANGO_SETTINGS_MODULE"}
    env = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "-m", "keti", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.mark.parametrize(("words", "code"), COMMANDS)
def test_a_folder_without_an_installation_is_named_and_not_made(words, code, tmp_path):
    charter, data = tmp_path / "c.yaml", tmp_path / "none"
    charter.write_text("keti: charter/1\n")
    words = [str(charter) if one == "CHARTER" else one for one in words]
    ran = keti(*words, "--data", str(data))
    said = f"keti: {data} holds no installation; name its folder with --data\n"
    assert (ran.returncode, ran.stdout, ran.stderr) == (code, "", said)
    assert not data.exists()


@pytest.mark.parametrize("runs", ["0", "-5", "two"])
def test_a_rehearsal_has_at_least_one_life(runs, tmp_path):
    charter = tmp_path / "c.yaml"
    charter.write_text("keti: charter/1\n")
    ran = keti("rehearse", str(charter), f"--runs={runs}")
    assert ran.returncode == 2
    assert f"{runs} is no number of lives: 1 or more" in ran.stderr


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    charter, stone = tmp_path / "c.yaml", tmp_path / "stone"
    charter.write_text("keti: charter/1\n")
    stone.write_text("")
    ran = keti("play", str(charter), "--out", str(stone / "x"))
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == f"keti: {stone / 'x'} cannot be made: Not a directory\n"
