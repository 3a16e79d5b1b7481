"""Five hundred charters nobody wrote, founded in the browser's way and lived: none stuck.

`python -m tests.prove.drawn [FIRST LAST]`: these seeds instead of the first five hundred.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast

MANY, STEP = 500, 10
ASKED = "KETI_DRAWN"


@pytest.mark.prove
def test_five_hundred_drawn_charters_come_to_their_end(cast: Cast) -> None:
    all_lived = import_module("tests.drawn.test_drawn").all_lived
    first, last = (int(one) for one in os.environ.get(ASKED, f"0 {MANY}").split())
    told: dict[str, int] = {}
    faults: list[str] = []
    for begin in range(first, last, STEP):
        spread, found = all_lived(cast, range(begin, min(begin + STEP, last)))
        told = {key: told.get(key, 0) + spread[key] for key in {*told, *spread}}
        faults += found
        print(*found, sep="\n", end="\n" * bool(found))
        print(f"{min(begin + STEP, last) - first} lived, {len(faults)} faults", flush=True)
    for part, count in sorted(told.items()):
        print(f"{count:5}  {part}")
    assert faults == [], "\n".join(faults[:40])


def main(arguments: list[str]) -> int:
    """All of them, or those of the seeds named; 0 when none is stuck."""
    if len(arguments) == 2:
        os.environ[ASKED] = " ".join(arguments)
    return int(pytest.main([__file__, "-q", "-s"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
