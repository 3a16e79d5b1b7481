"""Twin worlds, whole: every observer, one after another; the figures are a line each."""

import subprocess
import sys
from pathlib import Path

WHOLE = Path(__file__).parents[1] / "twin" / "whole.py"


def main(arguments: list[str]) -> int:
    """0 when nobody learns anything."""
    return subprocess.call([sys.executable, "-m", "pytest", str(WHOLE), "-s", *arguments])
