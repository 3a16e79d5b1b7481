"""A QR code as an inline picture: paths only, no script, no outside reference."""

import io
from html import escape

import segno

from keti.kernel.refusals import Refused

from .nodes import safe_link

LONGEST = 1000


def qr_svg(url: str, label: str = "") -> str:
    """The web address as an SVG that can stand in a page as it is."""
    out = io.BytesIO()
    _made(url).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        svgclass="qr",
        lineclass=None,
        omitsize=True,
        border=4,
        dark="#1F2328",
    )
    name = escape(label or url)
    return (
        out.getvalue().decode().strip().replace("<svg ", f'<svg role="img" aria-label="{name}" ', 1)
    )


def qr_png(url: str) -> bytes:
    """The web address as a picture for a Word file."""
    out = io.BytesIO()
    _made(url).save(out, kind="png", scale=6, border=2, dark="#1F2328")
    return out.getvalue()


def _made(url: str) -> segno.QRCode:
    if not url.startswith(("https://", "http://")) or not safe_link(url) or len(url) > LONGEST:
        raise Refused("documents.qr-url", url=url[:200])
    return segno.make(url, error="m", micro=False)
