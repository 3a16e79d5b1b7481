"""Hostile files in every spelling are refused; what ordinary programs write is taken."""

import struct
import time

import pytest

from keti.documents.rules.sniff import examine
from keti.documents.tests.hostile import DOCX, HOSTILE, packed
from keti.documents.tests.ordinary import ORDINARY
from keti.kernel.refusals import Refused


@pytest.mark.parametrize(
    ("data", "ending", "code"), [one[1:] for one in HOSTILE], ids=[one[0] for one in HOSTILE]
)
def test_a_hostile_file_is_refused_in_every_spelling(data: bytes, ending: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        examine(data, f"报告.{ending}")
    assert refused.value.code == f"documents.{code}"
    assert "报告" in refused.value.sentence("zh-hans") and refused.value.sentence("en")


@pytest.mark.parametrize(
    ("data", "ending"), list(ORDINARY.values()), ids=[name for name in ORDINARY]
)
def test_what_ordinary_programs_write_is_taken(data: bytes, ending: str) -> None:
    assert examine(data, f"报告.{ending}").kind == ending


SLOW = {
    "beginnings of streams": (b"%PDF-1.4\n" + b"stream\n" * 500_000 + b"%%EOF", "pdf"),
    "beginnings of fields": (b"{\\rtf1" + b"\\fldinst" * 300_000 + b"}", "rtf"),
}


@pytest.mark.parametrize(("data", "ending"), list(SLOW.values()), ids=list(SLOW))
def test_a_file_of_nothing_but_beginnings_is_not_read_for_minutes(data: bytes, ending: str) -> None:
    began = time.process_time()
    with pytest.raises(Refused) as refused:
        examine(data, f"报告.{ending}")
    assert refused.value.code == "documents.file-archive-unsafe"
    assert time.process_time() - began < 15


def test_bytes_between_the_parts_belong_to_nobody() -> None:
    """A part that the table of contents does not name, or that two names share."""
    hidden = b"PK\x03\x04" + b"\0" * 5000
    end = DOCX.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", DOCX[end + 16 : end + 20])[0]
    moved = DOCX[: end + 16] + struct.pack("<I", start + len(hidden)) + DOCX[end + 20 :]
    shared = bytearray(packed({"word/a.xml": b"<a/>", "word/b.xml": b"<a/>"}))
    places, at = [], 0
    while (at := shared.find(b"PK\x01\x02", at)) >= 0:
        places.append(at)
        at += 4
    shared[places[-1] + 42 : places[-1] + 46] = shared[places[-2] + 42 : places[-2] + 46]
    for data in (moved[:start] + hidden + moved[start:], bytes(shared)):
        with pytest.raises(Refused) as refused:
            examine(data, "a.docx")
        assert refused.value.code in ("documents.file-archive-unsafe", "documents.file-damaged")


def test_the_corpus_is_large_enough() -> None:
    assert len(HOSTILE) >= 60 and len(ORDINARY) >= 20
