"""The parts of a report found in a file that was handed in: what stands under which title. Pure.

A heading is a part's title when both say the same but for number, blanks, width and case; else when
it is near the title of exactly one part (`near`). What stands under another heading of that rank
belongs to no part and is given back apart, each heading by itself, with the part it follows. A part
swallows the headings that say its own name (`says`); every other stays in it, as a heading.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .reading import HEAD, LOOKS_LIKE_ONE, NOTE, ROW, ReadLine
from .titles import names_of, near, normal, says
from .typed import heading_rank

_LEADER = re.compile(r"[.…·\s]{3,}\d{1,4}$|\t\d{1,4}$")
_RUN_IN = re.compile(r"^(.{1,40}?)[:：]\s*(.+)$", re.DOTALL)
LONGEST = 80
MOST_APART = 40
WITHIN = " within"
"""What is said of a heading that opens nothing: it belongs to what stands above it."""


@dataclass(frozen=True, slots=True)
class Apart:
    """What stands under no part's title: its own heading, its words, the part it follows ("" for
    what stands before the first), whether it holds more than title lines, and the blocks of the
    document it consists of (none where it cannot be cut from it)."""

    title: str
    words: str
    follows: str
    weighty: bool = True
    places: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A heading of the file: its block, its words, and the part it opens; "" where a piece that
    belongs to none begins under it, `WITHIN` where it opens nothing."""

    at: int
    title: str
    key: str


@dataclass
class Found:
    """Part key -> words, part key -> first and last page, and what belongs to no part; of a
    document part key -> its blocks, where its words are whole blocks, and the headings found."""

    texts: dict[str, str] = field(default_factory=dict)
    pages: dict[str, tuple[int, int]] = field(default_factory=dict)
    apart: list[Apart] = field(default_factory=list)
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)
    opened: list[Opened] = field(default_factory=list)


@dataclass
class _Piece:
    """Lines under one heading that counts."""

    key: str
    title: str = ""
    lines: list[str] = field(default_factory=list)
    follows: str = ""
    weighty: bool = False
    rank: int = 0
    first: int = 0
    last: int = 0
    head: int = -1
    kept: bool = False
    held: list[int] = field(default_factory=list)
    broken: bool = False

    def add(self, words: str, page: int = 0) -> None:
        self.lines.append(words)
        self.last = page or self.last


