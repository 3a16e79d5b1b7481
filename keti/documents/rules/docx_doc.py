"""What only a `doc/1` holds, as Pandoc's tree and as parts of a Word file: pictures, charts,
formulas, tracked changes, comments. Charts are Word's own, with their values."""

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import Any, TypeAlias

from .html import NO_PICTURE
from .nodes import Node
from .pictures import inside

Inlines: TypeAlias = Callable[[Iterable[Node]], list[Any]]
NO_ATTRIBUTES: list[Any] = ["", [], []]
_DOCUMENT, _TYPES = "word/document.xml", "[Content_Types].xml"
_RELATIONS = "word/_rels/document.xml.rels"
_CHANGE = re.compile(r'<w:(ins|del) w:id="[^"]*"')
_BARE = 'descr="data:'
_MARKED = 'w:id="_Ref_'
_BOOKMARK = re.compile(r'(<w:bookmark(?:Start|End) )w:id="(_Ref_[^"]*)"')
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
LINE = 154
"""Millimetres of a report's lines: no picture is wider."""
WIDE, HIGH = 5_400_000, 3_000_000
"""A chart on its page, in Office's units: 150 by 83 mm."""


def block(node: Node) -> Any:
    """A picture, chart or formula that stands by itself."""
    kind, held = node
    if kind == "fig":
        return _centred({"t": "Para", "c": [_picture(held)]})
    if kind == "chart":
        return _centred(_raw_line(_frame(held)))
    return _raw_line(f"<m:oMathPara>{held['omml']}</m:oMathPara>", math=True)


def _centred(line: Any) -> Any:
    """In the middle, and on one page with the line under it."""
    return {"t": "Div", "c": [["", [], [["custom-style", "Picture"]]], [line]]}


def _raw_line(markup: str, *, math: bool = False) -> Any:
    space = ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    made = markup.replace("<m:oMathPara>", f"<m:oMathPara{space}>") if math else markup
    return {"t": "Para", "c": [{"t": "RawInline", "c": ["openxml", made]}]}


def _picture(held: dict[str, Any]) -> Any:
    data = inside(held["file"])
    if not data:
        return {"t": "Str", "c": held["alt"] or NO_PICTURE}
    size = ["", [], [["width", f"{min(held['wide'], LINE)}mm"]]]
    words = [{"t": "Str", "c": held["alt"]}] if held["alt"] else []
    return {"t": "Image", "c": [size, words, [data, ""]]}


def inline(node: Node, inlines: Inlines) -> list[Any]:
    """A formula, a change or a comment among words."""
    kind = node[0]
    if kind == "formula":
        return [{"t": "RawInline", "c": ["openxml", node[1]["omml"]]}]
    if kind == "remark":
        return _remark(node[1], inlines(node[2]))
    name = "insertion" if kind == "ins" else "deletion"
    said = [["author", node[1]["by"]], ["date", node[1]["at"]]]
    return [{"t": "Span", "c": [["", [name], said], inlines(node[2])]}]


def _remark(remark: dict[str, str], inner: list[Any]) -> list[Any]:
    number = remark["name"].lstrip("c") or "1"
    said = [["id", number], ["author", remark["by"]], ["date", remark["at"]]]
    words: list[Any] = []
    for place, line in enumerate(remark["words"].split("\n")):
        words += [{"t": "LineBreak"}] if place else []
        words.append({"t": "Str", "c": line})
    begin = {"t": "Span", "c": [["", ["comment-start"], said], words]}
    end = {"t": "Span", "c": [["", ["comment-end"], [["id", number]]], []]}
    return [begin, *inner, end]


def remarks_once(parts: list[Any]) -> list[Any]:
    """Inlines in which a comment that ends and begins again at one place goes on: Word knows each
    comment once."""
    out: list[Any] = []
    for part in parts:
        at = _last_end(out, _of(part, "comment-start"))
        if at is None:
            out.append(part)
        else:
            del out[at]
    return out


def _of(part: Any, kind: str) -> str:
    """The number of the comment that begins or ends here; "" where none does."""
    attributes = part["c"][0] if part.get("t") == "Span" else NO_ATTRIBUTES
    return str(dict(attributes[2]).get("id", "")) if attributes[1] == [kind] else ""


def _last_end(out: list[Any], number: str) -> int | None:
    """Where this comment ended, with nothing but beginnings and ends of comments since."""
    for at in range(len(out) - 1, -1, -1) if number else ():
        if _of(out[at], "comment-end") == number:
            return at
        if not (_of(out[at], "comment-end") or _of(out[at], "comment-start")):
            return None
    return None


def _key(chart: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(chart, sort_keys=True).encode()).hexdigest()[:16]


