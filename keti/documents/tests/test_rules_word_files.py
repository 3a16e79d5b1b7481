"""Files that other programs wrote, as others collected them (`word_files/SOURCES.md`): read letter
for letter as a second reader reads them, out and in again as they were."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from keti.documents.rules import pictures
from keti.documents.rules.doc1 import schema
from keti.documents.rules.doc1.plain import lines
from keti.documents.rules.docx_alone import document_docx
from keti.documents.rules.sniff import examine
from keti.documents.rules.word.reader import Word, read_word

from .against import differences
from .corpus import told
from .plainly import plainly

PLACE = Path(__file__).parent / "word_files"
FILES = sorted(PLACE.glob("*.docx"))
EVERY = [one.stem for one in FILES]
SPREAD = EVERY[::9]


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path) -> Iterator[Path]:
    before = list(pictures._folders)
    pictures.lie_in(lambda: tmp_path)
    yield tmp_path
    pictures._folders[:] = before


def read(data: bytes) -> Word:
    examine(data, "报告.docx")
    found = read_word(io.BytesIO(data), "报告.docx")
    assert schema.read(schema.write(found.doc)) == found.doc
    return found


def test_each_says_where_it_comes_from_and_under_which_licence() -> None:
    rows = (PLACE / "SOURCES.md").read_text().splitlines()
    told_of = [re.findall(r"[^|]+", row)[0].strip() for row in rows if row.startswith("| ")][1:]
    assert told_of == EVERY and len(EVERY) >= 70
    for row in rows[-len(EVERY) :]:
        assert row.rstrip(" |").rpartition("| ")[2] in (
            "MPL-2.0",
            "Apache-2.0",
            "BSD-2-Clause",
            "MIT",
        )
    assert sum(one.stat().st_size for one in FILES) < 3_000_000


@pytest.mark.parametrize("name", EVERY)
def test_a_file_is_read_as_another_reads_it(name: str) -> None:
    data = (PLACE / f"{name}.docx").read_bytes()
    found, plain = read(data), plainly(data)
    assert differences(found, plain) == []
    assert plain.unseen == []


@pytest.mark.parametrize("name", SPREAD)
def test_out_and_in_again_changes_nothing(name: str, shelf: Path) -> None:
    _out_and_in(name, shelf)


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERY)
def test_out_and_in_again_changes_nothing_in_any(name: str, shelf: Path) -> None:
    _out_and_in(name, shelf)


def _out_and_in(name: str, shelf: Path) -> None:
    once = read((PLACE / f"{name}.docx").read_bytes())
    for sha, picture in once.pictures.items():
        file = shelf / sha[:2] / sha[2:4] / sha
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(picture.data)
    again = read(document_docx(once.doc))
    if any("left" in run for run in schema.runs_of(once.doc["blocks"])):
        # what had stayed in the first file is from then on the words that say so
        before, after = once.doc["blocks"], again.doc["blocks"]
        assert [lines(one) for one in after] == [lines(one) for one in before]
        return
    assert told(again.doc["blocks"]) == told(once.doc["blocks"])
    assert again.doc == once.doc
    assert not +again.left
