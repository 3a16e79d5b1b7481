"""A paper as PDF/A-2a and PDF/UA-1, set by Typst in this process.

The template is fixed; every word of the paper reaches it as JSON data and never as code.
"""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from keti.kernel.refusals import Refused

from .glyphs import PRIVATE, STANDARDS, fonts, lacking
from .layout import laid_out
from .paper import Paper, file_day
from .tree import Reader, sources, trees

FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Libertinus Serif", "DejaVu Sans Mono")
RARER = ("Noto Color Emoji", "HanaMinB")
"""What prints emoji and rare characters of names: a paper is made without them, with 〓."""
TEMPLATES = Path(__file__).parents[1] / "templates_typst"
STAND_IN = "〓"
MOST_LOOKS = 800


def check_fonts(wanted: tuple[str, ...] = FAMILIES) -> list[str]:
    """The font families a paper needs and this machine has not."""
    present = set(fonts().families())
    return [family for family in wanted if family not in present]


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
    data = json.dumps(laid_out(paper, read), ensure_ascii=False)
    made = datetime.combine(file_day(paper), time(0), UTC)
    try:
        return _compiled(PRIVATE.sub(STAND_IN, data), made)
    except typst.TypstError:
        return _compiled(_printable(data), made)


def _compiled(data: str, made: datetime) -> bytes:
    compiler = typst.Compiler(str(TEMPLATES / "paper.typ"), root=str(TEMPLATES), font_paths=fonts())
    out: Any = compiler.compile(
        format="pdf", sys_inputs={"paper": data}, pdf_standards=STANDARDS, timestamp=made
    )
    return bytes(out)


def _printable(data: str) -> str:
    """Put 〓 for the characters no font here can print, as PDF/A refuses blanks."""
    bad = dict.fromkeys(map(ord, lacking(data, looks=MOST_LOOKS)), STAND_IN)
    return data.translate(bad)
