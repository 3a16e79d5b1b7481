"""Coverage: which clauses of the founding notice nothing implements."""

from __future__ import annotations

import json
import re
from typing import get_args

from keti.charter.rules.carried_out import ACTS
from keti.charter.rules.lint.coverage import coverage_text
from keti.charter.rules.shape import Form
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
        "2 of 3 clauses are carried out, 0 declared and not yet carried out, 1 not said",
    ]
    rows = json.loads(coverage_text(SOURCED, TABLE, "zh", as_json=True))
    assert rows[1] == {
        "clause": "m.2", "words": "设小组", "blocks": ["groups.team"],
        "acts": ["groups.found_groups"],
    }  # fmt: skip


TABLE_OF_THE_NOTICE = NOTICE.with_suffix("").with_suffix(".clauses.tsv").read_text("utf-8")


def test_the_notice_is_said_whole_and_counts_as_carried_out_where_an_act_carries_it_out():
    said = coverage_text(NOTICE.read_text("utf-8"), TABLE_OF_THE_NOTICE, "zh").split("\n")
    assert said[-1] == "77 条中 75 条有办理可落实，2 条只是写明、尚不办理，0 条没有写到"
    later = next(one for one in said if one.startswith("五.14.1\t"))
    assert later.split("\t")[2] == "deliverables.csr（已写明，尚不办理）, outreach.mailing"


def test_what_is_only_declared_is_a_note_at_the_charter():
    table = "clause\tzh\ten\nm\t媒体报道\tPress\n"
    text = bent("by: clerk, target: {count: 50}", "by: clerk, source: m, target: {count: 50}")
    [found] = judged(text, table)
    assert (found.number, found.severity) == ("COV104", "note")
    assert found.sentence("zh") == "第 m 条只是写明，系统尚不办理：媒体报道"


def test_every_act_that_carries_out_a_clause_is_one_that_the_tests_perform():
    rows = json.loads(
        coverage_text(NOTICE.read_text("utf-8"), TABLE_OF_THE_NOTICE, "zh", as_json=True)
    )
    page = (NOTICE.parents[1] / "docs" / "acts.md").read_text("utf-8")
    known = {
        f"{room}.{verb}"
        for room, verb in re.findall(r"`keti/(\w+)/actions[\w/]*\.py` \*\*(\w+)\*\*", page)
    }
    assert set(get_args(Form)) <= set(ACTS)
    assert {act for acts in ACTS.values() for act in acts} <= known
    assert sum(bool(one["acts"]) for one in rows) == 75
