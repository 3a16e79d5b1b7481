"""Text as HTML, written element by element from the closed tree: nothing else can come out."""

import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Any, TypeAlias

from .doc1.drawn import svg
from .doc1.formulas import mathml
from .doc1.plain import table_of
from .doc1.schema import every_block, read
from .doc1.shown import blocks as doc_blocks
from .nodes import Node, captioned
from .qr import qr_svg
from .tree import trees
from .written import Body

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TAGS = {"em": "em", "b": "strong", "u": "u", "del": "del", "sub": "sub", "sup": "sup"}

DOTS = 96 / 25.4
"""A page's dots in a millimetre: a picture is as wide on it as on paper, where there is room."""

Source: TypeAlias = Callable[[str], str]
"""The address under which a page shows the picture of this hash; "" where it shows none."""


def nowhere(_sha256: str) -> str:
    """No picture is shown: the words that stand for it are."""
    return ""


def shown_under(place: str) -> Source:
    """Pictures under the address of what shows them; nowhere where that has none."""
    return (lambda sha256: f"{place}pictures/{sha256}/") if place else nowhere


def to_html(body: Body, base_level: int = 2, prefix: str = "d", source: Source = nowhere) -> str:
    """One body as safe HTML; ids carry `prefix`, headings start at `base_level`."""
    return Writer(prefix, base_level, source).page(trees([body])[0])


def many_to_html(
    bodies: Sequence[Body], base_level: int = 2, source: Source = nowhere
) -> list[str]:
    """Many bodies, read at once; ids are `d1-`, `d2-` and so on."""
    return [
        Writer(f"d{place}", base_level, source).page(blocks)
        for place, blocks in enumerate(trees(bodies), start=1)
    ]


def carried_html(text: str) -> dict[str, str]:
    """The pieces of a stored document that no editor changes, by their name: charts and formulas,
    as the page shows them."""
    doc = read(text)
    kept = [one for one in every_block(doc["blocks"]) if one["kind"] in ("chart", "formula")]
    return {one["id"]: Writer(one["id"], 3).blocks(doc_blocks([one], doc, {})) for one in kept}


