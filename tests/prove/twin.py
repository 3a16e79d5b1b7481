"""Twin worlds, whole: each observer alone in two worlds, then every link with every id; the figures
are a line each."""

import subprocess
import sys
from pathlib import Path

TWIN = Path(__file__).parents[1] / "twin"


def main(arguments: list[str]) -> int:
    """0 when nobody learns anything."""
    files = [str(TWIN / name) for name in ("each.py", "whole.py")]
    return subprocess.call([sys.executable, "-m", "pytest", *files, "-s", *arguments])
