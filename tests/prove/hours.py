"""Hours of mixed load: `python -m tests.prove.hours [SECONDS] [PEOPLE]`, usually half an hour."""

import sys

from tests.prove.side_by_side import once


def main(arguments: list[str]) -> int:
    """Acts and pages for so long; 1 when memory or handles grew beyond their bounds."""
    seconds, people = (*arguments, *("1800", "3")[len(arguments) :])
    return once("lasting", "--seconds", seconds, "--people", people)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
