"""What the language can say beyond the two shipped charters: each sentence with its effect."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from keti.charter.rules import Compiled, load
from keti.charter.rules.facts import facts
from keti.charter.rules.guards import evaluate
from keti.charter.rules.joining import Share
from keti.charter.tests.small import SMALL, bent, findings
from keti.charter.tests.test_vocabulary import STUDY

ZONE = ZoneInfo("Asia/Shanghai")


def compiled(text: str) -> Compiled:
    found, told = load(text, "small.yaml")
    assert [one.as_text("en") for one in told if one.severity == "error"] == []
    assert found is not None
    return found


def dues(charter: Compiled, kind: str) -> dict[str, str]:
    return {
        one.key: one.due_at.astimezone(ZONE).strftime("%m-%d %H:%M")
        for one in charter.obligations
        if one.kind == kind
    }


def varied(allowed: str, overrides: str, text: str = SMALL) -> str:
    """The small charter, in which the second team does something otherwise."""
    old = "instances: {a: 甲组, b: 乙组}"
    second = f"{{zh: 乙组, overrides: {overrides}}}"
    new = f"may_override: [{allowed}], instances: {{a: 甲组, b: {second}}}"
    assert text.count(old) == 1
    return text.replace(old, new)


def test_one_group_hands_in_at_another_time():
    charter = compiled(varied("deliverables.paper.due", "{deliverables.paper.due: 2022-10-20}"))
    assert dues(charter, "paper") == {"paper@team.a": "11-01 00:00", "paper@team.b": "10-21 00:00"}


def test_one_group_recurs_otherwise_and_is_reminded_otherwise():
    charter = compiled(
        varied("obligations.*", '{obligations.note.remind: [P9D], obligations.note.at: "12:00",'
               ' obligations.note.rrule: "FREQ=MONTHLY;BYMONTHDAY=5", obligations.note.from: begin,'
               " obligations.note.to: 2022-07-31, obligations.note.first: null}")
    )  # fmt: skip
    assert dues(charter, "note")["note@team.b/2022-06"] == "06-05 12:00"
    assert list(dues(charter, "note"))[-2:] == ["note@team.b/2022-06", "note@team.b/2022-07"]
    own = next(one for one in charter.obligations if one.key == "note@team.b/2022-07")
    assert own.remind == (timedelta(days=9),)


def test_one_group_decides_by_another_rule():
    charter = compiled(
        varied("gates.check.rule, gates.check.by",
               "{gates.check.rule.quorum: 3, gates.check.by: 2022-12-01}")
    )  # fmt: skip
    usual, own = charter.gate("check@team.a"), charter.gate("check@team.b")
    assert (usual.rule.unanimous, own.rule.quorum, own.rule.unanimous) == (True, 3, False)
    assert dues(charter, "gate.check")["gate.check@team.b"] == "12-02 00:00"
    assert usual.inputs == ("paper@team.a",) and own.inputs == ("paper@team.b",)


def test_what_a_kind_inherits_it_may_override_too():
    text = varied("", "{deliverables.paper.due: 2022-10-20}").replace(
        "parent: whole,", "parent: whole, inherits: whole,"
    )
    assert [one.code for one in findings(text)] == ["charter.override-not-allowed"]
    allowed = text.replace(
        "whole: {zh: 全体}", "whole: {zh: 全体, may_override: [deliverables.paper]}"
    )
    assert findings(allowed) == []


def test_an_override_in_chinese_is_the_same():
    english = varied("deliverables.paper.due", "{deliverables.paper.due: 2022-10-20}")
    chinese = varied("成果.paper.期限", "{成果.paper.期限: 2022-10-20}")
    assert compiled(english).obligations == compiled(chinese).obligations


@pytest.mark.parametrize(
    ("allowed", "overrides", "code", "place"),
    [
        ("deliverables.paper.at", "{deliverables.paper.due: 2022-10-20}",
         "charter.override-not-allowed", "deliverables.paper.due"),
        ("deliverables", "{deliverables.paperr.due: 2022-10-20}",
         "charter.override-nowhere", "deliverables.paperr.due"),
        ("deliverables", "{deliverables.paper.by: head}",
         "charter.override-nowhere", "deliverables.paper.by"),
        ("gates", "{gates.check.rule.quorum: many}",
         "charter.override-nowhere", "gates.check.rule.quorum"),
        ("gates", "{gates.check.max_rounds.x: 1}",
         "charter.override-nowhere", "gates.check.max_rounds.x"),
        ("gates", "{gates.end.by: 2022-12-02}", "charter.override-nowhere", "gates.end.by"),
        ("roles", "{roles.head.min: 2}", "charter.override-nowhere", "roles.head.min"),
        ("deliverables", "{deliverables.paper.due: 2022-10-32}",
         "charter.no-such-date", "deliverables.paper.due"),
    ],
)  # fmt: skip
def test_an_override_that_cannot_be_is_refused_where_it_stands(allowed, overrides, code, place):
    found = [one for one in findings(varied(allowed, overrides)) if one.severity == "error"]
    assert [one.code for one in found] == [code]
    assert found[0].path.startswith(f"groups.team.instances.b.overrides.{place}")
    line = varied(allowed, overrides).split("\n")[found[0].line - 1]
    assert place in line[: found[0].column - 1] or line.startswith(place, found[0].column - 1)


def test_composition_capacity_appeal_and_who_sees_conflicts():
    charter = compiled(STUDY)
    assert charter.gate("jury@whole").composition == (Share("juror", 3, None),)
    assert charter.gate("jury@whole").rule.no_voice == ("surveyor",)
    assert charter.admission is not None
    assert charter.admission.capacity == (Share("site", 2, 8),)
    assert (charter.admission.appeal_within, charter.admission.appeal_to) == (
        timedelta(days=3), "chief",
    )  # fmt: skip
    assert charter.late.conflicts_seen_by == {"holder", "decider", "manage"}
    assert charter.role("site_head").elected_by == ("surveyor",)


def test_only_who_decides_can_be_counted():
    text = bent("decides: [asker]", "decides: [asker]\n    composition: {clerk: {min: 2, max: 1}}")
    found = [(one.code, one.path) for one in findings(text)]
    assert found == [
        ("charter.unknown-role", "gates.end.composition.clerk"),
        ("charter.max-below-min", "gates.end.composition.clerk.max"),
    ]


def test_the_boxes_of_a_task_book():
    old = "note: {zh: 简报,"
    listed = compiled(bent(old, f"{old} fields: [topic, output],")).work("note").fields
    named = compiled(bent(old, f"{old} fields: {{topic: {{zh: 题目}}, output: 产出}},"))
    assert [one.title.zh for one in listed] == ["topic", "output"]
    assert [one.title.zh for one in named.work("note").fields] == ["题目", "产出"]
    assert [one.required for one in listed] == [True, True]


ROUND = """\
rounds:
  hearing: {subject: paper, open: P30D, from: [head, public], quorum: 3/4}
