"""How the parts of a long report begin, and that its contents tell the pages they stand on."""

import io
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from keti.documents.rules.begins import begins
from keti.documents.rules.doc1.schema import blank, write
from keti.documents.rules.paper import Chapter, Paper
from keti.documents.rules.pdf import to_pdf
from keti.documents.rules.written import DOC, Written, as_body

COMPILER: Any = typst.Compiler
LAID = {"bulk": "long", "body": [], "chapters": [1, 2], "references": [], "annexes": [], "roll": []}
SENTENCE = "各小组核对了数据来源共三百零五项，并附上底稿；由此看来，其中四十二项应有可查的记录。"


def test_the_first_stands_where_it_is_and_what_is_behind_the_text_follows() -> None:
    assert begins(LAID) == ["first", "page", "follows"]
    more = LAID | {"references": ["x"], "annexes": [1, 2], "roll": [1]}
    assert begins(more) == [
        "first", "page", "page", "page", "follows", "follows", "follows"
    ]  # fmt: skip
    assert begins(LAID | {"chapters": [], "roll": [1]}) == ["first", "follows"]
    assert begins(LAID | {"body": [["h", 1, "", []], ["p", []], ["h", 2, "", []]]})[0] == "first"
    assert begins(LAID | {"bulk": "middle"}) == []


def book(*lengths: int) -> Paper:
    """Chapters of so many paragraphs each."""
    chapters = (
        Chapter(f"题目{place}", ("卢（演示）",), as_body("\n\n".join([SENTENCE * 3] * length)))
        for place, length in enumerate(lengths, start=1)
    )
    return Paper(
        kind="report", title="长报告（演示）", date="2022年8月20日", chapters=tuple(chapters)
    )


def read(paper: Paper) -> tuple[PdfReader, list[str]]:
    reader = PdfReader(io.BytesIO(to_pdf(paper)))
    return reader, [re.sub(r"\s", "", one.extract_text()) for one in reader.pages]


@pytest.mark.parametrize("lengths", [(8, 9, 10, 11, 12, 13, 14, 15), (9,) * 9, (13, 9, 10) * 4])
def test_the_contents_tell_the_page_of_every_chapter(lengths: tuple[int, ...]) -> None:
    _reader, pages = read(book(*lengths))
    contents = next(one for one in pages if "目录" in one)
    for place in range(1, len(lengths) + 1):
        stands = [
            number for number, one in enumerate(pages, 1)
            if f"题目{place}执笔" in one
        ]  # fmt: skip
        told = re.search(rf"题目{place}\.+\W*(\d+?)(?=第|编|\D|$)", contents)
        assert told and [int(told[1])] == stands, (place, contents)
    tails = [one for one in pages[2:-1] if len(one) < 120]
    assert tails == []


def noted(place: int) -> Written:
    """A paragraph with a note of its own."""
    note = {"id": "n1", "kind": "paragraph", "runs": [{"words": f"脚注{place}。"}]}
    runs = [{"words": SENTENCE}, {"note": [note]}]
    return Written(write(blank([{"id": "b1", "kind": "paragraph", "runs": runs}])), DOC)


def test_every_note_stands_on_the_page_that_refers_to_it() -> None:
    more = as_body("\n\n".join([SENTENCE * 3] * 2))
    chapters = [
        Chapter(f"题目{place}", (), (*as_body("\n\n".join([SENTENCE * 3] * (7 + place % 5))),
                noted(place), *more))
        for place in range(1, 12)
    ]  # fmt: skip
    _reader, pages = read(replace(book(1), chapters=tuple(chapters)))
    for place in range(1, 12):
        (at,) = [number for number, one in enumerate(pages) if f"脚注{place}。" in one]
        assert re.search(rf"记录。{place}(?!\d)", pages[at]), place


def test_what_does_not_come_to_rest_is_set_with_every_part_on_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _reader, before = read(book(8, 9, 9))
    monkeypatch.setattr(typst, "Compiler", _Restless)
    _reader, after = read(book(8, 9, 9))
    starts = [one for one in after if re.match(r"长报告（演示）第.章题目\d", one)]
    assert len(starts) == 3 and len(after) > len(before)  # without it two begin a page


class _Restless:
    """A compiler that always warns."""

    def __init__(self, *said: Any, **more: Any) -> None:
        self.real = COMPILER(*said, **more)

    def compile_with_warnings(self, **said: Any) -> tuple[Any, list[Any]]:
        made, _none = self.real.compile_with_warnings(**said)
        return made, [SimpleNamespace(message="document did not converge within five attempts")]
