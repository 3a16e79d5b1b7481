"""Which layout a paper is made by: it changes when anything does that shapes the file."""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from .paper import Paper, as_json

_HERE = Path(__file__).parent
_SHAPING = ("*.py", "*.lua", "*.css")


@lru_cache(maxsize=1)
def layout() -> str:
    """A hash over the rules, the templates and the programs that papers are made by."""
    files = [one for pattern in _SHAPING for one in sorted(_HERE.rglob(pattern))]
    files += sorted((_HERE.parent / "templates_typst").glob("*.typ"))
    made = hashlib.sha256()
    for file in files:
        made.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    for program in ("typst", "pypandoc-binary"):
        made.update(version(program).encode() + b"\0")
    return made.hexdigest()


def key_of(paper: Paper, form: str) -> str:
    """What a made file is kept under: content, form and layout, the language among the content."""
    return hashlib.sha256("\0".join((layout(), form, as_json(paper))).encode()).hexdigest()
