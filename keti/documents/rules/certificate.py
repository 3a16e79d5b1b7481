"""Certificates as one PDF (PDF/A-2a, PDF/UA-1), a lying page each, in both languages.

The template is fixed; every word reaches it as JSON data and never as code.
"""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, time
from typing import Any

import typst

from keti.kernel.refusals import Refused

from .glyphs import PRIVATE, STANDARDS, fonts, lacking
from .pdf import MOST_LOOKS, STAND_IN, TEMPLATES, check_fonts
from .qr import qr_svg
from .words import WORDS


@dataclass(frozen=True, slots=True)
class CertificateText:
    """Everything printed on one certificate, in its two languages: title, who, the text, who issues
    it, the day; its number, the notes at its foot, and the address at which it is checked."""

    title_zh: str
    title_en: str
    who_zh: str
    who_en: str
    text_zh: str
    text_en: str
    issuer_zh: str
    issuer_en: str
    date_zh: str
    date_en: str
    number: str
    notes: tuple[str, ...]
    address: str
    demo: bool = False


def certificates_pdf(pages: Sequence[CertificateText], day: datetime.date) -> bytes:
    """These certificates as one PDF; the same ones give the same bytes."""
    missing = check_fonts()
    if missing:
        raise Refused("documents.fonts-missing", families=", ".join(missing))
    shown = [_with_code(one) for one in pages]
    title = pages[0].title_zh if len(pages) != 1 else f"{pages[0].title_zh} {pages[0].number}"
    told = {"pages": shown, "title": title, "day": [day.year, day.month, day.day]}
    data = PRIVATE.sub(STAND_IN, json.dumps(told, ensure_ascii=False))
    made = datetime.datetime.combine(day, time(0), UTC)
    try:
        return _compiled(data, made)
    except typst.TypstError:
        bad = dict.fromkeys(map(ord, lacking(data, looks=MOST_LOOKS)), STAND_IN)
        return _compiled(data.translate(bad), made)


def _with_code(one: CertificateText) -> dict[str, Any]:
    mark = WORDS["zh-hans"]["demo"] if one.demo else ""
    return asdict(one) | {"qr": qr_svg(one.address), "demo": mark}


def _compiled(data: str, made: datetime.datetime) -> bytes:
    compiler = typst.Compiler(
        str(TEMPLATES / "certificate.typ"), root=str(TEMPLATES), font_paths=fonts()
    )
    out: Any = compiler.compile(
        format="pdf", sys_inputs={"told": data}, pdf_standards=STANDARDS, timestamp=made
    )
    return bytes(out)