class _Laying:
    """One pass over the lines of a file. `moved` says of headings by their block which part they
    open, "" for a piece that stands apart, `WITHIN` for none; `heads` are the blocks that are
    headings; `usual` is the rank of those that are titles of parts."""

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        moved: Mapping[int, str],
        heads: frozenset[int],
        usual: int = 0,
    ) -> None:
        self.names = names
        self.moved = moved
        self.heads = heads
        self.usual = usual
        self.opened: list[Opened] = []
        self.owner: dict[int, _Piece] = {}
        self.met: dict[str, int] = {}
        self.pieces = [_Piece("")]
        self.rank = 0

    @property
    def now(self) -> _Piece:
        return self.pieces[-1]

    def key_of(self, title: str, *, rank: int = 0) -> str:
        """The part of this title; of several with one title, each in its turn. A heading as high
        as those of the parts may be near a title, too."""
        if len(title) > LONGEST or _LEADER.search(title):
            return ""
        keys = self.names.get(normal(title), ())
        if not keys and rank and (not self.rank or self.ends(rank)):
            keys = near(title, self.names)
        if not keys:
            return ""
        turn = self.met.get(keys[0], 0)
        self.met[keys[0]] = turn + 1
        return keys[min(turn, len(keys) - 1)]

    def line(self, line: ReadLine) -> None:
        if line.kind == ROW:
            before = self.now
            self.row(line)
            self.own(line.at, broken=self.now is not before)
        elif not self.opens(line):
            weighty = line.kind != HEAD and len(line.words) > 20
            self.now.add(line.words, line.page)
            self.now.weighty = self.now.weighty or weighty
            self.own(line.at)
            if line.at in self.heads or line.at in self.moved:
                self.opened.append(Opened(line.at, line.words, WITHIN))

    def own(self, at: int, *, broken: bool = False) -> None:
        """The block belongs to the piece that is read; one that belongs to two cannot be cut."""
        if at < 0:
            return
        other = self.owner.setdefault(at, self.now)
        if broken or other is not self.now:
            other.broken = self.now.broken = True
        if not self.now.held or self.now.held[-1] != at:
            self.now.held.append(at)

    def opens(self, line: ReadLine) -> bool:
        """Whether the line is the title of a part, or ends the part before."""
        if line.kind == NOTE:
            return False
        if line.at in self.moved:
            return self.said_to_open(line)
        rank = _rank(line)
        key = self.key_of(line.words, rank=rank)
        if key:
            self.begin(key, line.words, line.page, rank)
            self.heads_with(line)
            return True
        run_in = _RUN_IN.match(line.words) if line.kind != HEAD else None
        key = self.key_of(run_in[1]) if run_in else ""
        if run_in and key:
            self.begin(key, run_in[1], line.page, _rank(line))
            self.now.add(run_in[2], line.page)
            self.own(line.at, broken=True)
            return True
        if self.stands_apart(rank):
            self.apart(line, rank)
            return True
        return False

    def apart(self, line: ReadLine, rank: int) -> None:
        """A piece of its own begins under this heading."""
        follows = self.now.key or self.now.follows
        self.pieces.append(_Piece("", line.words, follows=follows, rank=rank, first=line.page))
        self.heads_with(line)

    def heads_with(self, line: ReadLine) -> None:
        """The piece that has begun stands under this heading."""
        self.now.head = line.at
        if line.at >= 0:
            self.opened.append(Opened(line.at, line.words, self.now.key))

    def said_to_open(self, line: ReadLine) -> bool:
        """A heading whose place its sender said."""
        key = self.moved[line.at]
        rank = _rank(line) or LOOKS_LIKE_ONE
        if key == "":
            self.apart(line, rank)
        elif key != WITHIN:
            self.begin(key, line.words, line.page, rank)
            self.heads_with(line)
        return key != WITHIN

    def stands_apart(self, rank: int) -> bool:
        """Whether a heading that is no part's title begins a piece of its own."""
        if self.now.key:
            return self.ends(rank)
        if not rank or (self.rank and not self.ends(rank)):
            return False
        return not self.now.rank or rank <= max(self.now.rank, self.usual)

    def ends(self, rank: int) -> bool:
        """Whether a heading of this rank ends the part: one as high as the part's own. A short
        bold line does so only among parts whose titles are no more than that."""
        if rank == LOOKS_LIKE_ONE:
            return self.rank == LOOKS_LIKE_ONE
        return 0 < rank <= self.rank

    def begin(self, key: str, title: str, page: int, rank: int) -> None:
        """A part begins. Its heading stays where it says more than the part's name, and where the
        part is met a second time and goes on below it."""
        again = any(one.key == key for one in self.pieces)
        self.rank = rank or LOOKS_LIKE_ONE
        self.usual = self.usual or self.rank
        self.pieces.append(_Piece(key, title, first=page, last=page))
        self.now.kept = again or not says(title, key, self.names)
        if self.now.kept:
            self.now.lines.append(title)

    def row(self, line: ReadLine) -> None:
        """A row of a table, or of a form whose cells are titles and what was filled in."""
        cells = [cell.strip() for cell in line.cells]
        filled = [cell for cell in cells if cell]
        key = self.key_of(filled[0]) if filled and cells[0] == filled[0] else ""
        if key:
            self.begin(key, filled[0], line.page, 0)
            filled = filled[1:]
            if not filled:
                return
        if len(filled) == 1:
            self.cell(filled[0], line.page)
        else:
            row = cells if not key else filled
            self.now.add("\t".join(" ".join(cell.split()) for cell in row), line.page)
        self.now.weighty = True

    def cell(self, words: str, page: int) -> None:
        """A cell that is alone in its row is text, which may hold titles of its own."""
        for one in words.split("\n"):
            self.line(ReadLine("line", one, page=page))


