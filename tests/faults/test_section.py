"""Eight browsers in two sections, one of them a document, lines that break: `tests.prove.section`
made small."""

import json
import subprocess
import sys

import pytest

from tests.serving import ROOT, environment

pytestmark = [pytest.mark.slow, pytest.mark.fault]


def test_no_acknowledged_sentence_is_lost_in_lines_or_document():
    """In a process of its own: a house, a database and a server that are really there."""
    command = [sys.executable, "-m", "tests.prove.section", "--here", "--rounds", "25"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    figures = json.loads(done.stdout)["figures"]
    assert 0 < figures["of them in the document"] < figures["sentences acknowledged"]
