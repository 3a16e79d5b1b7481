"""Letters written before a message had deliveries keep what had become of them."""

import json
import subprocess
import sys
from datetime import timedelta

from keti.notify.tests.rows_of_before import NOW, STATES


def test_every_letter_keeps_its_state_by_mail_and_lies_in_the_box(elsewhere):
    command = [sys.executable, "-m", "keti.notify.tests.rows_of_before"]
    done = subprocess.run(command, env=elsewhere, capture_output=True, text=True, check=True)
    rows = {(row[0], row[3]): row for row in json.loads(done.stdout)}
    assert len(rows) == 2 * len(STATES)
    for number, state in enumerate(STATES):
        sent = str(NOW) if state == "sent" else None
        later = str(NOW + timedelta(hours=1))
        assert rows[state, "mail"] == [
            state, "题", None, "mail", state, number, later, sent, "notify.server-busy",
            "450 later",
        ]  # fmt: skip
        assert rows[state, "box"] == [
            state, "题", None, "box", "sent", 0, str(NOW), str(NOW), "", "",
        ]  # fmt: skip
