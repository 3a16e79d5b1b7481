"""Paragraphs of a Word file as blocks: their runs letter for letter, with marks, notes, changes
and comments, and what is drawn in them. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from ..doc1.formulas import source
from ..doc1.formulas import words as formula_words
from ..doc1.schema import MARKS, Block, Run
from ..nodes import safe_link
from ..typed import shown
from ..word_styles import Numbers, Style
from ..xml_in import Element
from . import symbols
from .fields import Counted, Fields, counted, joined
from .package import Package
from .shapes import Shapes, chosen

_MARKED = {"b": "b", "i": "i", "u": "u", "strike": "s", "dstrike": "s"}
_RAISED = {"superscript": "sup", "subscript": "sub"}
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": "\t",
          "softHyphen": "\xad"}  # fmt: skip
_ENDS = re.compile("\r\n|[\r\n]")
_THROUGH = frozenset(
    {"smartTag", "sdt", "sdtContent", "customXml", "dir", "bdo", "rubyBase", "ruby"}
)
_SAYS = frozenset({"t", "delText", "sym", "drawing", "pict", "object"})
MOST_SAID = 200
USUAL = 21
"""Half points of text where nothing says how large it is: 五号."""


@dataclass
class Paragraph:
    """One paragraph while it is read, and what is found out about it."""

    style: Style = field(default_factory=Style)
    outline: int | None = None
    number: tuple[str, int] | None = None
    unnumbered: bool = False
    centred: bool = False
    runs: list[Run] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    counted: Counted | None = None
    bold: bool = True
    lit: bool = False
    sizes: Counter[int] = field(default_factory=Counter)

    @property
    def words(self) -> str:
        """What it says once its tracked changes are accepted."""
        return "".join(run["words"] for run in self.runs if "words" in run and "cut" not in run)

    @property
    def says(self) -> bool:
        """Whether anything stands in it."""
        return any(str(run.get("words", "x")).strip() for run in self.runs)


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the runs that are read: changes, a link, comments."""

    change: tuple[str, dict[str, str]] | None = None
    link: str = ""


