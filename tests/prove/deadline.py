"""The storm at a closing instant, on both databases: `python -m tests.prove deadline [PEOPLE]`."""

from tests.prove.side_by_side import once


def main(arguments: list[str]) -> int:
    """2,000 applications of 256 KB in a minute across the close; 1 when something did not hold."""
    people = arguments[0] if arguments else "2000"
    failed = 0
    for database in ([], ["--postgres"]):
        failed += once("storm", "--people", people, "--seconds", "60", *database)
    return 1 if failed else 0
