"""Every sheet that leaves the house: a day is a day and a moment is a moment, never text."""

import ast
import io
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
import python_calamine
from django.urls import reverse

from keti.reports.tests.conftest import Desk
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


LISTS = {
    "duties:export": 40, "intake:seats_file": 13, "work:tasks_file": 1, "reports:export": 2,
    "intake:people_file": 0, "intake:units_file": 0,
}  # fmt: skip
"""Sheets of people, units, duties and what is dated, with the fewest days that stand in each."""


def cells(data: bytes) -> list[list[object]]:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return book.get_sheet_by_index(0).to_python()


@pytest.mark.slow
@pytest.mark.once
def test_opened_and_saved_in_an_office_program_every_cell_is_what_it_was(
    cast: Cast, tmp_path: Path
):
    """Days and moments above all: the program must have taken them for what they are."""
    cast.at("2030-04-28T10:00")
    Desk(cast).submitted()
    before = {}
    for number, route in enumerate(LISTS):
        answer = cast.qin.client.get(reverse(route, args=["cast", "xlsx"]))
        before[route] = b"".join(answer) if answer.streaming else answer.content
        (tmp_path / f"{number}.xlsx").write_bytes(before[route])
    for start, to in (("xlsx", "ods"), ("ods", "xlsx")):
        files = [str(one) for one in sorted(tmp_path.glob(f"*.{start}"))]
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(tmp_path)]
        subprocess.run([*command, *files], check=True, timeout=240, capture_output=True)
    for number, (route, fewest) in enumerate(LISTS.items()):
        rows = cells(before[route])
        assert cells((tmp_path / f"{number}.xlsx").read_bytes()) == rows, route
        dated = sum(isinstance(cell, date) for row in rows for cell in row)
        assert (len(rows) > 1, dated >= fewest) == (True, True), (route, dated)
