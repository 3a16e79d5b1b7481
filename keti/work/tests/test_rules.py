"""Task book rules, without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from keti.charter.rules.compiled import Section, WorkSpec
from keti.charter.rules.joining import FieldSpec
from keti.kernel.acts import Text
from keti.kernel.refusals import Refused
from keti.work import rules
from keti.work.enums import TaskBookState
from keti.work.rules import BookContent

ISSUED = datetime(2022, 5, 27, 8, tzinfo=UTC)


def test_the_charters_date_counts_while_it_lies_ahead():
    due = datetime(2022, 6, 8, 16, tzinfo=UTC)
    assert rules.accept_by(due, ISSUED) == due


@pytest.mark.parametrize("due", [None, ISSUED, ISSUED - timedelta(days=3)])
def test_a_week_where_it_does_not(due):
    assert rules.accept_by(due, ISSUED) == datetime(2022, 6, 3, 8, tzinfo=UTC)


def test_every_state_has_its_moves_and_nothing_leaves_the_last():
    assert set(rules.BOOK_MOVES) == set(TaskBookState.values)
    assert rules.moved("issued", "accept") == "accepted"
    with pytest.raises(Refused) as refused:
        rules.moved("superseded", "accept")
    assert refused.value.sentence() == "任务书现在的状态是“已被新版替代”，不能这样办理。"


def test_what_is_missing_is_named():
    kept = rules.stored(BookContent("", {"charge": "做"}), rules.USUAL_SECTIONS)
    assert [gap.zh for gap in rules.missing(kept)] == ["题目", "成果要求", "依据与材料"]


def test_changes_name_the_parts_that_differ():
    before = rules.stored(BookContent("甲", {"charge": "一"}, ["x"]), rules.USUAL_SECTIONS)
    after = rules.stored(BookContent("甲", {"charge": "二"}, ["x", " ", "y"]), rules.USUAL_SECTIONS)
    found = [(one.label.en, one.before, one.after) for one in rules.changes(before, after)]
    assert found == [("Research task", "一", "二"), ("Targets", "x", "x\ny")]


def test_the_fingerprint_follows_the_content_alone():
    one = rules.fingerprint({"title": "甲", "targets": []})
    assert one == rules.fingerprint({"targets": [], "title": "甲"})
    assert one != rules.fingerprint({"title": "乙", "targets": []})


def test_a_task_book_consists_of_what_the_charter_says():
    work = WorkSpec("brief", Text("任务书"), "task_book", "team", "head")
    assert rules.parts_of(work) == rules.USUAL_SECTIONS
    boxes = (FieldSpec("output", Text("产出", "Output")),)
    assert rules.parts_of(replace(work, fields=boxes)) == (("output", Text("产出", "Output")),)
    both = replace(work, fields=boxes, sections=(Section("aim", Text("目标", "Aim")),))
    assert [key for key, _ in rules.parts_of(both)] == ["aim", "output"]
