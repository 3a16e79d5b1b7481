"""A whole Word file as `doc/1`: its body, notes and comments; and line by line, as a report's
parts are found in it. Pure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from keti.kernel.refusals import Refused
from keti.kernel.texts import shortened

from ..doc1.schema import LEFT, Block, Doc, blank, checked, every_block, runs_of
from ..headings_of import Faked, is_faked
from ..pictures import Picture
from ..reading import MOST_CHARACTERS, ReadLine
from ..streams import Stream
from ..typed import shown
from ..word_styles import Numbers, Style, numbers_of, styles_of
from ..xml_in import Element, Pieces, TooDeep
from ..zips import Budget, guarded
from .as_lines import lines_of
from .drawings import is_reserved, named
from .fields import captioned, joined, settled
from .package import Package
from .paragraphs import Lines, Paragraph
from .running import running
from .shapes import chosen
from .tables import table

LONGEST_HEAD = 60
BOLD = 8
"""The rank of a heading that is only bold or large: below every number."""
DEEPEST_TABLE = 5
MOST_BLOCKS = 50_000


@dataclass
class Word:
    """A Word file as it was read: the document, its pictures by hash, each line with the block it
    stands in, and what stays in the original only, by kind."""

    doc: Doc
    pictures: dict[str, Picture] = field(default_factory=dict)
    lines: list[ReadLine] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    cut: bool = False


def read_word(file: Stream, name: str) -> Word:
    """The document a Word file holds.

    Refuses what `guarded` refuses (a damaged archive, one that unpacks to too much), elements
    nested deeper than anybody writes, and what cannot be said in `doc/1`.
    """
    with guarded(file, name, Budget()) as archive:
        try:
            return _Reader(Package(archive, name, Budget())).word()
        except TooDeep as deep:
            raise Refused("documents.file-too-nested", name=name) from deep


class _Reader:
    """One pass over a file."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles: dict[str, Style] = styles_of(package.whole(package.part("styles")))
        self.numbers: Numbers = numbers_of(package.whole(package.part("numbering")))
        self.left: Counter[str] = Counter()
        self.placed: set[str] = set()
        self.comments: dict[str, dict[str, str]] = {}
        self.keys: dict[str, str] = {}
        self.notes: dict[tuple[str, str], Element] = {}
        self.note_relations: dict[str, dict[str, tuple[str, str]]] = {}
        self.blocks: list[Block] = []
        self.faked: list[Faked] = []
        self.size = self.tables = 0
        self.cut = False
        self.body = Lines(package, self)

    def word(self) -> Word:
        """Read everything."""
        self.body.relations = self.package.relations_of(self.package.main)
        self._read_comments()
        self._read_notes("footnote")
        self._read_notes("endnote")
        pieces = Pieces(2, self._take)
        for chunk in self.package.chunks(self.package.main):
            pieces.feed(chunk)
        pieces.feed(b"", last=True)
        for place in reversed(captioned(self.blocks)):
            del self.blocks[place], self.faked[place]
        is_head = is_faked(self.faked)
        lines = list(self._lines(is_head))
        self._raise_heads(is_head)
        self.left["footnote"] += len(self.notes)
        self.left["running"] += running(self.package, lines)
        doc = blank(_named(self.blocks))
        doc["comments"] = self._used(doc["blocks"])
        pictures = {sha: one for sha, one in self.package.pictures.items()}
        return Word(checked(doc), pictures, lines, self.left, self.cut)

    def _take(self, one: Element) -> None:
        """One child of the body."""
        if self.cut:
            return
        for block, paragraph in self._blocks(one):
            self.size += _length(block)
            if self.size > MOST_CHARACTERS or len(self.blocks) >= MOST_BLOCKS:
                self.cut = True
                return
            self.blocks.append(block)
            self.faked.append(Faked.of(block, paragraph))

    def _blocks(self, one: Element) -> Iterator[tuple[Block, Paragraph | None]]:
        """The blocks of one element, each with the paragraph it came from."""
        if one.tag == "p":
            yield from self._paragraph(one)
        elif one.tag == "tbl":
            yield from self._table(one)
        elif one.tag == "sdt" and _is_contents(one):
            self.left["contents"] += sum(bool(_bare(row).strip()) for row in one.every("p"))
        elif one.tag == "AlternateContent":
            yield from self._all(Element("", kids=chosen(one)))
        elif one.tag == "altChunk":
            self.left["object"] += 1
        elif one.every("p"):
            yield from self._all(one)

    def _table(self, one: Element) -> Iterator[tuple[Block, Paragraph | None]]:
        """A table; one that lies deeper in others than anybody reads, as its paragraphs."""
        self.tables += 1
        made = table(one, self)
        self.tables -= 1
        if made and self.tables < DEEPEST_TABLE:
            yield made, None
        elif made:
            inner = (cell["blocks"] for row in made["rows"] for cell in row)
            yield from ((block, None) for some in inner for block in some)

    def _all(self, one: Element) -> Iterator[tuple[Block, Paragraph | None]]:
        for kid in one.kids:
            yield from self._blocks(kid)

    def inner(self, one: Element) -> list[Block]:
        """The blocks of a cell or a text box; their paragraphs are no headings."""
        return [_plain(block) for kid in one.kids for block, _said in self._blocks(kid)]

    def _paragraph(self, one: Element) -> Iterator[tuple[Block, Paragraph | None]]:
        made = self.body.paragraph(one)
        if made.style.contents:
            self.left["contents"] += bool(made.words.strip())
            return
        number = self._number(made)
        if number and (made.says or made.after):
            made.runs = joined([{"words": number}, *made.runs])
        block = self._block(made, number)
        if block is not None:
            yield block | _found(made), made
        for after in made.after:
            yield after, None

    def _block(self, made: Paragraph, number: str) -> Block | None:
        if not made.says:
            return None
        alone = made.runs[0] if len(made.runs) == 1 else {}
        if "formula" in alone:
            return {"kind": "formula", **alone["formula"]}
        if level := self._level(made):
            return {"kind": "heading", "level": level, "runs": made.runs}
        if made.style.points:
            return {"kind": "item", "level": made.style.points, "runs": made.runs}
        if number:
            level = min((made.number or made.style.number or ("", 0))[1] + 1, 9)
            return {"kind": "item", "level": level, "runs": made.runs}
        return {"kind": "paragraph", "runs": made.runs}

    def _level(self, made: Paragraph) -> int:
        """The rank of a heading by its style or its own outline, from 1; 0 for none."""
        words_ = made.words.strip()
        level = made.style.outline if made.outline is None else made.outline
        if level is not None and level < 9 and words_ and len(words_) <= 2 * LONGEST_HEAD:
            return min(level + 2, 9)
        short = words_ and len(words_) <= LONGEST_HEAD and "\n" not in words_
        return 1 if made.style.title and short else 0

    def _number(self, done: Paragraph) -> str:
        if done.unnumbered or not done.says:
            return ""
        number = done.number or done.style.number
        if number and not number[0] and done.style.number:
            number = (done.style.number[0], number[1])
        return self.numbers.next(*number) if number and number[0] else ""

    def _read_comments(self) -> None:
        tree = self.package.tree(self.package.part("comments"))
        for one in tree.kids if tree else ():
            if one.tag != "comment" or one.attrs.get("id", "") in self.keys:
                continue
            name = f"c{len(self.keys) + 1}"
            self.keys[one.attrs.get("id", "")] = name
            said = "\n".join(_bare(row) for row in one.every("p"))
            self.comments[name] = {
                "by": shown(one.attrs.get("author", ""))[:200],
                "at": shown(one.attrs.get("date", ""))[:40],
                "words": shortened(shown(said).strip(), 20_000),
            }

    def comment_of(self, ident: str) -> str:
        """The name of a comment of the file; "" where there is none."""
        return self.keys.get(ident, "")

    def _used(self, blocks: list[Block]) -> dict[str, dict[str, str]]:
        """The comments that stand beside something, named in the order they stand there; those
        that do not are said to be left."""
        runs = [run for run in runs_of(blocks) if "said" in run]
        used = dict.fromkeys(name for run in runs for name in run["said"])
        self.left["comment"] += len(self.comments) - len(used)
        names = {name: f"c{place}" for place, name in enumerate(used, 1)}
        for run in runs:
            run["said"] = [names[name] for name in run["said"]]
        return {names[name]: self.comments[name] for name in used}

    def _read_notes(self, kind: str) -> None:
        part = self.package.part(f"{kind}s")
        tree = self.package.tree(part)
        self.note_relations[kind] = self.package.relations_of(part) if tree else {}
        for one in tree.kids if tree else ():
            if one.tag == kind and not is_reserved(one.attrs):
                self.notes[kind, one.attrs.get("id", "")] = one

    def note(self, reference: str, ident: str) -> list[Block] | None:
        """The paragraphs of a note, once: a note is referred to from one place."""
        kind = reference.removesuffix("Reference")
        found = self.notes.pop((kind, ident), None)
        if found is None:
            return None
        lines = Lines(self.package, self)
        lines.relations = self.note_relations[kind]
        made = [lines.paragraph(one) for one in found.every("p")]
        blocks: list[Block] = []
        for one in made:
            runs = [run for run in one.runs if "note" not in run]
            while not blocks and runs and "words" in runs[0]:
                bare = runs[0]["words"].lstrip(" \t\u3000")
                if bare:
                    runs[0] = runs[0] | {"words": bare}
                    break
                del runs[0]
            if runs:
                blocks.append({"kind": "paragraph", "runs": runs})
            blocks += [after for after in one.after if after["kind"] == "paragraph"]
            for after in one.after:
                sort = "picture" if after["kind"] == "figure" else after["kind"]
                self.left[sort] += sort in LEFT
        return blocks

    def _lines(self, is_head: list[str]) -> Iterator[ReadLine]:
        for place, block in enumerate(self.blocks):
            for line in lines_of(block, is_head[place] == "look"):
                yield replace(line, at=place)

    def _raise_heads(self, is_head: list[str]) -> None:
        """Faked headings become headings below the real ones; levels follow without a gap."""
        real = [one["level"] for one in self.blocks if one["kind"] == "heading"]
        below = max(real, default=0)
        ranks = [
            block["level"]
            if block["kind"] == "heading"
            else below + (self.faked[place].rank or BOLD)
            if is_head[place]
            else 0
            for place, block in enumerate(self.blocks)
        ]
        stack: list[tuple[int, int]] = []
        for place, rank in enumerate(ranks):
            if not rank:
                continue
            while stack and stack[-1][0] >= rank:
                stack.pop()
            stack.append((rank, min((stack[-1][1] if stack else 0) + 1, 6)))
            one = self.blocks[place]
            kept: Block = {key: one[key] for key in ("runs", "places") if key in one}
            self.blocks[place] = {"kind": "heading", "level": stack[-1][1], **kept}


