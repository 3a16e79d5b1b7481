"""Old binary sheets are read in a process of their own, with limits on time and memory: a broken
one can make the reader ask for any amount of it, and fall with everything around it."""

import json
import os
import subprocess
import sys
from typing import Any, cast

from keti.kernel.refusals import Refused

SECONDS = 60
READER = "keti.documents.rules.old_sheet_reader"


def read_apart(data: bytes, max_rows: int, max_columns: int, sheet: str) -> dict[str, Any]:
    """The table of an old sheet, as plain values. Refuses one that cannot be read within limits."""
    command = [sys.executable, "-m", READER, str(max_rows), str(max_columns), sheet]
    path = os.pathsep.join(part for part in sys.path if part)
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=SECONDS,
            env={"LANG": "C.UTF-8", "PYTHONPATH": path},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Refused("documents.sheet-damaged") from late
    if done.returncode:
        raise Refused("documents.sheet-damaged")
    said = cast("dict[str, Any]", json.loads(done.stdout))
    if "refused" in said:
        raise Refused(said["refused"], **said["facts"])
    return said
