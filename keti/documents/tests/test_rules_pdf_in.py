"""The text layer of PDFs: as far as it can be read in time."""

import io
import time

import pytest

from keti.documents.rules.pdf_in import read_pdf


def pages(*streams: bytes) -> bytes:
    """A file of pages with these drawings."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(streams)))
    out = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n"
        b"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n" % (kids, len(streams))
    )
    for n, drawn in enumerate(streams):
        out += (
            b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>endobj\n"
            b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
            % (4 + 2 * n, 5 + 2 * n, 5 + 2 * n, len(drawn), drawn)
        )
    return out + b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"


def said(words: bytes) -> bytes:
    return b"BT /F 9 Tf (%s) Tj ET" % words


def test_a_page_without_end_is_broken_off_and_the_pages_before_it_kept() -> None:
    data = pages(said(b"first"), b"BT /F 9 Tf " + b"(a) Tj " * 500_000 + b"ET", said(b"third"))
    begun = time.process_time()
    found = read_pdf(io.BytesIO(data), "a.pdf", seconds=0.5)
    assert time.process_time() - begun < 5
    assert [(one.words, one.page) for one in found.lines] == [("first", 1)]
    assert (found.pages, dict(found.left)) == (3, {"unread": 2})


def test_what_is_too_long_is_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("keti.documents.rules.reading.MOST_CHARACTERS", 7)
    found = read_pdf(io.BytesIO(pages(said(b"first"), b"", said(b"third"))), "a.pdf")
    assert [one.words for one in found.lines] == ["first"]
    assert (found.pages, dict(found.left)) == (3, {"unread": 2})
