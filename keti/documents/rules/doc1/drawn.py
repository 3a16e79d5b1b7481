"""Bar, line and pie charts drawn from their values as SVG: no script, no address, words escaped.

Colours differ in lightness as well as in hue, and the table of values stands beside.
"""

import math
from collections.abc import Callable
from html import escape
from itertools import pairwise
from typing import Any, TypeAlias

Chart: TypeAlias = dict[str, Any]

WIDE, HIGH = 640, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 20, 16, 64
_COLOURS = ("#2b5f75", "#d08a2e", "#7a9a4a", "#a8321f", "#6b5b8c", "#8a8f94", "#163a49", "#e3c18f")
_FONT = "'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif"
MOST_LABELS = 24


def svg(chart: Chart) -> str:
    """The chart as an SVG picture with its words."""
    draw: dict[str, Callable[[Chart], str]] = {"bar": _bars, "line": _lines, "pie": _pie}
    inner = draw[chart["form"]](chart) + _legend(chart)
    name = escape(chart["title"] or "、".join(one["name"] for one in chart["series"]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" role="img" '
        f'aria-label="{name}" font-family="{_FONT}" font-size="13" fill="#1f2328">'
        f'<path d="M0 0H{WIDE}V{HIGH}H0Z" fill="#fff"/>{inner}</svg>'
    )


def number(value: str) -> float | None:
    """A stored value as a number; None for a gap."""
    try:
        found = float(value)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _values(chart: Chart) -> list[list[float | None]]:
    return [[number(one) for one in series["values"]] for series in chart["series"]]


def _scale(chart: Chart) -> tuple[float, float, float]:
    """Lowest, highest and step of the axis: steps of 1, 2 or 5."""
    known = [one for row in _values(chart) for one in row if one is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    if high <= low:
        high = low + 1
    raw = (high - low) / 4
    power = 10 ** math.floor(math.log10(raw))
    step = next(one * power for one in (1, 2, 5, 10) if raw <= one * power * 1.0001)
    return math.floor(low / step) * step, math.ceil(high / step) * step, step


def _y(value: float, low: float, high: float) -> float:
    return round(_TOP + (HIGH - _TOP - _BOTTOM) * (high - value) / (high - low), 1)


def _axes(chart: Chart, low: float, high: float, step: float) -> str:
    out = []
    for place in range(round((high - low) / step) + 1):
        value = low + place * step
        at = _y(value, low, high)
        out.append(
            f'<line x1="{_LEFT}" y1="{at}" x2="{WIDE - _RIGHT}" y2="{at}" stroke="#c9c4ba"/>'
            f'<text x="{_LEFT - 6}" y="{at + 4}" text-anchor="end">{_said(value)}</text>'
        )
    labels = chart["labels"]
    every = -(-len(labels) // MOST_LABELS)
    for place, label in enumerate(labels):
        if place % every == 0:
            middle = round(_LEFT + _slot(chart) * (place + 0.5), 1)
            most = max(int(_slot(chart) * every / 13), 2)
            out.append(
                f'<text x="{middle}" y="{HIGH - _BOTTOM + 18}" text-anchor="middle">'
                f"{escape(_short(label, most))}</text>"
            )
    return "".join(out)


def _said(value: float) -> str:
    return f"{value:.6g}"


def _short(label: str, most: int) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _slot(chart: Chart) -> float:
    return (WIDE - _LEFT - _RIGHT) / len(chart["labels"])


def _bars(chart: Chart) -> str:
    low, high, step = _scale(chart)
    out = [_axes(chart, low, high, step)]
    count = len(chart["series"])
    wide = _slot(chart) * 0.7 / count
    for number_, row in enumerate(_values(chart)):
        for place, value in enumerate(row):
            if value is None:
                continue
            x = _LEFT + _slot(chart) * (place + 0.15) + wide * number_
            top, base = _y(max(value, 0), low, high), _y(min(value, 0), low, high)
            out.append(
                f'<rect x="{x:.1f}" y="{top}" width="{max(wide - 1, 1):.1f}" '
                f'height="{base - top:.1f}" fill="{_colour(number_)}"/>'
            )
    return "".join(out)


def _lines(chart: Chart) -> str:
    low, high, step = _scale(chart)
    out = [_axes(chart, low, high, step)]
    for number_, row in enumerate(_values(chart)):
        places = [
            (round(_LEFT + _slot(chart) * (place + 0.5), 1), _y(value, low, high))
            if value is not None
            else None
            for place, value in enumerate(row)
        ]
        colour = _colour(number_)
        for one, other in pairwise(places):
            if one and other:
                out.append(
                    f'<line x1="{one[0]}" y1="{one[1]}" x2="{other[0]}" y2="{other[1]}" '
                    f'stroke="{colour}" stroke-width="2.5"/>'
                )
        out += [f'<circle cx="{p[0]}" cy="{p[1]}" r="3.5" fill="{colour}"/>' for p in places if p]
    return "".join(out)


def _pie(chart: Chart) -> str:
    """The first series as parts of a circle; what is below nothing has no part."""
    row = [max(one or 0.0, 0.0) for one in _values(chart)[0]]
    whole = sum(row) or 1.0
    x, y, size, angle = 200.0, 150.0, 130.0, -math.pi / 2
    out = []
    for place, value in enumerate(row):
        turn = 2 * math.pi * value / whole
        if turn >= 2 * math.pi - 1e-9:
            out.append(f'<circle cx="{x}" cy="{y}" r="{size}" fill="{_colour(place)}"/>')
        elif turn > 0:
            from_, to = angle, angle + turn
            points = [(x + size * math.cos(a), y + size * math.sin(a)) for a in (from_, to)]
            far = 1 if turn > math.pi else 0
            out.append(
                f'<path d="M{x} {y}L{points[0][0]:.1f} {points[0][1]:.1f}A{size} {size} 0 {far} 1 '
                f'{points[1][0]:.1f} {points[1][1]:.1f}Z" fill="{_colour(place)}" stroke="#fff"/>'
            )
        angle += turn
    return "".join(out)


def _colour(place: int) -> str:
    return _COLOURS[place % len(_COLOURS)]


def _legend(chart: Chart) -> str:
    """Which colour is what: beside a pie its parts, under the others their series."""
    if chart["form"] == "pie":
        row, whole = chart["series"][0]["values"], chart["labels"]
        names = [f"{_short(label, 14)} {value}" for label, value in zip(whole, row, strict=True)]
        spots = [(380, 40 + 22 * place) for place in range(len(names))]
        names, spots = names[:13], spots[:13]
    else:
        names = [_short(one["name"], 12) for one in chart["series"]][:8]
        spots = [(_LEFT + 140 * (at % 4), HIGH - 26 + 18 * (at // 4)) for at in range(len(names))]
    return "".join(
        f'<rect x="{x}" y="{y - 10}" width="11" height="11" fill="{_colour(place)}"/>'
        f'<text x="{x + 16}" y="{y}">{escape(name)}</text>'
        for place, (name, (x, y)) in enumerate(zip(names, spots, strict=True))
    )
