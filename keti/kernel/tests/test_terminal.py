"""A terminal is spoken to in Chinese where it is a Chinese one, in both languages elsewhere."""

import subprocess
from pathlib import Path

import pytest

from keti.kernel.terminal import say, tongues

SAY = Path(__file__).resolve().parents[3] / "tools" / "say"
CASES = [
    ({"LANG": "zh_CN.UTF-8"}, 1),
    ({"LANG": "C.UTF-8"}, 2),
    ({}, 2),
    ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, 2),
    ({"LC_MESSAGES": "zh_TW", "LANG": "C"}, 1),
]


@pytest.mark.parametrize(("surroundings", "lines"), CASES)
def test_which_languages_a_terminal_reads(surroundings, lines):
    assert len(tongues(surroundings)) == lines
    said = subprocess.run(
        [SAY, "中文", "English"], env={"PATH": "/usr/bin:/bin", **surroundings},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.splitlines() == ["中文", "English"][:lines]


def test_what_is_said_stands_on_a_line_for_each_language(monkeypatch, capsys):
    monkeypatch.setenv("LC_ALL", "C")
    say("kernel.start-ready", url="http://127.0.0.1:8000/start/")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    assert all(one.startswith("keti: ") and "http://127.0.0.1:8000/start/" in one for one in lines)
