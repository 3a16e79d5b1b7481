"""Spreadsheets out and in: text stays text, dates are dates, nothing becomes a formula."""

import csv
import io
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import IO, Any

import python_calamine
import xlsxwriter

from keti.kernel.refusals import Refused

from .office import OLE
from .old_sheet import read_apart
from .sniff import decoded
from .typed import bare, shown
from .zips import counted


@dataclass(frozen=True, slots=True)
class EndOf:
    """The end of a day, as a deadline: written 24:00 of that day."""

    day: date

    def __str__(self) -> str:
        return f"{self.day.isoformat()} 24:00"


Cell = str | int | float | bool | date | datetime | EndOf | None
Row = Sequence[Cell]
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
_WIDEST, _NARROWEST = 60.0, 6.0
_MEASURED = 500
"""After how many rows the columns are as wide as they will be."""
_IN_MEMORY = 1 << 20
_SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_EXACT = 10**15
LONGEST_CELL = 32_000
"""A cell holds no more: what is longer is cut aloud."""
CUT = (
    "……（表格的一格放不下，后文见原处 / longer than a cell: the rest stands where it was written）"
)
_FIRST_YEAR = 1900
_SHOWN = {"day": "yyyy-mm-dd", "end": 'yyyy-mm-dd" 24:00"', "time": "yyyy-mm-dd hh:mm"}
_SHOWN["second"] = "yyyy-mm-dd hh:mm:ss"
_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def to_xlsx(
    title: str, header: Sequence[str], rows: Iterable[Row], *, created: datetime = CREATED
) -> bytes:
    """One sheet with a frozen header; the same content gives the same bytes."""
    with xlsx_file(title, header, rows, created=created) as made:
        return made.read()


def xlsx_file(
    title: str, header: Sequence[str], rows: Iterable[Row], *, created: datetime = CREATED
) -> IO[bytes]:
    """The same as an open file, which is gone once it is closed. The rows are written one by one
    as they come: however many there are, the memory it takes stays the same."""
    with ExitStack() as stack:
        out = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
        with tempfile.TemporaryDirectory() as aside:
            _fill(xlsxwriter.Workbook(out, _SAFE | {"tmpdir": aside}), title, header, rows, created)
        out.seek(0)
        stack.pop_all()
    return out