class Writer:
    """Writes blocks; holds the notes until the end of the text."""

    def __init__(self, prefix: str, base_level: int, source: Source = nowhere) -> None:
        self.prefix = prefix
        self.source = source
        self.base = base_level
        self.notes: list[str] = []
        self.ids: set[str] = set()

    def page(self, blocks: list[Node]) -> str:
        out = self.blocks(blocks)
        if not self.notes:
            return out
        items = "".join(self.notes)
        return f'{out}<section class="footnotes" role="doc-endnotes"><ol>{items}</ol></section>'

    def blocks(self, blocks: Sequence[Node]) -> str:
        return "".join(getattr(self, f"block_{block[0]}")(*block[1:]) for block in blocks)

    def inlines(self, inlines: Sequence[Node]) -> str:
        return "".join(self.inline(node) for node in inlines)

    def inline(self, node: Node) -> str:
        kind = node[0]
        if kind in _TAGS:
            return f"<{_TAGS[kind]}>{self.inlines(node[1])}</{_TAGS[kind]}>"
        return str(getattr(self, f"inline_{kind}")(*node[1:]))

    def block_p(self, inlines: list[Node], *names: str) -> str:
        return f"<p{_look(inlines, *names)}>{self.inlines(inlines)}</p>"

    def block_line(self, inlines: list[Node]) -> str:
        return f"<p{_look(inlines, 'next')}>{self.inlines(inlines)}</p>"

    def block_points(self, items: list[list[Node]], level: int = 1) -> str:
        inner = "".join(f"<li>{self.inlines(item)}</li>" for item in items)
        look = "points" if level == 1 else f"points in{level}"
        return f'<ul class="{look}" role="list">{inner}</ul>'

    def block_fig(self, picture: dict[str, Any]) -> str:
        where, said = self.source(picture["file"]), escape(picture["alt"])
        under = captioned(picture)
        caption = f"<figcaption>{escape(under)}</figcaption>" if under else ""
        if not where:
            shown = f'<p class="no-picture"{_place(picture)}>{said or escape(NO_PICTURE)}</p>'
            return f'{shown}<p class="caption">{escape(under)}</p>' if under else shown
        wide = f' width="{round(picture["wide"] * DOTS)}"'
        picked = f'<img src="{escape(where)}" alt="{said}"{wide} loading="lazy">'
        return f"<figure{_place(picture)}>{picked}{caption}</figure>"

    def block_chart(self, chart: dict[str, Any]) -> str:
        said = f"<figcaption>{escape(chart['title'])}</figcaption>" if chart["title"] else ""
        head, *rows = table_of(chart)
        top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
        body = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>'
            + "".join(f'<td class="right">{escape(one)}</td>' for one in row[1:])
            + "</tr>"
            for row in rows
        )
        table = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
        under = captioned(chart)
        # a figure has one caption: the number and words under a chart stand above its values
        named = f'<p class="caption">{escape(under)}</p>' if under else ""
        inner = f'{said}{svg(chart)}{named}<div class="table">{table}</div>'
        return f'<figure class="chart"{_place(chart)}>{inner}</figure>'

    def block_formula(self, formula: dict[str, str]) -> str:
        return f'<div class="formula">{mathml(formula["omml"], display=True)}</div>'

    def block_h(self, level: int, ident: str, inlines: list[Node], place: str = "") -> str:
        tag = f"h{min(self.base + level - 1, 6)}"
        named = _place({"place": place}) or self._id(ident)
        return f"<{tag}{named}>{self.inlines(inlines)}</{tag}>"

    def _id(self, ident: str) -> str:
        name = f"{self.prefix}-{ident}"
        if not ident or name in self.ids:
            return ""
        self.ids.add(name)
        return f' id="{escape(name)}"'

    def block_ul(self, items: list[list[Node]]) -> str:
        return f"<ul>{''.join(self._item(item) for item in items)}</ul>"

    def block_ol(self, start: int, items: list[list[Node]]) -> str:
        first = "" if start == 1 else f' start="{start}"'
        return f"<ol{first}>{''.join(self._item(item) for item in items)}</ol>"

    def _item(self, blocks: list[Node]) -> str:
        return f"<li>{self._tight(blocks)}</li>"

    def _tight(self, blocks: list[Node]) -> str:
        if blocks and blocks[0][0] == "p":
            return self.inlines(blocks[0][1]) + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def block_quote(self, blocks: list[Node]) -> str:
        return f"<blockquote>{self.blocks(blocks)}</blockquote>"

    def block_code(self, text: str) -> str:
        return f"<pre><code>{escape(text)}</code></pre>"

    def block_hr(self) -> str:
        return "<hr>"

    def block_dl(self, items: list[list[Any]]) -> str:
        inner = "".join(
            f"<dt>{self.inlines(term)}</dt><dd>{self._tight(meaning)}</dd>"
            for term, meaning in items
        )
        return f"<dl>{inner}</dl>"

    def block_table(self, table: dict[str, Any]) -> str:
        over = self.inlines(table["caption"]) or escape(captioned(table))
        said = f"<caption>{over}</caption>" if over else ""
        head = "".join(self._row(row, table["aligns"], "th") for row in table["head"])
        body = "".join(self._row(row, table["aligns"], "td") for row in table["body"])
        top = f"<thead>{head}</thead>" if head else ""
        look = ' class="ruled"' if table.get("ruled") else ""
        look += _place(table)
        return f'<div class="table"><table{look}>{said}{top}<tbody>{body}</tbody></table></div>'

    def _row(self, cells: list[dict[str, Any]], aligns: list[str], tag: str) -> str:
        out: list[str] = []
        column = 0
        for cell in cells:
            align = aligns[column] if column < len(aligns) else ""
            column += cell["cols"]
            spans = "".join(
                f' {name}="{cell[key]}"'
                for name, key in (("rowspan", "rows"), ("colspan", "cols"))
                if cell[key] > 1
            )
            look = f' class="{align}"' if align else ""
            name = "th" if cell.get("label") else tag
            scope = {"th": ' scope="col"' if tag == "th" else ' scope="row"'}.get(name, "")
            signed = f'<p class="sign">{escape(cell["sign"])}</p>' if cell.get("sign") else ""
            code = qr_svg(cell["qr-of"]) if cell.get("qr-of") else ""
            inner = self._tight(cell["blocks"]) + code + signed
            out.append(f"<{name}{scope}{spans}{look}>{inner}</{name}>")
        return f"<tr>{''.join(out)}</tr>"

    def inline_s(self, text: str) -> str:
        return escape(text)

    def inline_code(self, text: str) -> str:
        return f"<code>{escape(text)}</code>"

    def inline_br(self) -> str:
        return "<br>"

    def inline_a(self, url: str, inlines: list[Node]) -> str:
        if url.startswith("#"):
            return f'<a href="#{escape(self.prefix)}-{escape(url[1:])}">{self.inlines(inlines)}</a>'
        rel = "" if url.startswith("/") else ' rel="nofollow noopener noreferrer"'
        return f'<a href="{escape(url)}"{rel}>{self.inlines(inlines)}</a>'

    def inline_formula(self, formula: dict[str, str]) -> str:
        return mathml(formula["omml"], display=False)

    def inline_ins(self, change: dict[str, str], inlines: list[Node]) -> str:
        return f"<ins{_by(change)}>{self.inlines(inlines)}</ins>"

    def inline_cut(self, change: dict[str, str], inlines: list[Node]) -> str:
        return f'<del class="cut"{_by(change)}>{self.inlines(inlines)}</del>'

    def inline_remark(self, remark: dict[str, str], inlines: list[Node]) -> str:
        """A comment: what it stands beside is marked, what it says stands among the notes."""
        note = self.inline_note([["p", [["b", [["s", _signed(remark)]]], ["s", remark["words"]]]]])
        return f'<mark class="remark">{self.inlines(inlines)}</mark>{note}'

    def inline_cite(self, _cites: list[Any], said: str, place: str, lost: str) -> str:
        """A citation: its numbers lead to the list at the end."""
        linked = f'<a href="#{escape(place)}" role="doc-biblioref">{escape(said)}</a>'
        return (f'<sup class="cite">{linked}</sup>' if said else "") + escape(lost)

    def inline_to(self, said: str, place: str) -> str:
        """A cross reference; where nothing is left to lead to, the words that say so."""
        if not place:
            return f'<span class="lost">{escape(said)}</span>'
        return f'<a href="#{escape(place)}">{escape(said)}</a>'

    def inline_note(self, blocks: list[Node]) -> str:
        self.notes.append("")
        number = len(self.notes)
        here, back = f"{self.prefix}--fn{number}", f"{self.prefix}--fnref{number}"
        self.notes[number - 1] = (
            f'<li id="{here}">{self._tight(blocks)} '
            f'<a href="#{back}" role="doc-backlink" aria-label="↩ {number}">↩</a></li>'
        )
        return f'<sup><a id="{back}" href="#{here}" role="doc-noteref">{number}</a></sup>'


NO_PICTURE = "［图片］"


def _place(held: dict[str, Any]) -> str:
    """The name under which something is linked to."""
    return f' id="{escape(held["place"])}"' if held.get("place") else ""


def _by(change: dict[str, str]) -> str:
    said = " ".join(one for one in (change["by"], change["at"][:10]) if one)
    when = f' datetime="{escape(change["at"][:10])}"' if _DAY.match(change["at"]) else ""
    return f' title="{escape(said)}"{when}' if said else when


def _signed(remark: dict[str, str]) -> str:
    """Who said it, and on which day."""
    said = " ".join(one for one in (remark["by"], remark["at"][:10]) if one)
    return f"［{said}］" if said else ""


def _look(inlines: Sequence[Node], *names: str) -> str:
    """The classes of a paragraph: `own` where its writer indented it, so no page does again."""
    own = bool(inlines) and inlines[0][0] == "s" and inlines[0][1][:1] in tuple(" \t\u00a0\u3000")
    classes = [*names, *(["own"] if own else [])]
    return f' class="{" ".join(classes)}"' if classes else ""
