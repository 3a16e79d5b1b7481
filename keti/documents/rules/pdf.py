"""A paper as PDF/A-2a and PDF/UA-1, set by Typst in this process.

The template is fixed; every word of the paper reaches it as JSON data and never as code.
"""

import json
import tempfile
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from keti.kernel.refusals import Refused

from .glyphs import PRIVATE, STANDARDS, fonts, lacking
from .html import NO_PICTURE
from .layout import laid_out
from .paper import Paper, file_day
from .pictures import bytes_of, mime_of
from .tree import Reader, sources, trees

FAMILIES = ("Noto Serif CJK SC", "Noto Sans CJK SC", "Libertinus Serif", "DejaVu Sans Mono")
RARER = ("Noto Color Emoji", "HanaMinB")
"""What prints emoji and rare characters of names: a paper is made without them, with 〓."""
TEMPLATES = Path(__file__).parents[1] / "templates_typst"
STAND_IN = "〓"
MOST_LOOKS = 800
_RESTLESS = "did not converge"


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
    laid = laid_out(paper, read)
    with tempfile.TemporaryDirectory() as folder:
        root = beside_templates(laid, Path(folder))
        data = json.dumps(laid, ensure_ascii=False)
        made = datetime.combine(file_day(paper), time(0), UTC)
        try:
            return _compiled(PRIVATE.sub(STAND_IN, data), made, root)
        except typst.TypstError:
            return _compiled(_printable(data), made, root)


def beside_templates(laid: dict[str, Any], folder: Path) -> Path:
    """Where the templates are read from: a folder with the paper's pictures beside them, where it
    shows any. A picture whose bytes lie nowhere is said in words."""
    put: dict[str, str] = {}

    def place(node: Any) -> Any:
        if isinstance(node, list) and len(node) == 2 and node[0] == "fig":
            return _with_path(node[1], put, folder)
        if isinstance(node, list):
            return [place(one) for one in node]
        if isinstance(node, dict):
            return {key: place(one) for key, one in node.items()}
        return node

    for key in _SHOWING & laid.keys():
        laid[key] = place(laid[key])
    if not put:
        return TEMPLATES
    for one in TEMPLATES.glob("*.typ"):
        (folder / one.name).write_bytes(one.read_bytes())
    return folder


_SHOWING = {"body", "chapters", "summary", "other", "annexes"}


def _with_path(picture: dict[str, Any], put: dict[str, str], folder: Path) -> Any:
    sha = picture["file"]
    data = bytes_of(sha)
    if data is None:
        return ["p", [["s", picture["alt"] or NO_PICTURE]]]
    if sha not in put:
        put[sha] = f"{len(put) + 1}.{mime_of(data).rpartition('/')[2]}"
        (folder / put[sha]).write_bytes(data)
    return ["fig", picture | {"path": put[sha]}]


def _compiled(data: str, made: datetime, root: Path) -> bytes:
    """Set; and once more with every part on a page of its own where the places of the parts did
    not come to rest, as numbers in its contents would be wrong."""
    compiler: Any = typst.Compiler(str(root / "paper.typ"), root=str(root), font_paths=fonts())
    out = b""
    for told in ({}, {"settled": "yes"}):
        out, warnings = compiler.compile_with_warnings(
            format="pdf", sys_inputs={"paper": data} | told, pdf_standards=STANDARDS, timestamp=made
        )
        if not any(_RESTLESS in one.message for one in warnings):
            break
    return bytes(out)


def _printable(data: str) -> str:
    """Put 〓 for the characters no font here can print, as PDF/A refuses blanks."""
    bad = dict.fromkeys(map(ord, lacking(data, looks=MOST_LOOKS)), STAND_IN)
    return data.translate(bad)
