"""A roster of two thousand rows is previewed and entered while twenty others save.

`python -m tests.prove rows`: both databases, prints what everybody waited.
"""

from tests.prove.side_by_side import once

SAVERS = "20"


def main(arguments: list[str]) -> int:
    """Both databases; 1 when one does not hold."""
    failed = [once("roster", "--people", SAVERS, *database) for database in ([], ["--postgres"])]
    return 1 if any(failed) else 0
