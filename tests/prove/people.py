"""A thousand lives of people and consents; the suite lives the first 250 of them in `make slow`."""

import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).parents[1] / "people" / "test_people.py"


def main(arguments: list[str]) -> int:
    """0 when nobody is bound to the wrong person and nobody printed without consent."""
    marks = ["-m", "prove or slow"]
    return subprocess.call([sys.executable, "-m", "pytest", str(FILE), *marks, "-s", *arguments])
