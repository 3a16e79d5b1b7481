"""Every sheet that leaves the house: a day is a day and a moment is a moment, never text."""

import ast
import io
import re
from datetime import date

import python_calamine

from tests.cast import Cast
from tests.house.sources import name, trees

WRITERS = {"to_xlsx", "csv_lines", "to_csv", "sheet"}
AS_TEXT = {"strftime", "isoformat", "deadline_text", "when_text", "day_text"}
ROWS = re.compile(r"_?(file_row|sheet_row|line|lines|export)$")


def test_no_row_of_a_sheet_turns_a_moment_into_text():
    found = [
        (name(file), function.name)
        for file, tree in trees()
        if WRITERS & {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and ROWS.match(function.name)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in AS_TEXT
    ]
    assert found == []


def test_the_deadlines_of_the_duties_can_be_sorted_and_counted(cast: Cast):
    data = cast.qin.client.get("/p/cast/duties/export.xlsx").getvalue()
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    _head, *lines = rows.get_sheet_by_index(0).to_python()
    assert len(lines) > 5
    assert all(isinstance(line[3], date) for line in lines)
    assert not any(
        re.match(r"\d{4}-\d\d-\d\d", str(cell))
        for line in lines
        for cell in line
        if isinstance(cell, str)
    )