class Lines:
    """Reads paragraphs of one part; notes and cells are read by whoever owns it."""

    def __init__(self, package: Package, owner: Any) -> None:
        self.package, self.owner = package, owner
        self.styles: dict[str, Style] = owner.styles
        self.numbers: Numbers = owner.numbers
        self.left: Counter[str] = owner.left
        self.relations: dict[str, tuple[str, str]] = {}
        self.open: list[str] = []
        self.fields = Fields(self.left)
        self.shapes = Shapes(self)
        self.home: dict[str, int] = {}
        self.now = self.count = 0
        self.font = ""
        self.usual = self.styles.get("", Style()).size or USUAL

    def paragraph(self, one: Element) -> Paragraph:
        """One paragraph with its runs."""
        made = Paragraph(style=self.styles.get("", Style()))
        before, self.count = self.now, self.count + 1
        self.now = self.count
        for kid in one.kids:
            if kid.tag == "pPr":
                self._properties(kid, made)
        self._walk(one.kids, made, _State())
        self.fields.end(made.runs, self.now)
        made.runs, made.counted = counted(made.runs)
        made.runs = joined(made.runs)
        made.bold = all(
            made.style.bold or "b" in run.get("marks", ())
            for run in made.runs
            if run.get("words", "").strip() and "cut" not in run
        )
        self.now = before
        return made

    def _properties(self, props: Element, made: Paragraph) -> None:
        made.style = self.styles.get(props.said("pStyle") or "", self.styles.get("", Style()))
        level = props.said("outlineLvl")
        if level is not None and level.isascii() and level.isdigit():
            made.outline = int(level[:4])
        held = props.child("numPr")
        if held is not None:
            number, at = held.said("numId") or "", held.said("ilvl") or "0"
            made.number = (number, int(at) if at.isascii() and at.isdigit() and len(at) < 3 else 0)
            made.unnumbered = number == "0"
        ends = props.child("rPr") or Element("rPr")
        change = props.child("pPrChange") or ends.child("ins") or ends.child("del")
        self.left["format"] += change is not None
        made.centred = props.said("jc") == "center"

    def _walk(self, kids: Iterable[Element], made: Paragraph, state: _State) -> None:
        for kid in kids:
            if kid.tag == "r":
                self._run(kid, made, state)
            elif kid.tag in ("ins", "moveTo", "del", "moveFrom"):
                name = "ins" if kid.tag in ("ins", "moveTo") else "cut"
                self._walk(kid.kids, made, replace(state, change=(name, _who(kid))))
            elif kid.tag == "hyperlink":
                self._walk(kid.kids, made, replace(state, link=self._address(kid)))
            elif kid.tag in _THROUGH:
                self._walk(kid.kids, made, state)
            else:
                self._beside(kid, made, state)

    def _beside(self, kid: Element, made: Paragraph, state: _State) -> None:
        """What stands among the runs of a paragraph and is none."""
        if kid.tag == "fldSimple":
            self._field(kid, made, state)
        elif kid.tag in ("oMath", "oMathPara"):
            self._formula(kid, made)
        elif kid.tag == "AlternateContent":
            self._walk(chosen(kid), made, state)
        elif kid.tag == "bookmarkStart":
            made.places.append(kid.attrs.get("name", ""))
        elif kid.every("r"):
            self._walk(kid.kids, made, state)
        else:
            self._comment(kid)

    def _field(self, kid: Element, made: Paragraph, state: _State) -> None:
        """A field in one element: its code, and its words within."""
        self.fields.sign("begin", made.runs, self.now, kid.child("ffData"))
        self.fields.tell(kid.attrs.get("instr", ""))
        self.fields.sign("separate", made.runs, self.now)
        self._walk(kid.kids, made, state)
        self.fields.sign("end", made.runs, self.now)

    def _comment(self, kid: Element) -> None:
        name = self.owner.comment_of(kid.attrs.get("id", ""))
        if not name:
            return
        if kid.tag == "commentRangeStart" and name not in self.home:
            self.open.append(name)
            self.home[name] = self.now
        elif kid.tag == "commentRangeEnd" and name in self.open:
            self.open.remove(name)

    def _address(self, link: Element) -> str:
        kind, target = self.relations.get(link.attrs.get("id", ""), ("", ""))
        return target if kind == "hyperlink" and safe_link(target) and len(target) < 2000 else ""

    def _run(self, run: Element, made: Paragraph, state: _State) -> None:
        props = run.child("rPr")
        style = self.styles.get((props.said("rStyle") if props else "") or "", Style())
        if style.label:
            return
        hidden = style.hidden or made.style.hidden
        if (_on(props, "vanish") if _has(props, "vanish") else hidden) is True:
            self.left["hidden"] += any(kid.tag in _SAYS for kid in run.kids)
            self._turn(run, made)
            return
        self._told(run, props, made)
        look = self._look(props, made, state)
        self.font = _font(props)
        for kid in run.kids:
            self._part(kid, made, look, state)
        size = props.said("sz") if props else None
        if size and size.isascii() and size.isdigit() and len(size) < 4:
            made.sizes[int(size)] += len("".join(kid.text for kid in run.kids if kid.tag == "t"))
        elif any(kid.tag == "t" and kid.text.strip() for kid in run.kids):
            made.sizes[style.size or made.style.size or self.usual] += 1

    def _told(self, run: Element, props: Element | None, made: Paragraph) -> None:
        """Looks that say something and are not carried over: words lit up, changes of looks."""
        if not any(kid.tag in _SAYS for kid in run.kids):
            return
        lit = _on(props, "highlight")
        self.left["highlight"] += lit and not made.lit
        made.lit = lit
        self.left["format"] += _has(props, "rPrChange")

    def _look(self, props: Element | None, made: Paragraph, state: _State) -> dict[str, Any]:
        """What the words of a run carry besides themselves."""
        marks = {_MARKED[name] for name in _MARKED if _on(props, name)}
        align = (props.said("vertAlign") if props else None) or ""
        marks |= {_RAISED[align]} if align in _RAISED else set()
        look: dict[str, Any] = {}
        if marks:
            look["marks"] = [one for one in MARKS if one in marks]
        if state.link:
            look["link"] = state.link
        if state.change:
            look[state.change[0]] = state.change[1]
        return look

    def _part(self, kid: Element, made: Paragraph, look: dict[str, Any], state: _State) -> None:
        """One thing in a run."""
        words = _words_of(kid, self.font, self.left)
        if words is not None:
            self._say(words, made, look)
        elif kid.tag in ("footnoteReference", "endnoteReference"):
            self._note(kid, made)
        elif kid.tag == "ruby":
            self._walk([one for one in kid.kids if one.tag == "rubyBase"], made, state)
            self.left["phonetic"] += 1
        elif kid.tag == "AlternateContent":
            for one in chosen(kid):
                self._part(one, made, look, state)
        elif kid.tag in ("drawing", "pict", "object"):
            self.shapes.drawn(kid, made)
        else:
            self._sign(kid, made)

    def _sign(self, kid: Element, made: Paragraph) -> None:
        """A sign that shows nothing: of a comment, of a field."""
        if kid.tag == "commentReference":
            self._referred(kid, made)
        elif kid.tag in ("fldChar", "instrText"):
            self._turn(Element("", kids=[kid]), made)
        elif kid.every("p"):
            made.after += self.owner.inner(Element("", kids=[kid]))

    def _turn(self, run: Element, made: Paragraph) -> None:
        """The signs of fields in a run; they hold where its words are hidden too."""
        for kid in run.kids:
            if kid.tag == "fldChar":
                kind, data = kid.attrs.get("fldCharType", ""), kid.child("ffData")
                self.fields.sign(kind, made.runs, self.now, data)
            elif kid.tag == "instrText":
                self.fields.tell(kid.text)

    def _say(self, words: str, made: Paragraph, look: dict[str, Any]) -> None:
        words = shown(words)
        if not words:
            return
        said = [name for name in self.open if self.home[name] == self.now]
        self.owner.placed.update(said)
        run = {"words": words} | look | ({"said": said} if said else {})
        if self.fields.takes(run, self.now):
            return
        made.runs.append(run)

    def _note(self, kid: Element, made: Paragraph) -> None:
        note = self.owner.note(kid.tag, kid.attrs.get("id", ""))
        if note is None:
            self.left_run("footnote", made)
        else:
            made.runs.append({"note": note})

    def _referred(self, kid: Element, made: Paragraph) -> None:
        """Where a comment stands that no words were chosen for: beside the words before it."""
        name = self.owner.comment_of(kid.attrs.get("id", ""))
        if not name or name in self.owner.placed:
            return
        self.owner.placed.add(name)
        made.runs.append({"words": "", "said": [name]})

    def _formula(self, kid: Element, made: Paragraph) -> None:
        for one in [kid] if kid.tag == "oMath" else [x for x in kid.kids if x.tag == "oMath"]:
            spelled, said = source(one), formula_words(one)
            if spelled and shown(said) == said:
                made.runs.append({"formula": {"omml": spelled, "text": said}})
            else:
                self.left_run("formula", made)

    def left_run(self, kind: str, made: Paragraph) -> None:
        """Say in its place that something stays in the original, and count it."""
        made.runs.append({"left": kind})
        self.left[kind] += 1


