"""The small form of the trials: the whole one is `python -m tests.prove side_by_side`."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.prove.place import ROOT

pytestmark = pytest.mark.fault


def tried(*words: str) -> dict[str, Any]:
    """The figures of one trial on the database of this run, in a process of its own."""
    database = ["--postgres"] if os.environ.get("DATABASE_URL") else []
    outside = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DJANGO_SETTINGS_MODULE", "KETI_DATA", "KETI_URL", "DATABASE_URL"}
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.prove._one", *words, *database],
        cwd=ROOT, env=outside, capture_output=True, text=True, timeout=600,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]
    figures: dict[str, Any] = json.loads(ran.stdout)["figures"]
    return figures


def test_rules_over_several_rows_hold_under_parallel_acts() -> None:
    figures = tried("rules", "--tries", "12")
    assert figures["exclusive roles"]["done"] == 12
    assert figures["the last seat"]["done"] == figures["the last seat"]["tries"]
    assert figures["one decision"]["done"] == 1


def test_people_doing_ordinary_things_at_once_meet_no_error() -> None:
    figures = tried("ordinary", "--seconds", "4", "--people", "6")
    assert figures["given up"] == 0
    assert figures["answers"] > 0


def test_what_was_acknowledged_outlives_the_kill() -> None:
    figures = tried("kills", "--rounds", "3")
    assert figures["acknowledged"] > 0
