"""The notice as it is written: every finding at its line, and how the report is asked for."""

from __future__ import annotations

import json
import subprocess
import sys

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.rules.report import clauses_text, lint_text
from keti.charter.tests.small import CHARTERS, NOTICE

WRITTEN = CHARTERS / "notice-as-written.yaml"
GOLDEN = """
9 AMD801
16 PRI701 | 17 PRI701
21 ROL203 | 22 ROL214
49 ROL201 | 54 ROL201 | 55 ROL201 ROL202 ROL202 | 56 ROL201 | 57 ROL201 ROL209 | 58 ROL201
61 CAL113 PRV902 | 65 CAL103 CAL107 | 67 ADM401 ADM401 ADM401
72 CAL101 CAL102 | 75 CAL104 CAL105 | 76 CAL108 | 77 CAL108 | 78 CAL109 CAL111 CAL112 | 79 CAL108
91 CAL106 | 92 CAL110 | 93 CAL110
96 GAT301 GAT302 GAT309 ROL204 | 97 GAT301 GAT302 GAT309 | 98 GAT301 GAT302 GAT309
99 GAT301 GAT302 | 100 GAT301 GAT302
109 OUT603 | 110 OUT603 | 111 OUT603 | 112 OUT603 PRV901
116 HON501 | 117 HON501
120 OUT601 | 121 OUT601 | 122 OUT601 | 123 OUT601 | 124 OUT601 | 125 OUT601
"""


def golden() -> list[tuple[int, str]]:
    """Line and number of each expected finding."""
    rows = [piece.split() for line in GOLDEN.split("\n") for piece in line.split("|") if piece]
    return [(int(line), number) for line, *numbers in rows for number in numbers]


def test_the_notice_as_written_says_exactly_this():
    found = lint(WRITTEN.read_text("utf-8"), WRITTEN.name)
    assert sorted((one.line, one.number) for one in found) == golden()
    for one in found:
        assert one.sentence("zh")
        assert one.sentence("en")


def test_what_the_notice_says_is_told_with_its_numbers():
    found = {one.number: one for one in lint(WRITTEN.read_text("utf-8"), WRITTEN.name)}
    assert found["CAL101"].facts == {"stated": 180, "real": 184}
    assert found["CAL102"].sentence("en").endswith("26 days later: 158 of 184 days can be used.")
    assert found["CAL105"].facts["days"] == "2022-07-30, 2022-10-30"
    assert found["CAL106"].facts["days"] == 3
    assert found["CAL107"].facts["left"] == 1
    assert found["CAL111"].facts["lost"] == 5
    assert found["CAL111"].facts["left"] == 19
    last = [one for one in lint(WRITTEN.read_text("utf-8"), "x") if one.number == "CAL110"][-1]
    assert (last.line, last.facts["count"]) == (93, 8)


def test_it_cannot_be_applied():
    compiled, found = load(WRITTEN.read_text("utf-8"), WRITTEN.name)
    assert compiled is None
    assert {one.number for one in found} == {"CAL108", "CAL112", "CAL113", "GAT302"}


def test_the_shipped_charters_are_clean():
    for file in sorted(CHARTERS.glob("*.yaml")):
        if file != WRITTEN:
            text, code = lint_text(file, "en", strict=True)
            assert (code, text.splitlines()[-1].split(", ")[:2]) == (
                0,
                ["0 errors", "0 warnings"],
            ), file.name


def test_the_report_as_data():
    text, code = lint_text(WRITTEN, "en", as_json=True)
    rows = json.loads(text)
    assert code == 1
    assert sorted((one["line"], one["code"]) for one in rows) == golden()
    assert set(rows[0]) == {
        "file", "line", "column", "severity", "code", "path", "message", "suggestion", "resolved",
    }  # fmt: skip


def test_the_clauses_of_the_notice_and_what_implements_each():
    text, code = clauses_text(NOTICE, "en")
    last = "75 of 77 clauses are carried out, 2 declared and not yet carried out, 0 not said"
    assert (code, text.splitlines()[-1]) == (0, last)
    rows = json.loads(clauses_text(NOTICE, "zh", as_json=True)[0])
    assert [one["blocks"] for one in rows if one["clause"] == "二.13.1"] == [
        ["roles.sector_lead", "calendar.monthly_due", "obligations.report.monthly"]
    ]
    text, code = clauses_text(WRITTEN, "en")
    assert (code, text.startswith("there is no table of the notice's clauses")) == (1, True)


def test_the_page_of_findings_is_current():
    tool = str(CHARTERS.parent / "tools" / "charter-findings")
    ran = subprocess.run(
        [sys.executable, tool, "--check"], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