def _rank(line: ReadLine) -> int:
    """How high a heading stands; 0 for what is none. Real ones by their style, faked ones by their
    number, below every real one and what is only bold."""
    if line.kind == HEAD and 1 <= line.level < LOOKS_LIKE_ONE:
        return line.level
    if numbered := heading_rank(line.words.rstrip(" :：")):
        return LOOKS_LIKE_ONE + numbered
    return LOOKS_LIKE_ONE if line.kind == HEAD and line.level == LOOKS_LIKE_ONE else 0


def laid_out(
    lines: Iterable[ReadLine],
    titles: Mapping[str, Iterable[str]],
    moved: Mapping[int, str] | None = None,
    kinds: Sequence[str] = (),
) -> Found:
    """The lines under the parts they belong to. `titles` are the names of each part, by key;
    `moved` is what the sender said of headings, by their block; `kinds` are the kinds of the
    document's blocks."""
    names, lines, total = names_of(titles), list(lines), len(kinds)
    heads = frozenset(at for at, kind in enumerate(kinds) if kind == "heading")
    first = _laid(lines, _Laying(names, {}, heads))
    laying = _laid(lines, _Laying(names, moved or {}, heads, first.usual))
    found = Found(opened=laying.opened)
    uncut: set[str] = set()
    ends = [_begin(one, total) for one in laying.pieces[1:]] + [total]
    for piece, end in zip(laying.pieces, ends, strict=True):
        words = "\n".join(piece.lines).strip("\n")
        places = _places(piece, end)
        if piece.key:
            _place(found, piece, words)
            uncut |= {piece.key} if piece.broken or piece.head < 0 else set()
            found.places[piece.key] = (*found.places.get(piece.key, ()), *places)
        elif words.strip() or piece.title:
            whole_ = () if piece.broken else places
            found.apart.append(Apart(piece.title, words, piece.follows, piece.weighty, whole_))
    found.places = {key: some for key, some in found.places.items() if key not in uncut}
    found.apart = _few(found.apart)
    return found


def _laid(lines: Iterable[ReadLine], laying: _Laying) -> _Laying:
    for line in lines:
        laying.line(line)
    return laying


def _begin(piece: _Piece, total: int) -> int:
    """The first block of a piece, its heading included."""
    return piece.head if piece.head >= 0 else min(piece.held, default=total)


def _places(piece: _Piece, end: int) -> tuple[int, ...]:
    """The blocks of a piece: all up to the next, so that what says nothing (a table that is to be
    filled in) goes with it; its heading where that stands among its words."""
    own = piece.head >= 0 and (piece.kept or not piece.key)
    first = _begin(piece, end) + (piece.head >= 0 and not own)
    return tuple(range(first, max(end, first)))


def _place(found: Found, piece: _Piece, words: str) -> None:
    before = found.texts.get(piece.key, "")
    found.texts[piece.key] = f"{before}\n\n{words}".strip("\n") if before else words
    if piece.first:
        first = found.pages.get(piece.key, (piece.first, 0))[0]
        found.pages[piece.key] = (first, max(piece.last, piece.first))


def _few(apart: list[Apart]) -> list[Apart]:
    """At most so many pieces to place; the rest stay together with the last."""
    if len(apart) <= MOST_APART:
        return apart
    kept, rest = apart[: MOST_APART - 1], apart[MOST_APART - 1 :]
    words = "\n\n".join(whole(one) for one in rest)
    return [*kept, Apart("", words, rest[0].follows)]


def whole(one: Apart) -> str:
    """A piece with its heading, as it stands in the file."""
    return f"{one.title}\n{one.words}".strip("\n") if one.title else one.words


def on_pages(
    lines: Iterable[ReadLine], first: int, last: int, titles: Mapping[str, Iterable[str]], key: str
) -> str:
    """The words of one part on these pages: from below its title to the title of another, where
    either stands there."""
    names = names_of(titles)
    here = [line for line in lines if first <= line.page <= last]
    marks = [(at, names.get(normal(line.words), ())) for at, line in enumerate(here)
             if len(line.words) <= LONGEST]  # fmt: skip
    own = next((at for at, keys in marks if key in keys), None)
    start = 0 if own is None else own + 1
    end = next((at for at, keys in marks if at >= start and keys and key not in keys), len(here))
    return "\n".join(line.words for line in here[start:end]).strip("\n")