"""
ASKING = bent("when: all(check.approve)", "when: all(check.approve)\n    consult: hearing") + ROUND
HELD = ASKING.replace(
    "deliverables:\n",
    "  talk: {form: consultation, by: clerk, subject: paper, opens: 2022-10-01, due: time.to}\n"
    "deliverables:\n",
).replace("paper: {zh: 论文,", "paper: {zh: 论文, form: report,")


def test_a_gate_waits_for_the_comments_it_asks_for():
    charter = compiled(HELD)
    end = charter.gate("end@whole")
    known = {f"{kind}.approve@team.{key}": True for kind in ("check",) for key in "ab"}
    assert evaluate(end.when, {**known, "talk.done@whole": None}, "whole").unknown == (
        "talk.done@whole",
    )
    assert evaluate(end.when, {**known, "talk.done@whole": True}, "whole").value is True
    needs = next(one for one in charter.obligations if one.gate == "end@whole").needs
    assert "talk@whole" in needs
    assert charter.work("talk").public
    assert charter.blocks["rounds"]["hearing"]["quorum"] == "3/4"


def test_a_round_is_closed_when_its_consultations_are_done():
    charter = compiled(HELD)
    assert facts(charter, {}, [])["hearing.closed"] is None
    assert facts(charter, {}, ["talk@whole"])["hearing.closed"] is True


def test_a_round_nobody_holds_and_a_round_nobody_declared():
    assert [one.code for one in findings(ASKING)] == ["charter.round-without-work"]
    unknown = ASKING.replace("consult: hearing", "consult: heering")
    assert [one.code for one in findings(unknown)] == ["charter.unknown-round"]


@pytest.mark.parametrize(
    ("block", "place"),
    [
        ("rounds: {r: {subject: paper, open: 30 days}}", "rounds.r.open"),
        ("honours: {h: {to: head, criteria: x, appeal: soon}}", "honours.h.appeal"),
        ("outreach: {o: {by: clerk, every: P3}}", "outreach.o.every"),
        ("outreach: {o: {by: clerk, for: 3Y}}", "outreach.o.for"),
        ("outreach: {o: {by: clerk, keep: P}}", "outreach.o.keep"),
        ("amendment: {classes: {c: {touches: [x], approve: [clerk], notice: 3}}}", "notice"),
    ],
)  # fmt: skip
def test_durations_are_durations_everywhere(block, place):
    found = findings(f"{SMALL}{block}\n")
    wrong = [one for one in found if one.code in ("charter.bad-duration", "charter.wrong-type")]
    assert [one.path.endswith(place) for one in wrong] == [True]


def test_months_counted_from_a_beginning():
    text = bent(
        "begin: {date: 2022-05-27}",
        "begin: {date: 2022-05-27}\n  stages: {months: [2, 4, 5], from: time.from}",
    )
    text = text.replace("due: time.to, sections", "due: stages, sections")  # fmt: skip
    assert dues(compiled(text), "paper") == {
        f"paper@team.{key}/{month}": due
        for key in "ab"
        for month, due in (
            ("2022-06", "07-01 00:00"), ("2022-08", "09-01 00:00"), ("2022-09", "10-01 00:00"),
        )
    }  # fmt: skip


def test_a_time_of_day_holds_for_every_day_of_a_series():
    text = SMALL.replace("due: monthly, first", 'due: monthly, at: "14:00", opens: P1D, first')
    charter = compiled(text)
    usual = dues(compiled(SMALL), "note")
    assert {one[-5:] for one in dues(charter, "note").values()} == {"14:00"}
    assert len(dues(charter, "note")) == len(usual)
    note = next(one for one in charter.obligations if one.kind == "note")
    assert note.opens_at == note.due_at - timedelta(days=1)
    assert note.due_rule == "monthly; at: 14:00"


def test_a_time_of_day_holds_for_a_rule_of_its_own_and_a_wrong_one_is_told_at_its_place():
    own = 'rrule: "FREQ=MONTHLY;BYMONTHDAY=25", from: 2022-06-01, to: 2022-08-31'
    text = SMALL.replace("head, due: monthly", f'head, {own}, at: "09:30"')
    assert set(dues(compiled(text), "note").values()) == {
        "06-25 09:30", "07-25 09:30", "08-25 09:30",
    }  # fmt: skip
    for wrong in (
        text.replace("09:30", "25:30"),
        SMALL.replace("head, due: m", "head, at: noon, due: m"),
    ):
        assert [(one.code, one.path) for one in findings(wrong)] == [
            ("charter.bad-time", "obligations.note.at")
        ]
