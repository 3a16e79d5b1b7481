"""A second reader of Word files, small and by other rules than ours: the standard library walks the
parts in order and says what stands there. What our reader says is held against it."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from .elements import chosen, goes_on, held_in, holds, is_on, kid, name, said

NOTE, FORMULA, SIGN, SHOWN = "\ue100", "\ue101", "\ue103", "\ue105"
"""Stand among words for a note, a formula, a sign of some font, what a field shows by its code."""
_BY_CODE = re.compile(r"\s*(EQ|SYMBOL|FORMCHECKBOX|FORMDROPDOWN|MACROBUTTON|GOTOBUTTON)\b", re.I)
_CONTENTS = re.compile("(toc|目录|目錄) ?([0-9]|heading|标题)")
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "\u2011",
          "softHyphen": "\xad", "sym": SIGN}  # fmt: skip
_OF_SIGNS = {"symbol", "wingdings", "wingdings 2", "wingdings 3"}
_BOTH = {"footnote": "footnotes", "endnote": "endnotes"}
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_CHANGED = {"ins": "+", "moveTo": "+", "del": "-", "moveFrom": "-"}
_WRITTEN = {"txbxContent", "txBody", "textpath"}


@dataclass
class Field:
    """A field while it is read: its code, whether its words have begun, and where."""

    code: str = ""
    shows: bool = False
    line: Any = None
    begin: int = 0
    held: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Line:
    """One paragraph: its letters, of each whether it is put in (+), cut (-) or neither, and
    whether a list counts it."""

    words: str = ""
    states: str = ""
    counted: bool = False
    places: list[str] = field(default_factory=list)


Cell: TypeAlias = list[Line]
Grid: TypeAlias = list[list[Cell]]
Row: TypeAlias = dict[int, tuple[Cell, int]]


@dataclass
class Plainly:
    """What a file says: paragraphs in order (boxes and notes where they stand), tables as grids of
    what covers each place, the bytes of its pictures, the letters of its formulas; and words that
    stand where neither reader looks."""

    lines: list[Line] = field(default_factory=list)
    tables: list[Grid] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)


class Reader:
    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.files = {one.lower(): one for one in self.zip.namelist()}
        main = self._related("", "officeDocument")
        self.main = main[0] if main else "word/document.xml"
        self.out = Plainly()
        self.rels = self._rels(self.main)
        self.hidden: set[str] = set()
        self.contents: set[str] = set()
        self.labels: set[str] = set()
        self.listed: set[str] = set()
        self.usual = self.style = ""
        self._styles()
        self.notes: dict[tuple[str, str], Element] = {}
        for kind, file in _BOTH.items():
            for part in self._related(self.main, file):
                for one in self._tree(part) or ():
                    if said(one, "type") not in ("", "normal"):
                        continue
                    self.notes.setdefault((kind, said(one, "id")), one)
        self.deep = 0
        self.fields: list[Field] = []
        self.seen: set[int] = set()

    def _tree(self, part: str) -> Element | None:
        file = self.files.get(part.lower())
        return ElementTree.fromstring(self.zip.read(file)) if file else None

    def _rels(self, part: str) -> dict[str, tuple[str, str]]:
        folder, file = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}
        for one in self._tree(posixpath.join(folder, "_rels", f"{file}.rels")) or ():
            target = said(one, "Target")
            if said(one, "TargetMode").lower() != "external":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[said(one, "Id")] = (said(one, "Type").rpartition("/")[2], target)
        return found

    def _related(self, part: str, kind: str) -> list[str]:
        return [to for sort, to in self._rels(part).values() if sort == kind]

    def _styles(self) -> None:
        rows: dict[str, Element] = {}
        for part in self._related(self.main, "styles"):
            for one in self._tree(part) or ():
                if name(one) == "style":
                    rows[said(one, "styleId")] = one
        for key, one in rows.items():
            if said(one, "default") in ("1", "true", "on") and said(one, "type") == "paragraph":
                self.usual = key
            chain, at = [], key
            while at in rows and rows[at] not in chain and len(chain) < 20:
                chain.append(rows[at])
                at = said(kid(rows[at], "basedOn"))
            first = next((x for r in chain if (x := kid(r, "rPr", "vanish")) is not None), None)
            self.hidden |= {key} if is_on(first) else set()
            titles = [said(kid(r, "name")).lower() for r in chain]
            self.contents |= {key} if any(map(_CONTENTS.match, titles)) else set()
            self.labels |= {key} if said(kid(one, "name")) == "HeadNumber" else set()
            self.listed |= (
                {key} if any(kid(r, "pPr", "numPr") is not None for r in chain) else set()
            )

    def read(self) -> Plainly:
        tree = self._tree(self.main)
        for body in tree if tree is not None else ():
            self._blocks(body)
        for one in self._written(tree):
            self.out.unseen += [one.text or ""] if id(one) not in self.seen else []
        return self.out

    def _written(self, parent: Any) -> Iterator[Element]:
        """Whatever is written in a part, wherever it stands, but for what is said twice."""
        for one in parent:
            what = name(one)
            if what == "t" and (one.text or "").strip():
                yield one
            elif what == "AlternateContent":
                yield from self._written(chosen(one))
            elif what not in ("rt", "numPr", "rPrChange", "pPrChange"):
                yield from self._written(one)

    def _blocks(self, kids: Any) -> None:
        for one in kids:
            what = name(one)
            if what == "p":
                self._paragraph(one)
            elif what == "tbl":
                self._table(one)
            elif what == "sdt":
                gallery = said(kid(one, "sdtPr", "docPartObj", "docPartGallery")).lower()
                if "contents" in gallery:
                    self._pass(one)
                else:
                    self._blocks(kid(one, "sdtContent") or [])
            elif what == "AlternateContent":
                self._blocks(chosen(one))
            elif holds(one, "p"):
                self._blocks(one)

    def _paragraph(self, one: Element) -> None:
        style = said(kid(one, "pPr", "pStyle")) or self.usual
        if style in self.contents:
            self._pass(one)
            return
        before, self.style = self.style, style
        line = Line(counted=style in self.listed or kid(one, "pPr", "numPr") is not None)
        self.out.lines.append(line)
        later: list[Any] = []
        self._inline(one, line, "", later)
        never = [x for x in self.fields if x.line is line and not x.shows]
        self.fields = [x for x in self.fields if x not in never]
        for words, state in (said_ for x in never for said_ in x.held):
            self._say(words, line, state)
        self.style = before
        for sort, inner in sorted(later, key=lambda one: one[0] != "note"):
            self._later(sort, inner)

    def _pass(self, one: Element) -> None:
        """What is not read, by the rules: contents, hidden words."""
        self.seen |= {id(inner) for inner in one.iter()}

    def _later(self, sort: str, inner: Any) -> None:
        if sort == "txbxContent":
            self._blocks(inner)
        elif sort == "textpath":
            self.out.lines.append(Line(said(inner, "string"), " " * len(said(inner, "string"))))
        elif sort == "txBody":
            for row in inner:
                self._pass(row)
                said_ = (x for x in row.iter() if name(x) in ("t", "br"))
                words = "".join("\n" if name(x) == "br" else x.text or "" for x in said_)
                self.out.lines.append(Line(words, " " * len(words)))
        else:
            at = len(self.out.lines)
            for row in inner.iter():
                if name(row) == "p":
                    self._paragraph(row)
            for line in self.out.lines[at : at + 1]:
                more = len(line.words) - len(line.words.lstrip(" \t\u3000"))
                line.words, line.states = line.words[more:], line.states[more:]

    def _inline(self, parent: Any, line: Line, state: str, later: list[Any]) -> None:
        for one in parent:
            what = name(one)
            if what == "r":
                self._run(one, line, state, later)
            elif what == "AlternateContent":
                self._inline(chosen(one), line, state, later)
            elif what == "oMath":
                self._formula(one, line)
            elif what == "oMathPara" or holds(one, "r"):
                self._inline(one, line, _CHANGED.get(what, state), later)

    def _formula(self, one: Element, line: Line) -> None:
        self._pass(one)
        self.out.formulas.append("".join(x.text or "" for x in one.iter() if name(x) == "t"))
        self._say(FORMULA, line, "")

    def _say(self, words: str, line: Line, state: str) -> None:
        for one in self.fields:
            if one.line is line and not one.shows:
                one.held.append((words, state))
                return
        words = _UNSEEN.sub("", words.replace("\r\n", "\n").replace("\r", "\n"))
        line.words += words
        line.states += (state or " ") * len(words)

    def _run(self, run: Element, line: Line, state: str, later: list[Any]) -> None:
        style = said(kid(run, "rPr", "rStyle"))
        own = kid(run, "rPr", "vanish")
        if style in self.labels or (
            is_on(own) if own is not None else {style, self.style} & self.hidden
        ):
            self._pass(run)
            return
        fonts = kid(run, "rPr", "rFonts")
        self.signs = (said(fonts, "ascii") or said(fonts, "hAnsi")).strip().lower() in _OF_SIGNS
        self._parts(run, line, state, later)

    def _turn(self, one: Element, line: Line) -> None:
        """A sign of a field: what it shows by its code alone stands where it ends."""
        kind = said(one, "fldCharType")
        if name(one) == "instrText" and self.fields:
            self.fields[-1].code += one.text or ""
        if kind == "begin":
            self.fields.append(Field(line=line, begin=len(line.words)))
        elif kind == "separate" and self.fields:
            self.fields[-1].shows, self.fields[-1].begin = True, len(line.words)
        elif kind == "end" and self.fields:
            done = self.fields.pop()
            bare = done.line is not line or not line.words[done.begin :].strip()
            if bare and done.line is line and _BY_CODE.match(done.code):
                self._say(SHOWN, line, "")

    def _part(self, one: Element, line: Line, state: str, later: list[Any]) -> None:
        what = name(one)
        self.seen.add(id(one))
        if what in _SIGNS:
            self._say(_SIGNS[what], line, state)
        elif what in ("t", "delText", "br"):
            self._say(self._letters(one), line, state)
        elif what in ("fldChar", "instrText"):
            self._turn(one, line)
        elif what == "ruby":
            self._inline([x for x in one if name(x) == "rubyBase"], line, state, later)
        elif what in ("footnoteReference", "endnoteReference"):
            later += self._note(what.removesuffix("Reference"), said(one, "id"), line)
        elif what == "AlternateContent":
            self._parts(chosen(one), line, state, later)
        elif what in ("drawing", "pict", "object"):
            self._drawn(one, later)

    def _parts(self, some: Any, line: Line, state: str, later: list[Any]) -> None:
        for one in some:
            self._part(one, line, state, later)

    def _note(self, kind: str, ident: str, line: Line) -> list[Any]:
        self._say(NOTE, line, "")
        note = self.notes.pop((kind, ident), None)
        return [("note", note)] if note is not None else []

    def _letters(self, one: Element) -> str:
        if name(one) == "br":
            return "" if said(one, "type") in ("page", "column") else "\n"
        words = re.sub("\r\n|[\r\n]", " ", one.text or "")
        if self.signs:
            words = re.sub("[\uf021-\uf0ff\x21-\xff]", SIGN, words.replace("\uf020", " "))
        return words

    def _drawn(self, parent: Any, later: list[Any]) -> None:
        for one in parent:
            what = name(one)
            if what in _WRITTEN:
                later.append((what, one))
            elif what == "relIds":
                _sort, to = self.rels.get(said(one, "dm"), ("", ""))
                points = [x for x in self._tree(to).iter() if name(x) == "pt"] if to else []
                later += [("txBody", x) for pt in points for x in pt if name(x) == "t"]
            else:
                self._picture(one if what in ("blip", "imagedata", "fill") else None)
                self._drawn(chosen(one) if what == "AlternateContent" else one, later)

    def _picture(self, one: Element | None) -> None:
        sort, to = self.rels.get(said(one, "embed") or said(one, "id"), ("", ""))
        if sort == "image" and to.lower() in self.files:
            self.out.pictures.append(self.zip.read(self.files[to.lower()]))

    def _table(self, one: Element) -> None:
        """The grid of what covers each place; a merged cell stands at every place it covers."""
        grid: Grid = []
        self.deep += 1
        self.out.tables.append(grid)
        outer, placed, above = self.out.lines, [], {}
        for number, row in enumerate(held_in(one, "tr")):
            above, cells = self._row(row, above)
            placed += [(number, *cell) for cell in cells]
        self.out.lines = outer
        high = max((one[0] for one in placed), default=-1) + 1
        columns = max((one[1] + one[2] for one in placed), default=0)
        grid += [[[] for _column in range(columns)] for _row in range(high)]
        for number, at, wide, held in placed:
            grid[number][at : at + wide] = [held] * wide
        self.deep -= 1
        if self.deep:
            each = {id(held): held for *_at, held in placed}
            outer += [line for held in each.values() for line in held]

    def _row(self, row: Element, above: Row) -> tuple[Row, list[tuple[int, int, Cell]]]:
        """What covers each column a cell begins in, and the cells with where they begin."""
        at, last = int(said(kid(row, "trPr", "gridBefore")) or 0), -1
        now: Row = {}
        cells: list[tuple[int, int, Cell]] = []
        for cell in held_in(row, "tc"):
            props = kid(cell, "tcPr")
            wide = int(said(kid(props, "gridSpan")) or 1) or 1
            held: Cell = []
            if goes_on(props, "hMerge") and last >= 0:
                held, span = now[last]
                now[last] = (held, span + wide)
            elif goes_on(props, "vMerge") and above.get(at, (held, 0))[1] == wide:
                now[at], last = above[at], at
                held = above[at][0]
            else:
                now[at], last = (held, wide), at
            self.out.lines = held
            self._blocks(cell)
            cells.append((at, wide, held))
            at += wide
        return now, cells


def plainly(data: bytes) -> Plainly:
    return Reader(data).read()