def _words_of(kid: Element, font: str, left: Counter[str]) -> str | None:
    """The words or signs that a part of a run is; None for what is none."""
    if kid.tag in ("t", "delText"):
        return symbols.read(font, _ENDS.sub(" ", kid.text), left)
    if kid.tag == "br":
        return "" if kid.attrs.get("type") in ("page", "column") else "\n"
    if kid.tag == "sym":
        return symbols.sign(kid.attrs.get("font", ""), kid.attrs.get("char", ""), left)
    return _SIGNS.get(kid.tag)


def _font(props: Element | None) -> str:
    """The font that a run names for its letters; "" for none."""
    said = props.child("rFonts") if props is not None else None
    return said.attrs.get("ascii") or said.attrs.get("hAnsi", "") if said is not None else ""


def _who(change: Element) -> dict[str, str]:
    by, at = change.attrs.get("author", ""), change.attrs.get("date", "")
    return {"by": shown(by)[:MOST_SAID], "at": shown(at)[:40]}


def _has(props: Element | None, name: str) -> bool:
    return props is not None and props.child(name) is not None


def _on(props: Element | None, name: str) -> bool:
    one = props.child(name) if props is not None else None
    return one is not None and one.attrs.get("val", "1").lower() not in (
        "0",
        "false",
        "off",
        "none",
    )
