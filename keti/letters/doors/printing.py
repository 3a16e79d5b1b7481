"""Letters and labels as files: made by a worker in a process of its own, kept under what they are
made of, given out to who keeps letters."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from keti.documents.doors.made import place_of
from keti.jobs.actions import Asker, Running, Wanted, ask
from keti.jobs.models import Job
from keti.kernel.refusals import both
from keti.letters import queries
from keti.letters.models import Mailing

KIND = "letters.printing"
SECONDS = 1800
COMMAND = [sys.executable, "-m", "keti.letters.rules.printing"]
WHAT = {"all": "pdf", "each": "zip", "labels": "pdf"}
"""What is made of a letter: one file of all, an archive of each, sheets of labels; its form."""
LAYOUT = 3
"""Goes up with every change of the templates: what was made before is made anew."""


def key_of(mailing: Mailing, what: str) -> str:
    """What the file is known by: a letter that was issued never changes."""
    told = f"letters/{LAYOUT}/{what}/{mailing.public_id}/{mailing.sha256}"
    return hashlib.sha256(told.encode()).hexdigest()


def file_of(mailing: Mailing, what: str) -> Path:
    """Where it lies once it is made."""
    return place_of(key_of(mailing, what), WHAT[what])


def order(mailing: Mailing, what: str, by: Asker, place: str) -> Job:
    """Let it be made; who asks for what is being made joins."""
    title = both(f"letters.printing-{what}", title=mailing.title, size=mailing.size)
    asked = {"mailing": mailing.public_id, "what": what}
    return ask(Wanted(KIND, key_of(mailing, what), title, asked, place, place), by)


def work(running: Running) -> str:
    """Make the file of a job. The work reads everything first and holds nothing while it sets."""
    asked = running.job.asked
    found = Mailing.objects.select_related("programme", "list")
    mailing, what = found.get(public_id=asked["mailing"]), str(asked["what"])
    target = file_of(mailing, what)
    if not target.exists():
        _made(queries.printed(mailing) | {"what": what}, target, running)
    return ""


def _made(told: dict[str, Any], target: Path, running: Running) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        _run(told | {"target": str(partial)}, running)
        partial.chmod(0o600)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def _run(told: dict[str, Any], running: Running) -> None:
    child = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert child.stdin is not None and child.stdout is not None
    try:
        with child.stdin as given:
            given.write(json.dumps(told).encode())
        for line in child.stdout:
            running.tell(int(line), len(told["letters"]))
        if child.wait():
            raise RuntimeError(f"letters were not set: {child.returncode}")
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        child.stdout.close()
