"""What is drawn in a Word file: pictures, charts, text boxes. Pure."""

import math
from collections import Counter
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


def figure(package: Package, target: str, alt: str, wide: int) -> Block | None:
    """A picture as a block without its name; None where its bytes are none that pages show."""
    found = package.picture(target)
    if found is None:
        return None
    wide = wide or max(round(found.wide * 25.4 / 96), 1)
    said = shortened(shown(alt).strip(), 2000)
    one = {"kind": "figure", "file": found.sha256, "mime": found.mime}
    return one | {"alt": said, "wide": min(max(wide, 1), 1000)}


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
    """Place -> value, of the labels or the values of a series."""
    held = series.child(name)
    found: dict[int, str] = {}
    levels = held.every("lvl") if held else []
    for one in (levels[0] if levels else held).every("pt") if held else ():
        place = one.attrs.get("idx", "")
        value = one.child("v")
        if place.isascii() and place.isdigit() and len(place) < 5 and value is not None:
            found[int(place)] = shown(value.text)[:1000]
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
    """The separator lines of a page, which are stored as notes."""
    return attributes.get("id", "1") in ("-1", "0") and "customMarkFollows" not in attributes
