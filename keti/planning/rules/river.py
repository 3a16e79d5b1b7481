"""The river: one programme as one horizontal picture, SVG text made from data.

No style attribute: colours come by class. Every mark is a link with its words;
`rows` gives the same as a table.
"""

from functools import lru_cache
from html import escape
from typing import NamedTuple

from keti.planning.rules.river_layout import (
    HEADER,
    NARROW,
    RADIUS,
    Band,
    Box,
    Day,
    Diamond,
    Dot,
    Holiday,
    Layout,
    Pin,
    Placed,
    River,
    layout,
    noon_of,
    short_day,
    width_of,
)

__all__ = ["Band", "Diamond", "Dot", "Holiday", "MarkRow", "Pin", "River", "draw", "layout", "rows"]

KINDS = {
    "band": ("阶段", "Phase"),
    "diamond": ("关口", "Gate"),
    "pin": ("会议", "Event"),
    "dot": ("应办事项", "Duty"),
}
STATES = {
    "done": ("已办", "done"),
    "late": ("迟交", "done late"),
    "doing": ("办理中", "in progress"),
    "soon": ("即将到期", "due soon"),
    "overdue": ("逾期", "overdue"),
    "none": ("未开始", "not begun"),
    "returned": ("退回修改", "returned"),
    "waived": ("免办", "waived"),
}
FILLED = {"done", "late", "overdue"}


class MarkRow(NamedTuple):
    """One line of the table beneath the picture; `until` is set where the mark has a length."""

    date: Day
    until: Day | None
    kind: str
    kind_text: str
    label: str
    state: str
    href: str


@lru_cache(maxsize=32)
def rows(river: River) -> tuple[MarkRow, ...]:
    """The picture as a table, in the order of time; holidays are left out."""
    at = 1 if _english(river) else 0
    lines = [
        MarkRow(band.start, band.end, "band", KINDS["band"][at], band.label, band.state, band.href)
        for band in river.bands
    ]
    lines += [
        MarkRow(gate.date, None, "diamond", KINDS["diamond"][at], gate.label, gate.state, gate.href)
        for gate in river.diamonds
    ]
    lines += [
        MarkRow(pin.date, None, "pin", KINDS["pin"][at], pin.label, "", pin.href)
        for pin in river.pins
    ]
    lines += [
        MarkRow(dot.date, None, "dot", KINDS["dot"][at], dot.label, dot.state, dot.href)
        for dot in river.dots
    ]
    order = list(KINDS)
    return tuple(sorted(lines, key=lambda line: (line.date, order.index(line.kind))))


@lru_cache(maxsize=32)
def draw(river: River) -> str:
    """The river as SVG: equal rivers are drawn once in a process."""
    plan = layout(river)
    name = "Timeline of the programme" if _english(river) else "课题进度图"
    size = "river" if width_of(river) == NARROW else "river river-wide"
    shades = [item for item in plan.placed if item.kind == "holiday"]
    bands = [item for item in plan.placed if item.kind == "band"]
    marks = [item for item in plan.placed if item.kind in RADIUS and item.kind != "holiday"]
    opening = (
        f'<svg class="{size}" viewBox="0 0 {plan.width:.0f} {plan.height:.0f}" role="group" '
        f'aria-label="{name}" xmlns="http://www.w3.org/2000/svg">'
    )
    parts = [
        opening,
        *(_shade(item) for item in shades),
        *_header(plan),
        *(_linked(item, river, _band(item)) for item in bands),
        _today(river, plan),
        *(_linked(item, river, _mark(item)) for item in marks),
        "</svg>",
    ]
    return "".join(parts)


def _english(river: River) -> bool:
    return river.lang.startswith("en")


def _text(
    box: Box, text: str, classes: str = "", down: float = 12.5, anchor: str = "middle"
) -> str:
    """Words in the middle of their box, or close to its start or end."""
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    return (
        f'<text x="{box.x + box.w * share:.1f}" y="{box.y + down:.1f}" text-anchor="{anchor}"'
        f"{f' class={chr(34)}{classes}{chr(34)}' if classes else ''}>{escape(text)}</text>"
    )


def _rect(box: Box, classes: str, round_by: int = 0) -> str:
    return (
        f'<rect class="{classes}" x="{box.x:.1f}" y="{box.y:.1f}" width="{box.w:.1f}" '
        f'height="{box.h:.1f}" rx="{round_by}"/>'
    )


def _shade(item: Placed) -> str:
    """A holiday is a shade, not a link: it only explains why nothing is due."""
    mark = item.mark
    days = f" {mark.start} – {mark.end}" if isinstance(mark, Holiday) else ""
    return (
        f"<g><title>{escape(mark.label)}{days}</title>{_rect(item.shape, 'rv-holiday')}"
        f"{_text(item.label, mark.label, 'rv-note', 11)}</g>"
    )