def _frame(chart: dict[str, Any]) -> str:
    """Where a chart stands on the page; its values are a part of their own."""
    key = _key(chart)
    name = escape(chart["title"])
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" '
        f'xmlns:wp="{_DRAWING}/wordprocessingDrawing"><wp:extent cx="{WIDE}" cy="{HIGH}"/>'
        f'<wp:docPr id="{int(key[:6], 16) + 1000}" name="{name}" descr="{name}"/>'
        f'<a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/chart">'
        f'<c:chart xmlns:c="{_DRAWING}/chart" xmlns:r="{_OFFICE}" r:id="chart{key}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def charts_of(nodes: Any) -> Iterator[dict[str, Any]]:
    """The charts of a closed tree, in their order."""
    if isinstance(nodes, list) and len(nodes) == 2 and nodes[0] == "chart":
        yield nodes[1]
    elif isinstance(nodes, list):
        for one in nodes:
            yield from charts_of(one)
    elif isinstance(nodes, dict):
        for one in nodes.values():
            yield from charts_of(one)


def completed(data: bytes, trees: Any) -> bytes:
    """The Word file with the parts of its charts, and every change under a number of its own; the
    same bytes for the same file."""
    charts = {_key(one): one for one in charts_of(trees)}
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        body = old.read(_DOCUMENT).decode()
        changed = any(one in body for one in ("<w:ins ", "<w:del ", _BARE, _MARKED))
        if not charts and not changed:
            return data
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as made:
            for entry in old.infolist():
                inner = old.read(entry)
                if entry.filename == _DOCUMENT:
                    inner = _numbered(body).encode()
                elif entry.filename in (_TYPES, _RELATIONS):
                    inner = _told(entry.filename, inner.decode(), charts).encode()
                made.writestr(entry, inner, zipfile.ZIP_DEFLATED)
            for key, chart in charts.items():
                stamp = zipfile.ZipInfo(f"word/charts/{key}.xml", (2000, 1, 1, 0, 0, 0))
                made.writestr(stamp, chart_xml(chart), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _numbered(body: str) -> str:
    """Changes under numbers of their own; a picture without words is not described by its bytes."""
    count = iter(range(9000, 10_000_000))
    body = re.sub(f'{_BARE}[^"]*"', 'descr=""', body)
    names: dict[str, int] = {}
    body = _BOOKMARK.sub(
        lambda one: f'{one[1]}w:id="{names.setdefault(one[2], 800_000 + len(names))}"', body
    )
    return _CHANGE.sub(lambda found: f'<w:{found[1]} w:id="{next(count)}"', body)


def _told(name: str, text: str, charts: dict[str, Any]) -> str:
    if name == _TYPES:
        more = "".join(
            f'<Override PartName="/word/charts/{key}.xml" ContentType="{_CHART_TYPE}"/>'
            for key in charts
        )
        return text.replace("</Types>", f"{more}</Types>")
    more = "".join(
        f'<Relationship Id="chart{key}" Type="{_OFFICE}/chart" Target="charts/{key}.xml"/>'
        for key in charts
    )
    return text.replace("</Relationships>", f"{more}</Relationships>")


def chart_xml(chart: dict[str, Any]) -> str:
    """A chart as Word's own part, without a workbook: its values stand in it."""
    form = chart["form"]
    rows = "".join(_series(chart, place) for place in range(len(chart["series"])))
    axes = '<c:axId val="1"/><c:axId val="2"/>' if form != "pie" else ""
    begin = {
        "bar": '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/>',
        "line": '<c:lineChart><c:grouping val="standard"/>',
        "pie": '<c:pieChart><c:varyColors val="1"/>',
    }[form]
    plot = f"{begin}{rows}{axes}</c:{form}Chart>" + (_AXES if axes else "")
    title = (
        "<c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:t>"
        f'{escape(chart["title"])}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
        if chart["title"]
        else ""
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main">'
        f'<c:chart>{title}<c:autoTitleDeleted val="{0 if title else 1}"/>'
        f"<c:plotArea><c:layout/>{plot}</c:plotArea>"
        '<c:legend><c:legendPos val="b"/></c:legend><c:plotVisOnly val="1"/></c:chart>'
        "</c:chartSpace>"
    )


_AXES = (
    '<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx>'
    '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/></c:scaling>'
    '<c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx>'
)


def _series(chart: dict[str, Any], place: int) -> str:
    one = chart["series"][place]
    labels, values = chart["labels"], one["values"]
    name = (
        f"<c:tx><c:strRef><c:f></c:f><c:strCache>{_points([one['name']])}</c:strCache></c:strRef>"
        "</c:tx>"
        if one["name"]
        else ""
    )
    return (
        f'<c:ser><c:idx val="{place}"/><c:order val="{place}"/>{name}'
        f"<c:cat><c:strRef><c:f></c:f><c:strCache>{_points(labels)}</c:strCache></c:strRef></c:cat>"
        "<c:val><c:numRef><c:f></c:f><c:numCache><c:formatCode>General</c:formatCode>"
        f"{_points(values)}</c:numCache></c:numRef></c:val></c:ser>"
    )


def _points(values: list[str]) -> str:
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{escape(value)}</c:v></c:pt>'
        for place, value in enumerate(values)
        if value
    )
    return f'<c:ptCount val="{len(values)}"/>{points}'
