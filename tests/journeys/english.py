"""`python -m tests.journeys.english DATA`: what a played programme says in Chinese to who reads
English, a line each: every page by every role, two of each address, and every letter."""

import os
import sys
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings

PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"


def main(data: Path) -> None:
    """Print what was found; nothing where all is English."""
    os.environ["KETI_DATA"], os.environ["DJANGO_SETTINGS_MODULE"] = str(data), "keti.settings"
    settings.STORAGES["staticfiles"]["BACKEND"] = PLAIN
    django.setup()
    said = import_module("tests.journeys.english_said")
    for line in sorted({*said.pages(), *said.letters()}):
        print(line)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
