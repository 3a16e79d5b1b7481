"""What is drawn in a Word file: pictures, charts, text boxes. Pure."""

import math
import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

from keti.kernel.texts import shortened

from ..doc1.schema import Block
from ..typed import shown
from ..xml_in import Element
from .package import Package

EMU = 36_000
"""Office's units in a millimetre."""
_PLOTS = {
    "barChart": "bar", "bar3DChart": "bar", "lineChart": "line", "line3DChart": "line",
    "pieChart": "pie", "pie3DChart": "pie", "doughnutChart": "pie", "ofPieChart": "pie",
}  # fmt: skip
_OTHERS = frozenset({"areaChart", "area3DChart", "scatterChart", "radarChart", "stockChart",
                     "surfaceChart", "surface3DChart", "bubbleChart"})  # fmt: skip
MOST_POINTS = 2000
WIDEST = 154
"""Millimetres of a report's lines: a picture stands no wider in what we write."""


def figure(package: Package, target: str, alt: str, wide: int) -> Block | None:
    """A picture as a block without its name; None where its bytes are none that pages show."""
    found = package.picture(target)
    if found is None:
        return None
    wide = wide or max(round(found.wide * 25.4 / 96), 1)
    said = shortened(" ".join(shown(alt).split("\n")).strip(), 2000)
    one = {"kind": "figure", "file": found.sha256, "mime": found.mime}
    return one | {"alt": said, "wide": min(max(wide, 1), WIDEST)}


def width_of(drawing: Element) -> int:
    """How wide a drawing stands on its page, in whole millimetres; 0 where it says nothing."""
    for one in drawing.every("extent"):
        said = one.attrs.get("cx", "")
        if said.isascii() and said.isdigit() and len(said) < 12:
            return round(int(said) / EMU)
    return 0


def alt_of(drawing: Element) -> str:
    """The words that stand for a picture where it cannot be seen."""
    for name in ("docPr", "cNvPr"):
        for one in drawing.every(name):
            said = one.attrs.get("descr", "")
            if said.strip():
                return said
    return ""


def chart(package: Package, part: str, left: Counter[str]) -> Block | None:
    """A chart as a block without its name, from the values that are stored in the file; None for
    a kind that is not redrawn or one without values."""
    tree = package.tree(part)
    area = tree.every("plotArea") if tree else []
    plots = [one for one in area[0].kids if one.tag in _PLOTS or one.tag in _OTHERS] if area else []
    forms = {_PLOTS.get(one.tag, "") for one in plots}
    if tree is None or len(forms) != 1 or "" in forms:
        return None
    series = [one for plot in plots for one in plot.kids if one.tag == "ser"]
    rows = [(_name(one), _points(one, "cat"), _points(one, "val")) for one in series]
    count = max((max([-1, *labels, *values]) + 1 for _n, labels, values in rows), default=0)
    if not 0 < count <= MOST_POINTS or len(rows) > 60:
        return None
    labels = next((found for _n, found, _v in rows if found), {})
    return {
        "kind": "chart",
        "form": forms.pop(),
        "title": _title(tree),
        "labels": [labels.get(place, str(place + 1)) for place in range(count)],
        "series": [
            {"name": name, "values": [_number(values.get(place, "")) for place in range(count)]}
            for name, _labels, values in rows
        ],
    }


def _number(said: str) -> str:
    """The value as stored; "" where it is no number."""
    try:
        fine = math.isfinite(float(said)) and said.isascii() and "_" not in said
    except ValueError:
        return ""
    said = said.strip().lstrip("+")
    if said.startswith(".") or said.startswith("-.") or said.endswith("."):
        said = repr(float(said))
    return said if fine and len(said) <= 60 else ""


def _points(series: Element, name: str) -> dict[int, str]:
    """Place -> value, of the labels or the values of a series; labels of several levels are said
    from the outer to the inner, days as days."""
    held = series.child(name)
    levels = held.every("lvl") if held else []
    if held is None or not levels:
        return _values(held, name == "cat" and _dates(held))
    found = _values(levels[0], False)
    for level in levels[1:]:
        above, said = _values(level, False), ""
        for place in range(max([-1, *found]) + 1):
            said = above.get(place, said)
            found[place] = f"{said} {found.get(place, '')}".strip()
    return found


def _dates(held: Element | None) -> bool:
    """Whether the numbers of a series are days, counted as sheets count them."""
    codes = held.every("formatCode") if held else []
    bare = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\\\.", "", codes[0].text.lower()) if codes else ""
    return "yy" in bare or ("m" in bare and "d" in bare)


def _day(said: str) -> str:
    """45292 -> 2024-01-01; what is no day stays."""
    whole = said.partition(".")[0]
    if not whole.isascii() or not whole.isdigit() or not 60 < int(whole[:8]) < 2_958_466:
        return said
    return (date(1899, 12, 30) + timedelta(days=int(whole))).isoformat()


def _values(held: Element | None, days: bool) -> dict[int, str]:
    found: dict[int, str] = {}
    for one in held.every("pt") if held else ():
        place = one.attrs.get("idx", "")
        value = one.child("v")
        if place.isascii() and place.isdigit() and len(place) < 5 and value is not None:
            said = shown(value.text)[:1000]
            found[int(place)] = _day(said) if days else said
    return found


def _name(series: Element) -> str:
    held = series.child("tx")
    said = held.every("v") if held else []
    return shown(said[-1].text)[:1000] if said else ""


def _title(tree: Element) -> str:
    held = tree.child("chart", "title")
    if held is None:
        return ""
    rows = ["".join(one.text for one in row.every("t")) for row in held.every("p")]
    said = rows or [one.text for one in held.every("v")]
    return shortened(shown(" ".join(said)).strip(), 1000)


def named(block: Block, number: int) -> Block:
    """The block under its name."""
    return {"id": f"b{number}"} | block


def is_reserved(attributes: dict[str, Any]) -> bool:
    """The separator lines of a page, which are stored as notes and say so; their numbers are any
    program's own."""
    return "separator" in attributes.get("type", "").lower() or (
        attributes.get("type", "") == "continuationNotice"
    )


def axes(package: Package, part: str) -> int:
    """How many axes of a chart have a title of their own, which a redrawn chart has not."""
    tree = package.tree(part)
    area = tree.every("plotArea") if tree else []
    return sum(one.child("title") is not None for one in (area[0].kids if area else ()))
