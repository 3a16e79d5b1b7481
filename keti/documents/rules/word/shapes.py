"""What is drawn among the words of a Word file: pictures, charts, and whatever is written in boxes
and shapes. Pure."""

from collections.abc import Iterator
from typing import Any

from ..doc1.schema import Block
from ..typed import shown
from ..xml_in import Element
from .drawings import alt_of, axes, chart, figure, width_of

_SHAPES = ("wsp", "shape", "rect", "oval", "line", "wgp", "sp", "contentPart")
_PLAIN = ("pic", "imagedata", "chart", "txbxContent", "relIds", "OLEObject")
_KNOWN = frozenset({"t", "tab", "pic", "blip", "imagedata", "txbxContent", "chart", "relIds",
                    "oMath", "OLEObject", "sym"})  # fmt: skip
MOST_WORDS = 200_000


class Shapes:
    """Reads drawings for the paragraphs they stand in; `lines` is who reads these."""

    def __init__(self, lines: Any) -> None:
        self.lines = lines

    def drawn(self, kid: Element, made: Any) -> None:
        """Pictures, charts and text boxes of one drawing, behind the paragraph."""
        found = len(made.after)
        self._within(kid, kid, made)
        nothing = len(made.after) == found and not any(kid.every(one) for one in _PLAIN)
        if nothing and any(kid.every(name) for name in _SHAPES):
            self.lines.left["drawing"] += 1

    def _within(self, one: Element, drawing: Element, made: Any) -> None:
        for kid in one.kids:
            if kid.tag == "AlternateContent":
                self._within(Element("", kids=chosen(kid)), drawing, made)
            elif kid.tag in ("pic", "imagedata", "blip"):
                self._picture(kid, drawing, made)
            elif kid.tag == "fill" and self._is_picture(kid.attrs.get("id", "")):
                self._picture(kid, drawing, made)
                self._within(kid, drawing, made)
            elif kid.tag == "chart":
                self._chart(kid, made)
            elif kid.tag == "txbxContent":
                made.after += self.lines.owner.inner(kid)
            else:
                self._written(kid, drawing, made)

    def _written(self, kid: Element, drawing: Element, made: Any) -> None:
        """What is written in a shape without paragraphs of Word's own."""
        if kid.tag == "txBody":
            made.after += written(kid)
        elif kid.tag == "textpath":
            made.after += _paragraph(kid.attrs.get("string", ""))
        elif kid.tag == "relIds":
            self.lines.left_run("chart", made)
            made.after += self._diagram(kid)
        elif kid.tag == "OLEObject":
            self.lines.left_run("object", made)
        else:
            self._within(kid, drawing, made)

    def _is_picture(self, ident: str) -> bool:
        kind, _target = self.lines.relations.get(ident, ("", ""))
        return bool(kind == "image")

    def _picture(self, one: Element, drawing: Element, made: Any) -> None:
        blips = one.every("blip") if one.tag == "pic" else [one]
        ident = next((b.attrs.get("embed") or b.attrs.get("id", "") for b in blips), "")
        kind, target = self.lines.relations.get(ident, ("", ""))
        alt, wide = alt_of(drawing), width_of(drawing)
        block = figure(self.lines.package, target, alt, wide) if kind == "image" else None
        if block is None:
            self.lines.left_run("picture", made)
        else:
            made.after.append(block)

    def _chart(self, one: Element, made: Any) -> None:
        kind, target = self.lines.relations.get(one.attrs.get("id", ""), ("", ""))
        package, left = self.lines.package, self.lines.left
        block = chart(package, target, left) if kind == "chart" else None
        if block is None:
            self.lines.left_run("chart", made)
        else:
            made.after.append(block)
            left["axis"] += axes(package, target)

    def _diagram(self, one: Element) -> Iterator[Block]:
        """The words of a diagram, which are a part of their own."""
        kind, target = self.lines.relations.get(one.attrs.get("dm", ""), ("", ""))
        tree = self.lines.package.tree(target) if kind == "diagramData" else None
        for point in tree.every("pt") if tree else ():
            for held in point.kids:
                yield from written(held) if held.tag == "t" else ()


def written(body: Element) -> Iterator[Block]:
    """The paragraphs of a shape."""
    for row in body.kids:
        if row.tag == "p":
            yield from _paragraph("".join(_letters(row)))


def _letters(row: Element) -> Iterator[str]:
    for one in row.kids:
        if one.tag == "br":
            yield "\n"
        elif one.tag in ("r", "fld"):
            yield from (inner.text.replace("\n", " ") for inner in one.kids if inner.tag == "t")


def _paragraph(said: str) -> Iterator[Block]:
    words = shown(said)[:MOST_WORDS]
    if words.strip():
        yield {"kind": "paragraph", "runs": [{"words": words}]}


def chosen(one: Element) -> list[Element]:
    """Of several ways to say the same the first that says something we read; else the first."""
    ways = [kid for kid in one.kids if kid.tag in ("Choice", "Fallback")]
    ways.sort(key=lambda kid: kid.tag)
    return next((way.kids for way in ways if _says(way)), ways[0].kids if ways else [])


def _says(one: Element) -> bool:
    return any(kid.tag in _KNOWN or _says(kid) for kid in one.kids)