def _fill(
    book: xlsxwriter.Workbook,
    title: str,
    header: Sequence[str],
    rows: Iterable[Row],
    created: datetime,
) -> None:
    book.set_properties({"title": shown(title), "created": created.replace(tzinfo=None)})
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    dated = {kind: _dated(book, shown) for kind, shown in _SHOWN.items()}
    head, last = [_text(label) for label in header], 0
    widths = [_width(label) for label in head]
    for place, label in enumerate(head):
        sheet.write_string(0, place, label, bold)
    for last, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            _write(sheet, (last, place), value, plain, dated)
        if last < _MEASURED:
            _measure(widths, row)
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(max(width + 2.0, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    if head and last:
        sheet.autofilter(0, 0, last, len(head) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()


def _write(
    sheet: Any, at: tuple[int, int], value: Cell, plain: Any, dated: Mapping[str, Any]
) -> None:
    kind, moment = _moment(value)
    shown = _shown(value)
    if moment:
        sheet.write_datetime(*at, moment, dated[kind])
    elif isinstance(shown, str):
        sheet.write_string(*at, shown, plain)
    else:
        sheet.write_number(*at, shown, plain)


def deadline_cell(local: datetime) -> Cell:
    """A deadline on the wall clock: midnight is the end of the day before."""
    wall = local.replace(tzinfo=None)
    return EndOf(wall.date() - timedelta(days=1)) if wall.time() == time(0) else wall


def _dated(book: xlsxwriter.Workbook, shown: str) -> Any:
    return book.add_format({"num_format": shown, "valign": "top", "align": "left"})


def _moment(value: Cell) -> tuple[str, datetime | date | None]:
    """A day or a moment as a spreadsheet counts it, and how it is shown; older ones are text.

    The end of a day stands in its last minute, so that it sorts behind the day's other times.
    """
    if isinstance(value, EndOf):
        return "end", datetime.combine(value.day, time(23, 59))
    if not isinstance(value, date) or value.year < _FIRST_YEAR:
        return "", None
    if isinstance(value, datetime):
        exact = "second" if value.second else "time"
        return exact, value.replace(tzinfo=None, microsecond=0)
    return "day", value


def _sheet_name(title: str) -> str:
    name = "".join(" " if char in "[]:*?/\\" else char for char in shown(title))
    return " ".join(name.split())[:31].strip("' ") or "Sheet1"


def _shown(value: Cell) -> str | float:
    """Numbers stay numbers while exact; everything else is text that reads the same everywhere."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (int, float)):
        return value if abs(value) < _EXACT else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S" if value.second else "%Y-%m-%d %H:%M")
    if isinstance(value, EndOf):
        return str(value)
    return value.isoformat() if isinstance(value, date) else _text(value)


def _text(value: str) -> str:
    text = shown(value)
    if len(text) <= LONGEST_CELL:
        return text
    return text[: LONGEST_CELL - len(CUT)] + CUT


def _measure(widths: list[float], row: Row) -> None:
    for place, value in enumerate(row[: len(widths)]):
        widths[place] = max(widths[place], _width(str(_shown(value))))


def _width(text: str) -> float:
    lines = text.split("\n")
    return max(sum(2.0 if ord(char) > 0x2E7F else 1.0 for char in line) for line in lines)


def to_csv(header: Sequence[str], rows: Iterable[Row]) -> bytes:
    """UTF-8 with its mark, so that every spreadsheet program reads the Chinese."""
    return b"".join(csv_lines(header, rows))


def csv_lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """The same line by line, for a file that is sent while it is made."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    writer.writerow([_guarded(_text(label)) for label in header])
    yield b"\xef\xbb\xbf" + line.getvalue().encode()
    for row in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([_guarded(_shown(value)) for value in row])
        yield line.getvalue().encode()


def _guarded(value: str | float) -> str | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS) else value


def read_xlsx(data: bytes, *, max_rows: int = 5000, max_columns: int = 60) -> list[list[str]]:
    """The first sheet as text: ids and telephone numbers whole, dates ISO, empty ends cut off."""
    counted(io.BytesIO(data), "xlsx")
    with _damage_told():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        last = sheet.end or (-1, -1)
        _within(last[0] + 1, last[1] + 1, max_rows, max_columns)
        raw = sheet.to_python(skip_empty_area=False)
    rows = [[_read(value) for value in row] for row in raw]
    while rows and not any(rows[-1]):
        rows.pop()
    used = max((place + 1 for row in rows for place, cell in enumerate(row) if cell), default=0)
    return [row[:used] for row in rows]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet as text, which one it is, and which sheets beside it were not read."""

    rows: list[list[str]]
    name: str = ""
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Table":
        """The table of what `dataclasses.asdict` made of one."""
        both = (tuple(plain["others"]), tuple(plain["hidden"]))
        return cls(plain["rows"], plain["name"], *both)


def read_table(
    data: bytes, kind: str, *, max_rows: int = 5000, max_columns: int = 60, sheet: str = ""
) -> Table:
    """A sheet somebody filled in, from `xlsx`, `xls` and `et` in either form, or `csv` (UTF-8 or
    GB 18030): the visible one of this name, else the first that holds anything. A merged cell
    counts for all its rows."""
    if kind == "csv":
        return _of_csv(data, max_rows, max_columns)
    if data.startswith(OLE):
        return Table.from_plain(read_apart(data, max_rows, max_columns, sheet))
    counted(io.BytesIO(data), "xlsx")
    return of_book(data, max_rows, max_columns, sheet)


def of_book(data: bytes, max_rows: int, max_columns: int, sheet: str = "") -> Table:
    """The visible sheet of this name, else the first that holds anything. For an old workbook call
    `read_table`, which has it read in a process of its own."""
    with _damage_told():
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [one.name for one in book.sheets_metadata if _is_shown(one)]
        hidden = tuple(one.name for one in book.sheets_metadata if not _is_shown(one))
        filled = [name for name in shown if book.get_sheet_by_name(name).end is not None]
        name = sheet if sheet in filled else (filled or shown)[0]
        rows = _unmerged(book.get_sheet_by_name(name), max_rows, max_columns)
    return Table(rows, name, tuple(one for one in filled if one != name), hidden)


@contextmanager
def _damage_told() -> Iterator[None]:
    """A sheet that cannot be read is refused in words, also where the reader itself falls over a
    broken old one: that is an exception of its own kind, above all others."""
    try:
        yield
    except (python_calamine.CalamineError, IndexError, ValueError, OSError) as broken:
        raise Refused("documents.sheet-damaged") from broken
    except BaseException as fallen:
        if type(fallen).__name__ != "PanicException":
            raise
        raise Refused("documents.sheet-damaged") from fallen


def _is_shown(sheet: python_calamine.SheetMetadata) -> bool:
    visible = sheet.visible == python_calamine.SheetVisibleEnum.Visible
    return visible and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet


def _unmerged(
    sheet: python_calamine.CalamineSheet, max_rows: int, max_columns: int
) -> list[list[str]]:
    last = sheet.end or (-1, -1)
    _within(last[0] + 1, last[1] + 1, max_rows, max_columns)
    rows = [[_read(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        for row in rows[top + 1 : bottom + 1]:
            if left < len(row):  # an empty block may lie right of everything that is filled
                row[left] = rows[top][left]
    return rows


def _of_csv(data: bytes, max_rows: int, max_columns: int) -> Table:
    text = decoded(data)
    if text is None:
        raise Refused("documents.sheet-damaged")
    text = text.removeprefix("\ufeff")
    mark = max((",", "\t", ";"), key=text[:4000].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error as broken:
        raise Refused("documents.sheet-damaged") from broken
    _refuse_swallowed(rows, mark)
    _within(len(rows), max(map(len, rows), default=0), max_rows, max_columns)
    return Table([[_read(_unguarded(value)) for value in row] for row in rows])


def _refuse_swallowed(rows: list[list[str]], mark: str) -> None:
    """A quotation mark that nobody closed makes the rows after it part of its cell: it is said."""
    marks = len(rows[0]) - 1 if rows else 0
    for number, row in enumerate(rows, start=1):
        for cell in row:
            _first, *below = cell.split("\n")
            if marks and any(line.count(mark) >= marks for line in below):
                raise Refused("documents.sheet-quote-open", row=number, words=_first.strip()[:40])


def _unguarded(value: str) -> str:
    """A cell of our own csv without the mark that keeps it from being a formula."""
    return value[1:] if value[:1] == "'" and value[1:].startswith(_STARTS) else value


def _within(height: int, width: int, max_rows: int, max_columns: int) -> None:
    if height > max_rows:
        raise Refused("documents.sheet-too-many-rows", rows=height, limit=max_rows)
    if width > max_columns:
        raise Refused("documents.sheet-too-many-columns", columns=width, limit=max_columns)


def _read(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.strftime("%Y-%m-%d" if midnight else "%Y-%m-%d %H:%M")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return _halved(bare(str(value))).strip()


def _halved(text: str) -> str:
    """Full-width digits, letters and signs of numbers as ordinary ones; Chinese marks stay."""
    return "".join(
        unicodedata.normalize("NFKC", char)
        if "０" <= char <= "９"
        or "Ａ" <= char <= "Ｚ"
        or "ａ" <= char <= "ｚ"
        or char in "＋－．＠"
        else char
        for char in text
    )
