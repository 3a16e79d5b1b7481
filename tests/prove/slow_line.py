"""A slow line to the database: `python -m tests.prove.slow_line [SECONDS] [PEOPLE]`."""

import sys

from tests.prove.side_by_side import once


def main(arguments: list[str]) -> int:
    """Everyday acts, each sent twice, and pages, 50 ms each way; 1 when one did not hold."""
    seconds, people = (*arguments, *("60", "5")[len(arguments) :])
    return once("lagging", "--postgres", "--seconds", seconds, "--people", people)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
