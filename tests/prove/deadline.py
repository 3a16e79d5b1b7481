"""The storms at closing instants, on both databases: `python -m tests.prove deadline`."""

from tests.prove.side_by_side import once

PEOPLE, FILES = "2000", "600"


def main(arguments: list[str]) -> int:
    """2,000 applications of 256 KB and 600 files, each in a minute; 1 when one did not hold."""
    failed = 0
    for database in ([], ["--postgres"]):
        failed += once("storm", "--people", PEOPLE, "--seconds", "60", *database)
        failed += once("files", "--people", FILES, "--seconds", "60", *database)
    return 1 if failed else 0
