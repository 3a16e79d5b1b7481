"""Run every proof of this folder one after another, or those named; exit 1 when one fails.

A proof is a module with `main(arguments: list[str]) -> int`: it prints its figures and returns 0
when they are as they must be.
"""

import sys
import time
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
NAMES = sorted(
    path.stem
    for path in HERE.glob("*.py")
    if "def main(" in path.read_text() and path.stem[0] != "_"
)


def main(wanted: list[str]) -> int:
    """The proofs of these names, or all; a name that is none is told before anything runs."""
    if unknown := set(wanted) - set(NAMES):
        print(f"no proof: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
        return 2
    failed = []
    for name in wanted or NAMES:
        began = time.monotonic()
        print(f"== {name}", flush=True)
        code = import_module(f"tests.prove.{name}").main([])
        print(f"== {name}: {'holds' if code == 0 else 'FAILS'}, {time.monotonic() - began:.0f} s")
        failed += [name] if code else []
    print(f"{len(failed)} of {len(wanted or NAMES)} fail: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