def _named(blocks: list[Block]) -> list[Block]:
    """Every block with its name, in the order they stand."""
    count = 0

    def name(some: list[Block]) -> list[Block]:
        nonlocal count
        out = []
        for block in some:
            count += 1
            one = named(block, count)
            if "runs" in one:
                one["runs"] = [
                    run | {"note": name(run["note"])} if "note" in run else run
                    for run in one["runs"]
                ]
            if "rows" in one:
                one["rows"] = [
                    [cell | {"blocks": name(cell["blocks"])} for cell in row] for row in one["rows"]
                ]
            out.append(one)
        return out

    made = name(blocks)
    settled(list(every_block(made)))
    return made


def _found(made: Paragraph) -> Block:
    """What is known of a paragraph until the text is whole: its bookmarks, what it counts."""
    places = {"places": made.places} if made.places else {}
    return places | ({"counted": made.counted} if made.counted else {})


def _plain(block: Block) -> Block:
    """A heading in a cell or a box is a paragraph like those around it."""
    if block["kind"] != "heading":
        return block
    return {"kind": "paragraph", "runs": block["runs"]}


def _bare(row: Element) -> str:
    """What stands in a paragraph, without looks; its breaks are breaks."""
    signs = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
    inner = (one for one in row.kids if one.tag != "pPr")
    return "".join(
        one.text if one.tag == "t" else signs[one.tag] if one.tag in signs else _bare(one)
        for one in inner
    )


def _is_contents(one: Element) -> bool:
    said = one.said("sdtPr", "docPartObj", "docPartGallery") or ""
    return "contents" in said.lower()


def _length(block: Block) -> int:
    inner = (cell["blocks"] for row in block.get("rows", ()) for cell in row)
    own = sum(len(run.get("words", "")) for run in block.get("runs", ()))
    return own + sum(_length(one) for some in inner for one in some)
