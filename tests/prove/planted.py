"""Faults of the past, planted anew one by one: each is found by the test it names."""

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "planted"


def main(arguments: list[str]) -> int:
    """0 when each is found."""
    return subprocess.call(
        [sys.executable, "-m", "pytest", str(FOLDER), "-m", "prove", "-s", *arguments]
    )