def _header(plan: Layout) -> list[str]:
    lines = []
    for tick in plan.ticks:
        lines.append(
            f'<line class="rv-rule" x1="{tick.x:.1f}" y1="{HEADER - 18:.0f}" x2="{tick.x:.1f}" '
            f'y2="{plan.height - 4:.0f}"/>'
        )
        if tick.text:
            lines.append(
                f'<text class="rv-month" x="{tick.x + 4:.1f}" y="40">{escape(tick.text)}</text>'
            )
    return lines


def _today(river: River, plan: Layout) -> str:
    if plan.today is None or river.today is None:
        return ""
    at = noon_of(river, river.today)
    words = f"{'Today' if _english(river) else '今天'} {river.today.isoformat()}"
    return (
        f"<g><title>{words}</title>"
        f'<line class="rv-today" x1="{at:.1f}" y1="22" x2="{at:.1f}" y2="{plan.height - 4:.0f}"/>'
        f"{_rect(plan.today, 'rv-today-flag', 3)}"
        f"{_text(plan.today, short_day(river.today), 'rv-today-text', 14)}</g>"
    )


def _linked(item: Placed, river: River, drawing: str) -> str:
    """The drawing with its words, inside a link where it leads somewhere."""
    mark = item.mark
    words = escape(_spoken(item, river))
    tone = f"tone-{getattr(mark, 'state', 'none')}"
    href = getattr(mark, "href", "")
    inner = f"<title>{words}</title>{drawing}"
    if not href:
        return f'<g class="{escape(tone)}">{inner}</g>'
    return f'<a class="{escape(tone)}" href="{escape(href)}" aria-label="{words}">{inner}</a>'


def _spoken(item: Placed, river: River) -> str:
    at = 1 if _english(river) else 0
    mark = item.mark
    state = STATES.get(getattr(mark, "state", ""), ("", ""))[at]
    if isinstance(mark, Band):
        days = f"{mark.start.isoformat()} – {mark.end.isoformat()}"
        name = mark.title or mark.label
    else:
        days = "" if isinstance(mark, Holiday) else mark.date.isoformat()
        name = mark.label
    return " · ".join(part for part in (KINDS[item.kind][at], name, days, state) if part)


def _band(item: Placed) -> str:
    mark = item.mark
    hollow = getattr(mark, "state", "none") in ("none", "waived")
    words = "rv-on" if item.inside and not hollow else "rv-word"
    beside = "start" if item.label.x >= item.shape.x else "end"
    anchor = "middle" if item.inside else beside
    return _rect(item.shape, "rv-hollow" if hollow else "rv-band", 3) + _text(
        item.label, mark.label, words, 13, anchor
    )


def _mark(item: Placed) -> str:
    mark = item.mark
    if isinstance(mark, Diamond):
        name = item.label._replace(h=16)
        day = _text(item.label, short_day(mark.date), "rv-note", 27)
        return _diamond(item.shape, mark.state) + _text(name, mark.label, "rv-word") + day
    if isinstance(mark, Pin):
        words = f"{mark.label} {short_day(mark.date)}"
        return _flag(item.shape) + _text(item.label, words, "rv-pin-label", 13)
    if isinstance(mark, Dot):
        words = f"{mark.label} {short_day(mark.date)}"
        return _dot(item.shape, mark.state) + _text(item.label, words, "rv-note", 13)
    return ""


def _diamond(box: Box, state: str) -> str:
    x, y, r = box.x + box.w / 2, box.y + box.h / 2, box.w / 2 - 1
    fill = "rv-solid" if state in FILLED else "rv-open"
    return f'<path class="{fill}" d="M{x:.1f} {y - r:.1f}l{r} {r}-{r} {r}-{r}-{r}z"/>'


def _flag(box: Box) -> str:
    x, y = box.x + box.w / 2, box.y
    return (
        f'<path class="rv-pin" d="M{x:.1f} {y + 20:.1f}V{y + 2:.1f}l11 5-11 5"/>'
        f'<circle class="rv-pin" cx="{x:.1f}" cy="{y + 21:.1f}" r="2.5"/>'
    )


def _dot(box: Box, state: str) -> str:
    x, y, r = box.x + box.w / 2, box.y + box.h / 2, box.w / 2 - 1
    if state == "overdue":
        return f'<path class="rv-solid" d="M{x:.1f} {y - r:.1f}l{r} {r}-{r} {r}-{r}-{r}z"/>'
    fill = "rv-solid" if state in ("done", "late") else "rv-open"
    circle = f'<circle class="{fill}" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"/>'
    if state != "doing":
        return circle
    return circle + f'<path class="rv-half" d="M{x:.1f} {y - r:.1f}a{r} {r} 0 0 0 0 {2 * r}z"/>'
