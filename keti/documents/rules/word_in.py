"""A Word file (docx, or WPS's of the same form) read into lines: as its reader sees it.

Nothing is looked at but the words and what makes a heading, a list number or a table row. Changes
that were tracked are read as accepted; a picture, chart, formula or footnote is named where it
stands. Names are told apart by their last part, so strict and transitional files read alike.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, cast
from xml.parsers import expat

from keti.kernel.refusals import Refused

from .reading import HEAD, LINE, LOOKS_LIKE_ONE, NOTE, ROW, Line, Read, within
from .streams import Stream
from .typed import shown
from .word_styles import Numbers, Style, numbers_of, styles_of
from .zips import Budget, guarded, inflated

LONGEST_HEAD = 60
DEEPEST = 250
"""Elements within each other: a table in a text box in a table has some sixty. What is deeper was
written by nobody, and costs its reader more with every level."""
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "rt", "instrText", "delText", "delInstrText", "sectPrChange",
     "pPrChange", "rPrChange", "tblPrChange", "trPrChange", "tcPrChange"}
)  # fmt: skip
_WORDS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": "□", "ptab": " "}
_LEFT = {
    "pic": "picture", "imagedata": "picture", "chart": "chart", "relIds": "chart",
    "oMath": "formula", "footnoteReference": "footnote", "endnoteReference": "footnote",
    "OLEObject": "object", "commentReference": "comment",
}  # fmt: skip
_MARKED = frozenset({"picture", "chart", "formula", "footnote", "object"})
_STOPS = "。；，！？、;,!?…"
_SPACES = re.compile(r"[ \t]+\n")


@dataclass
class _Paragraph:
    """One paragraph while it is read."""

    words: list[str] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    style: Style = field(default_factory=Style)
    outline: int | None = None
    number: tuple[str, int] | None = None
    unnumbered: bool = False
    bold: bool = True
    said: bool = False
    contents: bool = False


@dataclass
class _Row:
    cells: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False


class _Reader:
    """One pass over the body of a document."""

    def __init__(
        self, styles: dict[str, Style], numbers: Numbers, words: dict[str, str], name: str
    ) -> None:
        self.styles, self.numbers, self.marks, self.name = styles, numbers, words, name
        self.out: list[list[Line]] = [[]]
        self.paragraphs: list[_Paragraph] = []
        self.rows: list[_Row] = []
        self.skip = 0
        self.path: list[str] = []
        self.boxes = 0
        self.controls = 0
        self.bold: bool | None = None
        self.hidden = False
        self.heard: list[str] | None = None
        self.in_contents = 0
        self.left: Counter[str] = Counter()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self.path.append(local)
        if len(self.path) > DEEPEST:
            raise Refused("documents.file-too-nested", name=self.name)
        if self.skip or self._is_skipped(local):
            self.skip += 1
            return
        look = getattr(self, f"_on_{local}", None)
        if look is not None:
            look({key.rpartition(" ")[2]: value for key, value in attributes.items()})
        elif local in _WORDS and self.path[-2:-1] == ["r"]:
            self._say(_WORDS[local])
        elif local in _LEFT:
            self._leave(_LEFT[local], attributes)
            self.skip += local == "oMath"

    def _is_skipped(self, local: str) -> bool:
        if local not in _SKIPPED or self._of_marks(local):
            return False
        self.left["change"] += local in ("del", "moveFrom")
        return True

    def _on_ins(self, _said: dict[str, str]) -> None:
        self.left["change"] += 1

    def _of_marks(self, local: str) -> bool:
        """A note that the mark of a paragraph or row was changed holds no words."""
        return local in ("del", "moveFrom") and self.path[-2:-1] in (["rPr"], ["trPr"])

    def end(self, name: str) -> None:
        local = self.path.pop()
        if self.skip:
            self.skip -= 1
            return
        look = getattr(self, f"_end_{local}", None)
        if look is not None:
            look()

    def text(self, words: str) -> None:
        if self.heard is not None and not self.skip:
            self.heard.append(words)

    def _on_t(self, _said: dict[str, str]) -> None:
        self.heard = []

    def _end_t(self) -> None:
        self._say("".join(self.heard or []))
        self.heard = None

    def _on_p(self, _said: dict[str, str]) -> None:
        self.paragraphs.append(_Paragraph(contents=self.in_contents > 0))

    def _on_r(self, _said: dict[str, str]) -> None:
        self.bold, self.hidden = None, False

    def _on_pStyle(self, said: dict[str, str]) -> None:
        if self.paragraphs:
            self.paragraphs[-1].style = self.styles.get(said.get("val", ""), Style())

    def _on_outlineLvl(self, said: dict[str, str]) -> None:
        if self.paragraphs and said.get("val", "").isdigit():
            self.paragraphs[-1].outline = int(said["val"])

    def _on_ilvl(self, said: dict[str, str]) -> None:
        if self.paragraphs:
            now = self.paragraphs[-1].number or ("", 0)
            self.paragraphs[-1].number = (now[0], _whole(said.get("val", "0")))

    def _on_numId(self, said: dict[str, str]) -> None:
        if self.paragraphs:
            now = self.paragraphs[-1].number or ("", 0)
            self.paragraphs[-1].number = (said.get("val", ""), now[1])
            self.paragraphs[-1].unnumbered = said.get("val", "") == "0"

    def _on_b(self, said: dict[str, str]) -> None:
        if self.path[-3:-1] == ["r", "rPr"]:
            self.bold = _on(said)

    def _on_vanish(self, said: dict[str, str]) -> None:
        if self.path[-3:-1] == ["r", "rPr"] and _on(said):
            self.hidden = True
            self.left["hidden"] += 1

    def _on_docPartGallery(self, said: dict[str, str]) -> None:
        if "contents" in said.get("val", "").lower() and not self.in_contents:
            self.in_contents = self.controls

    def _on_sdt(self, _said: dict[str, str]) -> None:
        self.controls += 1

    def _end_sdt(self) -> None:
        self.controls -= 1
        if self.controls < self.in_contents:
            self.in_contents = 0

    def _on_txbxContent(self, _said: dict[str, str]) -> None:
        self.boxes += 1

    def _end_txbxContent(self) -> None:
        self.boxes -= 1

    def _on_tr(self, _said: dict[str, str]) -> None:
        self.rows.append(_Row())

    def _on_tc(self, _said: dict[str, str]) -> None:
        self.out.append([])

    def _on_gridSpan(self, said: dict[str, str]) -> None:
        if self.rows:
            self.rows[-1].span = min(max(_whole(said.get("val", "1")), 1), 60)

    def _on_vMerge(self, said: dict[str, str]) -> None:
        if self.rows:
            self.rows[-1].goes_on = said.get("val", "continue") == "continue"

    def _end_tc(self) -> None:
        lines = self.out.pop()
        if not self.rows:
            self.out[-1] += lines
            return
        row = self.rows[-1]
        words = "" if row.goes_on else "\n".join(_flat(one) for one in lines)
        row.cells += [words, *[""] * (row.span - 1)]
        row.span, row.goes_on = 1, False

    def _end_tr(self) -> None:
        row = self.rows.pop()
        if any(cell.strip() for cell in row.cells):
            self.out[-1].append(Line(ROW, cells=tuple(row.cells)))

    def _end_p(self) -> None:
        done = self.paragraphs.pop()
        line = self._line(done)
        # What stands in a text box within a paragraph is read after it.
        lines = ([line] if line else []) + done.after
        if self.paragraphs and self.boxes:
            self.paragraphs[-1].after += lines
        else:
            self.out[-1] += lines

    def _say(self, words: str) -> None:
        if not self.paragraphs or self.hidden or not words:
            return
        paragraph = self.paragraphs[-1]
        paragraph.words.append(words)
        if words.strip():
            paragraph.said = True
            bold = paragraph.style.bold if self.bold is None else self.bold
            paragraph.bold = paragraph.bold and bold

    def _leave(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "footnote" and _reserved(attributes):
            return
        self.left[kind] += 1
        if kind in _MARKED and self.paragraphs and not self.paragraphs[-1].contents:
            self.paragraphs[-1].words.append(self.marks.get(kind, ""))

    def _line(self, done: _Paragraph) -> Line | None:
        words = _SPACES.sub("\n", shown("".join(done.words))).strip()
        if done.contents or done.style.contents:
            self.left["contents"] += bool(words)
            return None
        number = self._number(done)
        if not words:
            return None
        level = done.style.outline if done.outline is None else done.outline
        short = len(words) <= LONGEST_HEAD and "\n" not in words
        if level is not None and level < 9 and len(words) <= 2 * LONGEST_HEAD:
            return Line(HEAD, f"{number}{words}", level + 1)
        if done.style.title and short:
            return Line(HEAD, words, 0)
        if short and done.said and done.bold and words[-1] not in _STOPS:
            return Line(HEAD, f"{number}{words}", LOOKS_LIKE_ONE)
        return Line(LINE, f"{number}{words}")

    def _number(self, done: _Paragraph) -> str:
        if done.unnumbered:
            return ""
        number = done.number or done.style.number
        if number and not number[0] and done.style.number:
            number = (done.style.number[0], number[1])
        return self.numbers.next(*number) if number and number[0] else ""


def _on(said: dict[str, str]) -> bool:
    return said.get("val", "1").lower() not in ("0", "false", "off")


def _whole(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _reserved(attributes: dict[str, str]) -> bool:
    """The separator lines of a page, which are stored as notes."""
    said = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    return said.get("id", "1") in ("-1", "0") and "customMarkFollows" not in said


def _flat(line: Line) -> str:
    """A line inside a cell: rows of a table within it lose their tabs."""
    return " ".join(one for one in line.cells if one) if line.kind == ROW else line.words


def read_docx(file: Stream, name: str, marks: dict[str, str]) -> Read:
    """The document as lines. `marks` are the words that stand for what is not read, by kind:
    picture, chart, formula, footnote, object; and `cut` for what is too long.

    Refuses what `guarded` refuses (a damaged archive, one that unpacks to too much) and elements
    nested deeper than anybody writes.
    """
    budget = Budget()
    with guarded(file, name, budget) as archive:
        parts = {one.filename.lower(): one for one in archive.infolist()}

        def whole(part: str) -> bytes:
            entry = parts.get(part)
            return b"".join(inflated(archive, entry, name, budget)) if entry else b""

        styles = styles_of(whole("word/styles.xml"))
        numbers = numbers_of(whole("word/numbering.xml"))
        reader = _Reader(styles, numbers, marks, name)
        parser = _parser(reader)
        body = parts.get("word/document.xml")
        for chunk in inflated(archive, body, name, budget) if body else ():
            _feed(parser, chunk)
        _feed(parser, b"", last=True)
    lines, cut = within(reader.out[0])
    if cut:
        lines.append(Line(NOTE, marks.get("cut", "")))
    return Read(tuple(lines), 0, tuple(sorted(reader.left.items())))


def _parser(reader: _Reader) -> Any:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    return cast(Any, parser)


def _feed(parser: Any, chunk: bytes, *, last: bool = False) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as broken:
        raise ValueError("no well-formed document") from broken
