"""Files of every habit: read letter for letter, cell by cell, picture by picture; and out and in
again as they were."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from keti.documents.rules import pictures
from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.plain import lines
from keti.documents.rules.docx_alone import document_docx
from keti.documents.rules.html import to_html
from keti.documents.rules.sniff import examine
from keti.documents.rules.word.reader import Word, read_word
from keti.documents.rules.written import DOC, Written

from .against import differences
from .corpus import Sample, told
from .corpus_files import BLUE
from .corpus_files import SAMPLES as FIRST
from .corpus_more import MORE
from .plainly import plainly

SAMPLES = FIRST + MORE


def read(data: bytes) -> Word:
    examine(data, "报告.docx")
    found = read_word(io.BytesIO(data), "报告.docx")
    assert schema.read(schema.write(found.doc)) == found.doc
    return found


@pytest.fixture(autouse=True, scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder with the pictures of all samples under their hash."""
    place, before = tmp_path_factory.mktemp("pictures"), list(pictures._folders)
    pictures.lie_in(lambda: place)
    for one in SAMPLES:
        for sha, found in read_word(io.BytesIO(one.data), one.name).pictures.items():
            file = place / sha[:2] / sha[2:4] / sha
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(found.data)
    yield
    pictures._folders[:] = before


def test_there_are_enough() -> None:
    assert len(SAMPLES) >= 40
    assert len({one.name for one in SAMPLES}) == len(SAMPLES)


@pytest.mark.parametrize("sample", SAMPLES, ids=[one.name for one in SAMPLES])
def test_a_file_is_read_letter_for_letter(sample: Sample) -> None:
    found = read(sample.data)
    assert told(found.doc["blocks"]) == sample.blocks
    assert {kind: n for kind, n in found.left.items() if n} == sample.left
    comments = found.doc["comments"].values()
    assert [f"{one['by']} {one['at']} {one['words']}" for one in comments] == sample.comments


@pytest.mark.parametrize("sample", SAMPLES, ids=[one.name for one in SAMPLES])
def test_another_reader_finds_the_same(sample: Sample) -> None:
    assert differences(read(sample.data), plainly(sample.data)) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=[one.name for one in SAMPLES])
def test_out_and_in_again_changes_nothing(sample: Sample) -> None:
    once = read(sample.data).doc
    again = read(document_docx(once))
    if any("left" in run for one in once["blocks"] for run in one.get("runs", ())):
        # what had stayed in the first file is from then on the words that say so
        assert [lines(one) for one in again.doc["blocks"]] == [lines(one) for one in once["blocks"]]
        return
    assert told(again.doc["blocks"]) == told(once["blocks"])
    assert again.doc == once


def test_a_picture_is_served_without_what_is_no_picture() -> None:
    sample = next(one for one in SAMPLES if one.name == "图片与题注")
    shown = read(sample.data).pictures
    assert [b"somebody" in one.data for one in shown.values()] == [False, False]
    assert b"somebody" in BLUE and BLUE in _media(sample.data)


def _media(data: bytes) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(one) for one in archive.namelist() if "media/" in one]


def test_the_file_other_programs_begin_from_is_read() -> None:
    """The template that python-docx (MIT) brings with it: written by Word itself."""
    template = Path(docx.__file__).parent / "templates" / "default.docx"
    assert read(template.read_bytes()).doc["blocks"] == []


def test_a_page_shows_all_of_it() -> None:
    for sample in SAMPLES:
        doc = read(sample.data).doc
        page = to_html((Written(schema.write(doc), DOC),), source=lambda sha: f"/{sha}/")
        for sha in schema.files_of(doc):
            assert f'src="/{sha}/"' in page
