"""Coverage: which clauses of the founding notice nothing implements."""

from __future__ import annotations

import json

from keti.charter.rules.lint.coverage import coverage_text
from keti.charter.tests.small import NOTICE
from keti.charter.tests.sound import bent, judged, line

TABLE = """\
clause\tzh\ten
m\t机制（标题）\tMechanisms (heading)
m.1\t设理事会\tA council
m.2\t设小组\tTeams
m.3\t公开（小标题）\tOpenness (sub-heading)
n\t其他\tOther
"""
SOURCED = bent("  team: {zh: 小组,", "  team: {zh: 小组, source: [m.2, m.9],",
               bent("kind: association}", "kind: association, source: m.1}"))  # fmt: skip


def test_a_clause_nobody_names_and_a_name_without_a_clause():
    found = [(one.number, one.severity, one.path, one.line) for one in judged(SOURCED, TABLE)]
    top = line(SOURCED, "  id: sound")
    assert found == [
        ("COV101", "note", "programme.source", top),
        ("COV103", "note", "programme.source", top),
        ("COV102", "warning", "groups.team.source[1]", line(SOURCED, "  team:")),
    ]
    unnamed, summary, unknown = judged(SOURCED, TABLE)
    assert unnamed.sentence("zh") == "第 n 条没有任何内容落实：其他"
    assert summary.sentence("en") == "2 of the notice's 3 clauses are implemented."
    assert unknown.suggestion("en") == "did you mean 'm.3'?"


def test_a_heading_named_names_what_stands_under_it():
    text = bent("kind: association}", "kind: association, source: [m, n]}")
    assert judged(text, TABLE) == []


def test_without_a_table_nothing_is_said():
    assert judged(SOURCED) == []


def test_the_list_of_clauses_with_what_implements_each():
    said = coverage_text(SOURCED, TABLE, "en").split("\n")
    assert said == [
        "m.1\tA council\tparties.council",
        "m.2\tTeams\tgroups.team",
        "n\tOther\t(nothing)",
        "2 of 3 clauses are implemented",
    ]
    rows = json.loads(coverage_text(SOURCED, TABLE, "zh", as_json=True))
    assert rows[1] == {"clause": "m.2", "words": "设小组", "blocks": ["groups.team"]}


def test_the_notice_is_implemented_whole():
    table = NOTICE.with_suffix("").with_suffix(".clauses.tsv").read_text("utf-8")
    said = coverage_text(NOTICE.read_text("utf-8"), table, "zh").split("\n")
    assert said[-1] == "77 条中 77 条已落实"
