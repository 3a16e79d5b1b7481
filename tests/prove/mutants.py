"""Every check says yes, every filter lets all through, one by one: each is noticed."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "mutants"


def main(arguments: list[str]) -> int:
    """0 when each is found."""
    return subprocess.call(
        [sys.executable, "-m", "pytest", str(FOLDER), "-m", "prove", "-s", *arguments]
    )
