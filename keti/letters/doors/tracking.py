"""From scanned codes or a sheet of tracking numbers to what happened to which piece."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any

from keti.documents.actions import examined
from keti.documents.rules.sheet import read_table
from keti.kernel.refusals import Refused
from keti.letters.actions import Happening
from keti.letters.models import Mailing, MailPiece
from keti.letters.rules import merging, sheets
from keti.letters.rules.passage import may_follow
from keti.letters.rules.sheets import Track

Wrong = tuple[int, str, str, dict[str, object]]
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Sorted:
    """Primary key of a piece -> what happened to it; and which rows say nothing that can be."""

    what: dict[int, Happening] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def rows_of(upload: Any, codes: str) -> tuple[list[Track], list[Wrong]]:
    """The rows of a sheet, else of what was scanned: a code, and after a blank a tracking
    number."""
    if not upload:
        lines = enumerate(codes.splitlines(), start=1)
        words = [(row, line.split()) for row, line in lines if line.strip()]
        return [Track(row, one[0], " ".join(one[1:])) for row, one in words], []
    kind = examined(upload, upload.name).sniffed.safe_name.rpartition(".")[2].lower()
    if kind not in ("xlsx", "xls", "et", "csv"):
        raise Refused("letters.no-sheet").at("sheet")
    upload.seek(0)
    tracks, problems = sheets.read_tracks(read_table(upload.read(), kind, max_rows=MOST_ROWS).rows)
    return tracks, [(one.row, one.value, one.code, {}) for one in problems]


def sorted_out(mailing: Mailing, rows: list[Track], usual: Happening) -> Sorted:
    """Which piece each row means, by code or number, and whether that can have happened to it."""
    pieces = list(MailPiece.objects.filter(mailing=mailing).standing())
    known = {one.code: one for one in pieces} | {one.number: one for one in pieces}
    found = Sorted()
    for row in rows:
        piece, wrong = _meant(known, found, row, usual)
        at, unread = _day(mailing, row.day)
        if wrong or unread:
            found.wrong.append((row.row, row.code, wrong or "letters.row-day", {}))
        elif piece is not None:
            found.what[piece.pk] = replace(
                usual,
                at=at or usual.at,
                carrier=row.carrier or usual.carrier,
                tracking=row.tracking,
                reason=row.reason or usual.reason,
            )
    return found


def _meant(
    known: dict[str, MailPiece], found: Sorted, row: Track, usual: Happening
) -> tuple[MailPiece | None, str]:
    piece = known.get(row.code)
    if piece is None:
        digits = row.code.isascii() and row.code.isdigit() and not merging.is_code(row.code)
        return None, "letters.row-code-slip" if digits else "letters.row-code-unknown"
    if piece.pk in found.what:
        return None, "letters.row-code-twice"
    if not may_follow(piece.state, usual.kind):
        return None, "letters.row-cannot-follow"
    if usual.kind == "returned" and not (row.reason or usual.reason).strip():
        return None, "letters.row-no-reason"
    return piece, ""


def _day(mailing: Mailing, said: str) -> tuple[datetime | None, bool]:
    """The moment of a day in a sheet, at noon there; whether it could not be read."""
    if not said:
        return None, False
    try:
        day = date.fromisoformat(said[:10].replace("/", "-"))
    except ValueError:
        return None, True
    return datetime.combine(day, time(12), tzinfo=mailing.programme.tz), False
