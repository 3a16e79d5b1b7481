"""Every page to everybody in both languages, every step of every template: none shows code.

The short form is in the suite."""

import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).parents[1] / "house" / "test_plain_pages.py"


def main(arguments: list[str]) -> int:
    """0 when no page shows an id, a key or an exception."""
    return subprocess.call(
        [sys.executable, "-m", "pytest", str(FILE), "-m", "prove", "-s", *arguments]
    )
