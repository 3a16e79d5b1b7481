"""The layout of the river: where each mark and its label stand, so that no label covers another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

Day = date
DAY = timedelta(days=1)
LABEL, NOTE = 12.5, 11.0
MARGIN = 40.0
NARROW, WIDE, WIDE_MONTHS = 1120.0, 2240.0, 18
HEADER = 46.0
LANE, BAND = 33.0, 23.0
PAD = 5.0
HEIGHTS = {"diamond": 60.0, "pin": 50.0, "dot": 36.0, "holiday": 15.0}
RADIUS = {"diamond": 12.0, "pin": 8.0, "dot": 7.0, "holiday": 0.0}


class Band(NamedTuple):
    """A phase from its first to its last day."""

    label: str
    start: date
    end: date
    state: str = "none"
    href: str = ""
    title: str = ""


class Diamond(NamedTuple):
    """A gate at the day of its decision."""

    label: str
    date: date
    state: str = "none"
    href: str = ""


class Pin(NamedTuple):
    """A conference or another public day."""

    label: str
    date: date
    href: str = ""


class Dot(NamedTuple):
    """A recurring duty at the day it is due."""

    label: str
    date: date
    state: str = "none"
    href: str = ""


class Holiday(NamedTuple):
    """Days off, first to last."""

    label: str
    start: date
    end: date


@dataclass(frozen=True)
class River:
    """Everything the picture shows; `end` and every other end is the last day included."""

    start: date
    end: date
    today: date | None = None
    bands: tuple[Band, ...] = ()
    diamonds: tuple[Diamond, ...] = ()
    pins: tuple[Pin, ...] = ()
    dots: tuple[Dot, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    lang: str = "zh-hans"


class Box(NamedTuple):
    """A rectangle of the picture."""

    x: float
    y: float
    w: float
    h: float

    def covers(self, other: "Box") -> bool:
        """Whether the two rectangles share any area."""
        across = self.x < other.x + other.w and other.x < self.x + self.w
        return across and self.y < other.y + other.h and other.y < self.y + self.h


class Placed(NamedTuple):
    """A mark with the place of its shape and of its label."""

    kind: str
    mark: Band | Diamond | Pin | Dot | Holiday
    shape: Box
    label: Box
    inside: bool = False


class Tick(NamedTuple):
    """A line of the header: where, and what it says (nothing where there is no room)."""

    x: float
    text: str


@dataclass(frozen=True)
class Layout:
    """The picture before it is drawn."""

    width: float
    height: float
    ticks: tuple[Tick, ...]
    today: Box | None
    placed: tuple[Placed, ...]

    def labels(self) -> list[Box]:
        """Every rectangle that holds words, header and flag included."""
        ticks = [_tick_box(tick) for tick in self.ticks if tick.text]
        words = [item.label for item in self.placed if item.label.w]
        return ticks + words + ([self.today] if self.today else [])


def text_width(text: str, size: float = LABEL) -> float:
    """How wide the words stand: a Chinese character is a square, another about three fifths."""
    return sum(size if ord(sign) > 0x2E7F else size * 0.6 for sign in text)


def width_of(river: River) -> float:
    """Long programmes get a wider sheet, which scrolls."""
    return WIDE if (river.end - river.start).days > WIDE_MONTHS * 31 else NARROW


def x_of(river: River, day: date) -> float:
    """Where the morning of a day stands; days outside stand at the rim."""
    days = max((river.end + DAY - river.start).days, 1)
    at = min(max((day - river.start).days, 0), days)
    return MARGIN + at / days * (width_of(river) - 2 * MARGIN)


def noon_of(river: River, day: date) -> float:
    """Where the middle of a day stands."""
    return (x_of(river, day) + x_of(river, day + DAY)) / 2


def short_day(day: date) -> str:
    """`8-20`."""
    return f"{day.month}-{day.day:02d}"


def layout(river: River) -> Layout:
    """Place everything: bands in lanes, then gates, conferences, duties, holidays in rows."""
    flag = _today_flag(river)
    placed = _bands(river)
    floor = max((item.shape.y + LANE for item in placed), default=HEADER) + 8
    groups: tuple[tuple[str, Sequence[Diamond | Pin | Dot]], ...] = (
        ("diamond", river.diamonds),
        ("pin", river.pins),
        ("dot", river.dots),
    )
    for kind, marks in groups:
        row = _rows(
            river, kind, [mark for mark in marks if _within(river, mark.date, mark.date)], floor
        )
        placed += row
        floor = max((item.shape.y + HEIGHTS[kind] for item in row), default=floor)
    days = _holidays(river, floor + 2)
    floor = max((item.label.y + item.label.h for item in days if item.label.w), default=floor)
    return Layout(width_of(river), floor + 8, _ticks(river), flag, tuple(days + placed))


def _within(river: River, first: date, last: date) -> bool:
    return first <= river.end and last >= river.start


def _today_flag(river: River) -> Box | None:
    if river.today is None or not _within(river, river.today, river.today):
        return None
    wide = text_width(short_day(river.today)) + 16
    left = noon_of(river, river.today) - wide / 2
    return Box(_clamped(left, wide, width_of(river)), 4, wide, 19)


def _clamped(x: float, wide: float, whole: float) -> float:
    return min(max(x, 2.0), max(whole - wide - 2.0, 2.0))


def _step(river: River) -> list[date]:
    """The days that get a line: days or weeks in a short programme, else each first."""
    span = (river.end - river.start).days
    if span <= 62:
        apart = 1 if span <= 8 else 2 if span <= 18 else 7
        return [river.start + DAY * at for at in range(0, span + 1, apart)]
    firsts, at = [], river.start.replace(day=1)
    while at <= river.end:
        if at >= river.start:
            firsts.append(at)
        at = (at + DAY * 32).replace(day=1)
    return firsts


def _tick_text(day: date, river: River, first: bool) -> str:
    chinese = not river.lang.startswith("en")
    if (river.end - river.start).days <= 62:
        return short_day(day)
    year = first or day.month == 1
    if chinese:
        return f"{day.year} 年 {day.month} 月" if year else f"{day.month} 月"
    return f"{day:%b %Y}" if year else f"{day:%b}"


def _tick_box(tick: Tick) -> Box:
    return Box(tick.x + 4, 27, text_width(tick.text, 12), 16)


def _ticks(river: River) -> tuple[Tick, ...]:
    ticks: list[Tick] = []
    free = 0.0
    for day in _step(river):
        tick = Tick(x_of(river, day), _tick_text(day, river, not ticks))
        box = _tick_box(tick)
        if tick.x < free or box.x + box.w > width_of(river):
            tick = Tick(tick.x, "")
        else:
            free = box.x + box.w + 2
        ticks.append(tick)
    return tuple(ticks)


def _bands(river: River) -> list[Placed]:
    lanes: list[float] = []
    placed = []
    line = noon_of(river, river.today) if _today_flag(river) and river.today else -99.0
    shown = [band for band in river.bands if _within(river, band.start, band.end)]
    for band in sorted(shown, key=lambda band: (band.start, band.end)):
        left, right = x_of(river, band.start), x_of(river, band.end + DAY)
        bar = Box(left, 0, max(right - left - 1, 3), BAND)
        word, inside = _band_label(band.label, bar, width_of(river), line)
        reach_left, reach_right = min(bar.x, word.x), max(bar.x + bar.w, word.x + word.w)
        lane = next((at for at, end in enumerate(lanes) if end <= reach_left), len(lanes))
        lanes[lane : lane + 1] = [reach_right]
        y = HEADER + 8 + lane * LANE
        placed.append(
            Placed("band", band, bar._replace(y=y), word._replace(y=y + 3), inside=inside)
        )
    return placed


def _band_label(text: str, bar: Box, whole: float, line: float) -> tuple[Box, bool]:
    """Inside the band where it fits, beside the line of today; else after it, or before it."""
    wide = text_width(text)
    if wide + 2 * PAD <= bar.w:
        middle = Box(bar.x + (bar.w - wide) / 2, 0, wide, 17)
        return _aside(middle, bar, line), True
    if bar.x + bar.w + PAD + wide <= whole:
        return Box(bar.x + bar.w + PAD, 0, wide, 17), False
    return Box(max(bar.x - PAD - wide, 0), 0, wide, 17), False


def _aside(word: Box, bar: Box, line: float) -> Box:
    if not word.x - 4 < line < word.x + word.w + 4:
        return word
    if line + 8 + word.w + PAD <= bar.x + bar.w:
        return word._replace(x=line + 8)
    if line - 8 - word.w - PAD >= bar.x:
        return word._replace(x=line - 8 - word.w)
    return word


def _rows(
    river: River, kind: str, marks: Iterable[Diamond | Pin | Dot], floor: float
) -> list[Placed]:
    """Each mark with its label in the first row where both have room."""
    ends: list[float] = []
    placed = []
    size = LABEL if kind != "dot" else NOTE
    radius, tall = RADIUS[kind], 31.0 if kind == "diamond" else 17.0
    for mark in sorted(marks, key=lambda mark: mark.date):
        middle = noon_of(river, mark.date)
        wide = max(text_width(_words(kind, mark), size), text_width(short_day(mark.date), NOTE))
        left = _clamped(middle - wide / 2, wide, width_of(river))
        start, end = min(left, middle - radius), max(left + wide, middle + radius)
        row = next((at for at, last in enumerate(ends) if last + PAD <= start), len(ends))
        ends[row : row + 1] = [end]
        top = floor + row * HEIGHTS[kind]
        high = 24.0 if kind == "pin" else radius * 2
        shape = Box(middle - radius, top, radius * 2, high)
        placed.append(Placed(kind, mark, shape, Box(left, top + high + 1, wide, tall)))
    return placed


def _words(kind: str, mark: Diamond | Pin | Dot) -> str:
    return mark.label if kind == "diamond" else f"{mark.label} {short_day(mark.date)}"


def _holidays(river: River, floor: float) -> list[Placed]:
    placed = []
    ends: list[float] = []
    shown = [off for off in river.holidays if _within(river, off.start, off.end)]
    for off in sorted(shown, key=lambda off: (off.start, off.end)):
        left, right = x_of(river, off.start), x_of(river, off.end + DAY)
        wide = text_width(off.label, NOTE)
        at = _clamped((left + right - wide) / 2, wide, width_of(river))
        row = next((n for n, last in enumerate(ends) if last + PAD <= at), len(ends))
        ends[row : row + 1] = [at + wide]
        word = Box(at, floor + row * HEIGHTS["holiday"], wide, 14)
        shade = Box(left, HEADER, max(right - left, 1), floor - HEADER)
        placed.append(Placed("holiday", off, shade, word))
    return placed
