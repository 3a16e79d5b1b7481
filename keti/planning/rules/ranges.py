"""The ranges of a rehearsal as bars on one scale of days, SVG text made from data. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from keti.charter.rules.rehearsal import Range

WIDTH, HEIGHT, MARGIN = 360.0, 22.0, 8.0
MONTH_LABEL = 26.0
LEAST_BAR = 3.0
WORDS = ("十次中一次不晚于 {p10}，半数不晚于 {p50}，九次不晚于 {p90}；期限 {due}",
         "1 run in 10 by {p10}, half by {p50}, 9 in 10 by {p90}; due {due}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """Days from left to right."""

    first: date
    last: date

    def x(self, day: date) -> float:
        """Where a day lies."""
        span = max((self.last - self.first).days, 1)
        return MARGIN + (day - self.first).days / span * (WIDTH - 2 * MARGIN)

    def months(self) -> list[date]:
        """The first day of every month on the scale."""
        found, day = [], self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                found.append(day)
            day = (day + timedelta(days=32)).replace(day=1)
        return found


def scale_of(ranges: Sequence[Range]) -> Scale:
    """A scale that holds every bar and due date."""
    days = [day for one in ranges for day in (one.due, one.p10, one.p90)]
    return Scale(min(days), max(days)) if days else Scale(date.min, date.min)


def bar(one: Range, scale: Scale, lang: str) -> str:
    """One range: a bar from the tenth to the nine tenths, a stroke at the half, a due mark."""
    left, right = scale.x(one.p10), scale.x(one.p90)
    middle, due, half = scale.x(one.p50), scale.x(one.due), HEIGHT / 2
    words = escape(
        WORDS[lang.startswith("en")].format(p10=one.p10, p50=one.p50, p90=one.p90, due=one.due)
    )
    width = max(right - left, LEAST_BAR)
    marks = "".join(
        f'<line class="rh-month" x1="{scale.x(day):.1f}" y1="0" x2="{scale.x(day):.1f}" '
        f'y2="{HEIGHT:.0f}"/>'
        for day in scale.months()
    )
    return (
        f'<svg class="rehearsal" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img" '
        f'aria-label="{words}" xmlns="http://www.w3.org/2000/svg"><title>{words}</title>{marks}'
        f'<rect class="rh-range" x="{left:.1f}" y="{half - 5:.1f}" width="{width:.1f}" '
        f'height="10" rx="3"/>'
        f'<line class="rh-half" x1="{middle:.1f}" y1="{half - 8:.1f}" x2="{middle:.1f}" '
        f'y2="{half + 8:.1f}"/>'
        f'<path class="rh-due" d="M{due - 5:.1f} 0h10l-5 7z"/>'
        f'<line class="rh-due" x1="{due:.1f}" y1="0" x2="{due:.1f}" y2="{HEIGHT:.0f}"/></svg>'
    )


def axis(scale: Scale) -> str:
    """The months above the bars, as many as have room."""
    words = []
    free = 0.0
    for day in scale.months():
        at = scale.x(day)
        if free <= at <= WIDTH - 2 * MONTH_LABEL:
            words.append(f'<text class="rh-word" x="{at:.1f}" y="14">{day:%Y-%m}</text>')
            free = at + 2.2 * MONTH_LABEL
    return (
        f'<svg class="rehearsal" viewBox="0 0 {WIDTH:.0f} 18" aria-hidden="true" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(words)}</svg>'
    )
