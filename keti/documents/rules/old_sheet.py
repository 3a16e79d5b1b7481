"""Old binary sheets are read in a process of their own, with limits on time and memory: a broken
one can make the reader ask for any amount of it, and fall with everything around it."""

import dataclasses
import json
import os
import resource
import subprocess
import sys
from typing import Any, cast

from keti.kernel.refusals import Refused

SECONDS = 60
MEMORY = 1 << 30


def read_apart(data: bytes, max_rows: int, max_columns: int) -> dict[str, Any]:
    """The table of an old sheet, as plain values. Refuses one that cannot be read within limits."""
    command = [sys.executable, "-m", __name__, str(max_rows), str(max_columns)]
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


def main() -> None:
    """Read a sheet from the standard input, write its table, or why it is refused, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from keti.documents.rules.sheet import of_book  # noqa: PLC0415  it imports this module

    most_rows, most_columns = (int(word) for word in sys.argv[1:])
    try:
        table = of_book(sys.stdin.buffer.read(), most_rows, most_columns)
    except Refused as refused:
        json.dump({"refused": refused.code, "facts": refused.facts}, sys.stdout)
        return
    json.dump(dataclasses.asdict(table), sys.stdout)


if __name__ == "__main__":
    main()
