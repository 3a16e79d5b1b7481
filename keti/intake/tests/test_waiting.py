"""Who sent in time is received in time, whatever the request waited for; on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
RUN = "import django; django.setup(); from keti.intake.tests.waiting import main; main()"


@pytest.mark.fault
@pytest.mark.parametrize("beside", [[], [str(ROOT / "tools" / "with-postgres")]])
def test_blocked_across_the_close_counts_from_when_it_was_received(tmp_path, beside):
    shown = {one: value for one, value in os.environ.items() if one != "DATABASE_URL"}
    environment = shown | {
        "KETI_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "keti.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [*beside, sys.executable, "-c", RUN]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert json.loads(ran.stdout.splitlines()[-1]) == {
        "statuses": [302, 302, 422],
        "states": ["submitted", "submitted", "draft"],
        "in_time": True,
        "faults": [],
    }
