"""What this site is called and who runs it, as its keepers said on its page.

A file in the data folder, beside the database: every page and letter needs it, none asks a
statement for it. The record of who said what when stands in the ledger.
"""

import json
import os
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from keti.kernel.durable import write_whole

FILE = "site.json"


@dataclass(frozen=True, slots=True)
class Site:
    """Names in Chinese and English, who runs it, whom to ask; empty where nobody said."""

    name: str = ""
    name_en: str = ""
    runs: str = ""
    runs_en: str = ""
    contact: str = ""

    def called(self, lang: str) -> str:
        """Its own name, else that of the settings (KETI_NAME)."""
        own = (self.name_en or self.name) if lang.startswith("en") else self.name
        return own or str(settings.KETI_NAME)

    def run_by(self, lang: str) -> str:
        """Who runs it; empty where nobody said."""
        return (self.runs_en or self.runs) if lang.startswith("en") else self.runs


def site() -> Site:
    """What was said of this site. One look at the folder; the file is read when it has changed."""
    file = os.path.join(settings.KETI_DATA, FILE)
    try:
        seen = os.stat(file)
    except OSError:
        return Site()
    return _read(file, seen.st_mtime_ns, seen.st_ino)


@lru_cache(maxsize=4)
def _read(file: str, _changed: int, _which: int) -> Site:
    try:
        said = json.loads(Path(file).read_text())
        known = {one.name: str(said.get(one.name, "")) for one in fields(Site)}
    except (OSError, ValueError, AttributeError):
        return Site()
    return Site(**known)


def keep(said: Site) -> None:
    """Put it in the place of what was said before."""
    text = json.dumps(asdict(said), ensure_ascii=False, indent=1)
    write_whole(Path(settings.KETI_DATA) / FILE, text.encode() + b"\n")
