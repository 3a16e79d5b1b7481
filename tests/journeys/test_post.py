"""The post is killed while it sends, and its server is away: the proof in its small form."""

import subprocess
import sys

import pytest

from tests.house.sources import ROOT


@pytest.mark.fault
@pytest.mark.slow
def test_nothing_is_doubled_or_lost(tmp_path):
    """Processes of their own against a real server, on the database of this run."""
    proof = [sys.executable, "-m", "tests.prove.post", "3", "200"]
    ran = subprocess.run(proof, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
