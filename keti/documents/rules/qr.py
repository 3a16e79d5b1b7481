"""A QR code as an inline picture: paths only, no script, no outside reference."""

import io
from html import escape

import segno

from keti.kernel.refusals import Refused

from .nodes import safe_link

LONGEST = 1000


def qr_svg(url: str, label: str = "") -> str:
    """The web address as an SVG that can stand in a page as it is."""
    if not url.startswith(("https://", "http://")) or not safe_link(url) or len(url) > LONGEST:
        raise Refused("documents.qr-url", url=url[:200])
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
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
