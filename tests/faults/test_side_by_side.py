"""Many act at once and are killed, for some seconds: `tests.prove.side_by_side` made small."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import ROOT, environment

pytestmark = [pytest.mark.slow, pytest.mark.fault]
FEW = ("--seconds", "3", "--people", "4", "--tries", "4")
INSTALLED = any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


@pytest.mark.parametrize(
    "database",
    [
        pytest.param(("--rounds", "1"), id="sqlite"),
        pytest.param(
            ("--rounds", "2", "--postgres"),
            id="postgresql",
            marks=pytest.mark.skipif(not INSTALLED, reason="no PostgreSQL on this machine"),
        ),
    ],
)
def test_acts_side_by_side_and_kills_meanwhile(database):
    """In a process of its own: a house, a database and a server that are really there."""
    command = [sys.executable, "-m", "tests.prove._one", "_small", *FEW, *database]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
