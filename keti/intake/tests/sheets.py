"""Rosters as secretaries really send them, as bytes."""

import io
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from keti.documents.actions import keep_upload
from keti.documents.models import StoredFile
from keti.intake.tests.scene import HEADER
from tests.cast import Cast

SHEETS = Path(__file__).parent / "inputs"
"""Sheets that an office program wrote."""


def row(name: str = "", unit: str = "", **more: str) -> list[str]:
    """One row of the template: by default a hand of the red group."""
    values = {"姓名": name, "单位": unit, "组别": "红组", "职务": "组员", **more}
    return [values.get(title, "") for title in HEADER]


def book(
    rows: Sequence[Sequence[object]],
    *,
    merged: Sequence[tuple[int, int, int]] = (),
    before: Sequence[tuple[str, bool]] = (),
) -> bytes:
    """A workbook with these rows on one sheet; `merged`: column, first and last row (from 0).
    `before`: sheets in front of it, each with its name and whether it is hidden."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, hidden in before:
        other = made.add_worksheet(name)
        other.write_row(0, 0, ["姓名", "职务"])
        if hidden:
            other.hide()
    sheet = made.add_worksheet("名单")
    for at, cells in enumerate(rows):
        for place, value in enumerate(cells):
            if value != "":
                sheet.write(at, place, value)
    for column, first, last in merged:
        sheet.merge_range(first, column, last, column, rows[first][column])
    if before:
        sheet.activate()
        sheet.set_first_sheet()
    made.close()
    return out.getvalue()


def kept(cast: Cast, rows: Sequence[Sequence[object]], **more: object) -> StoredFile:
    """A roster under the headings of the template, stored."""
    data = book([HEADER, *rows], **more)  # type: ignore[arg-type]
    return keep_upload(cast.qin.act(), programme=cast.programme, name="名单.xlsx", data=data)
