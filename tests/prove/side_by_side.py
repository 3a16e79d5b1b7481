"""Many act at once, and the house is killed while they do: everything on both databases.

`python -m tests.prove.side_by_side [ROUNDS]`: ROUNDS of kills each (200).
"""

import subprocess
import sys

from tests.prove.place import ROOT


def once(*words: str) -> int:
    """One trial in a process of its own; its exit code."""
    print("--", *words, flush=True)
    return subprocess.run([sys.executable, "-m", "tests.prove._one", *words], cwd=ROOT).returncode


def main(arguments: list[str]) -> int:
    """All trials, SQLite and PostgreSQL; 1 when one does not hold."""
    rounds = arguments[0] if arguments else "200"
    failed = 0
    for database in ([], ["--postgres"]):
        failed += once("ordinary", "--seconds", "60", "--people", "10", *database)
        failed += once("pace", "--seconds", "30", "--people", "12", *database)
        failed += once("rules", "--tries", "200", *database)
        failed += once("kills", "--rounds", rounds, *database)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
