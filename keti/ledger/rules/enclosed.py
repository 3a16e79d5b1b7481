"""A file that carries its own proof: a PDF with the receipt behind it, as an update of the PDF that
changes nothing of what is shown. Who has the file needs no other to check it."""

import re

from keti.ledger.rules.receipts import RECEIPT

PDF = b"%PDF-"
BEGINS = b"<</Type/KetiReceipt/Length "
TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)
SIZE, ROOT = re.compile(rb"/Size (\d+)"), re.compile(rb"/Root \d+ \d+ R")
KEPT = (ROOT, re.compile(rb"/Info \d+ \d+ R"), re.compile(rb"/ID\s*\[.*?\]", re.DOTALL))


def enclosed(base: bytes, receipt: str) -> bytes:
    """The PDF with the receipt behind it; the same two give the same bytes. Raises ValueError where
    the PDF does not end as it must."""
    found = TRAILER.search(base[-4096:])
    size = SIZE.search(found[1]) if found else None
    if found is None or size is None or not ROOT.search(found[1]) or not base.startswith(PDF):
        raise ValueError("no PDF that ends with its table and trailer")
    number, text = int(size[1]), receipt.encode()
    gap = b"" if base.endswith(b"\n") else b"\n"
    head = f"{number} 0 obj\n".encode() + BEGINS + f"{len(text)}>>\nstream\n".encode()
    part = gap + head + text + b"\nendstream\nendobj\n"
    place, table = len(base) + len(gap), len(base) + len(part)
    rows = f"xref\n{number} 1\n{place:010} 00000 n\r\n".encode()
    kept = b"".join(one[0] for one in (told.search(found[1]) for told in KEPT) if one)
    ends = f"trailer\n<</Size {number + 1}/Prev {int(found[2])}".encode() + kept + b">>\n"
    return base + part + rows + ends + f"startxref\n{table}\n%%EOF\n".encode()


def opened(data: bytes) -> tuple[bytes, str] | None:
    """The PDF and the receipt behind it; None where there is none. A file that differs by a byte
    from what `enclosed` makes of the two has an empty PDF."""
    at = data.rfind(BEGINS)
    if not data.startswith(PDF) or at < 0:
        return None
    told = re.match(rb"(\d{1,7})>>\nstream\n", data[at + len(BEGINS) :])
    if told is None:
        return b"", ""
    first = at + len(BEGINS) + len(told[0])
    text = data[first : first + int(told[1])].decode("utf-8", "replace")
    if not text.startswith(RECEIPT):
        return None
    ends = data.rfind(b"%%EOF", 0, at) + len(b"%%EOF")
    bases = [data[: ends + more] for more in (0, 1, 2)]
    return next((one for one in bases if _is(one, text, data)), b""), text


def _is(base: bytes, text: str, data: bytes) -> bool:
    try:
        return enclosed(base, text) == data
    except ValueError:
        return False
