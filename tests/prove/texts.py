"""Ten thousand generated texts through letters, digests and calendars, sign for sign.

The short form is in the suite."""

import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).parents[1] / "papers" / "test_letters_whole.py"


def main(arguments: list[str]) -> int:
    """0 when every text comes out as it was written."""
    return subprocess.call(
        [sys.executable, "-m", "pytest", str(FILE), "-m", "prove", "-s", *arguments]
    )
