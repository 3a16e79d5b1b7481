"""A paper as PDF/A-2a and PDF/UA-1, set by Typst in this process.

The template is fixed; every word of the paper reaches it as JSON data and never as code.
"""

import json
import re
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from keti.kernel.refusals import Refused

from .layout import laid_out
from .paper import Paper, file_day
from .tree import Reader, sources, trees

FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Libertinus Serif", "DejaVu Sans Mono")
TEMPLATES = Path(__file__).parents[1] / "templates_typst"
STAND_IN = "〓"
MOST_PROBES = 400
_COMMON = re.compile(
    r"[\x20-\x7e\xa0-\xff\u2010-\u2027\u2030-\u205e\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e\n]"
)
_PRIVATE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_STANDARDS: Any = ["a-2a", "ua-1"]


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def check_fonts() -> list[str]:
    """The font families a paper needs and this machine has not."""
    present = set(_fonts().families())
    return [family for family in FAMILIES if family not in present]


def to_pdf(paper: Paper) -> bytes:
    """The paper as a tagged PDF; the same paper gives the same bytes.

    A text that cannot be set stands as it was typed.
    """
    missing = check_fonts()
    if missing:
        raise Refused("documents.fonts-missing", families=", ".join(missing))
    try:
        return _set(paper, trees)
    except typst.TypstError:
        pass
    try:
        return _set(paper, sources)
    except typst.TypstError as failed:
        raise Refused("documents.render-failed", why=failed.message[:300]) from failed


def _set(paper: Paper, read: Reader) -> bytes:
    """Set the paper; once more without the characters that no font here has."""
    data = _PRIVATE.sub(STAND_IN, json.dumps(laid_out(paper, read), ensure_ascii=False))
    made = datetime.combine(file_day(paper), time(0), UTC)
    try:
        return _compiled(data, made)
    except typst.TypstError:
        return _compiled(_printable(data), made)


def _compiled(data: str, made: datetime) -> bytes:
    compiler = typst.Compiler(
        str(TEMPLATES / "paper.typ"), root=str(TEMPLATES), font_paths=_fonts()
    )
    out: Any = compiler.compile(
        format="pdf", sys_inputs={"paper": data}, pdf_standards=_STANDARDS, timestamp=made
    )
    return bytes(out)


def _printable(data: str) -> str:
    """Put 〓 for the rare characters no font here can print, as PDF/A refuses blanks."""
    rare = sorted({char for char in data if not _COMMON.match(char)})
    probed = len(rare) <= MOST_PROBES
    bad = {char for char in rare if not probed or not _has_glyph(char)}
    return "".join(STAND_IN if char in bad else char for char in data)


@lru_cache(maxsize=4096)
def _has_glyph(char: str) -> bool:
    source = b'#set document(title: "x")\n#set text(font: "Noto Serif CJK SC")\n#sys.inputs.c'
    compiler = typst.Compiler(source, root=str(TEMPLATES), font_paths=_fonts())
    try:
        compiler.compile(format="pdf", sys_inputs={"c": f"中{char}"}, pdf_standards=_STANDARDS)
    except typst.TypstError:
        return False
    return True
