"""Promises: owners, criteria, evidence, consent, terms, and words that name something."""

from __future__ import annotations

import pytest

from keti.charter.tests.sound import SOUND, bent, judged, line, seen

MISTAKES = [
    ("by: [cv], checked_by: clerk", "checked_by: clerk", "  evidence: {able",
     "ADM401 admission.evidence.able"),
    ("by: [cv], checked_by: clerk", "by: [cv]", "  evidence: {able",
     "ADM401 admission.evidence.able"),
    ("require: [able]", "require: [able, lawful]", "[able, lawful]",
     "ADM401 admission.tracks.own.require[1]"),
    (", criteria: [task_book.met]", "", "  thanks:", "HON501 honours.thanks"),
    ("decided_by: [asker], criteria", "criteria", "  thanks:", "HON501 honours.thanks"),
    ("criteria: [task_book.met]", "criteria: [贡献突出]", "  thanks:",
     "HON502 honours.thanks.criteria[0]"),
    ("criteria: [task_book.met]", "criteria: [loved.by_all]", "  thanks:",
     "HON502 honours.thanks.criteria[0]"),
    ("criteria: [task_book.met]", "criteria: [panel.close]", "  thanks:",
     "HON502 honours.thanks.criteria[0]"),
    ("criteria: [task_book.met]", "criteria: [finding.closed]", "  thanks:",
     "HON505 honours.thanks.criteria[0]"),
    ("decided_by: [asker], criteria", "nominated_by: [askr], decided_by: [asker], criteria",
     "  thanks:", "OUT602 honours.thanks.nominated_by[0]"),
    ("decided_by: [asker], criteria", "decided_by: [hand], criteria", "  thanks:",
     "HON503 honours.thanks.decided_by[0]"),
    ("decided_by: [asker], criteria", "decided_by: [clerk], criteria", "  thanks:",
     "HON504 honours.thanks.decided_by[0]"),
    ("decided_by: [asker], criteria", "decided_by: [askr], criteria", "  thanks:",
     "OUT602 honours.thanks.decided_by[0]"),
    ("by: clerk, target: {count: 50}", "target: {count: 50}", "  press:", "OUT601 outreach.press"),
    ("evidence: links, after", "after", "  press:", "OUT601 outreach.press"),
    ("after: last.close", "after: last.closed", "  press:", "OUT602 outreach.press.after"),
    ("by: clerk, target: {count: 50}", "by: clark, target: {count: 50}", "  press:",
     "OUT602 outreach.press.by"),
    ("target: {count: 50}", "clips: true", "  press:", "PRV901 outreach.press"),
    ("deliverables:\n", "deliverables:\n  map: {zh: 图谱, by: author}\n", "  map:",
     "OUT603 deliverables.map"),
    ("bound_to: [rule.two, gate.check]", "source: x", "    care:",
     "PRI701 programme.principles.care"),
    ("bound_to: [rule.two, gate.check]", "bound_to: [rule.two, gate.chek]", "    care:",
     "PRI702 programme.principles.care.bound_to[1]"),
    ("touches: [obligations.*.due]", "touches: [obligation.*.due]", "    small:",
     "AMD802 amendment.classes.small.touches[0]"),
    ("touches: [obligations.*.due]", "touches: [obligations.hering]", "    small:",
     "AMD802 amendment.classes.small.touches[0]"),
    ("touches: [obligations.*.due]", "touches: [gates]", "    large:",
     "AMD803 amendment.classes.large.touches[1]"),
    ("approve: [clerk]}", "approve: []}", "    small:", "AMD804 amendment.classes.small.approve"),
    (", consent: per_person", "", "  names:", "PRV901 deliverables.names"),
    ("  retain: {rejected_application: P1Y}\n", "", "privacy:", "PRV902 privacy"),
    ("  retain:", "  access: 半年\n  retain:", "  access:", "PRV904 privacy.access"),
    ("P1Y", "一年", "  retain:", "PRV903 privacy.retain.rejected_application"),
    ("publish: [roll, checkpoints]", "publish: [role, checkpoints]", "[role, ch",
     "OUT602 privacy.publish[0]"),
    ("witnesses: [school]", "witnesses: [scool]", "[scool]", "OUT602 record.witnesses[0]"),
    ("each: finding", "each: findings", "each: findings", "TRC951 trace.rules.rule.two.each"),
    (", needs: {source: 2}}", "}", "each: finding", "TRC952 trace.rules.rule.two"),
    (", disposition: required", "", "  round.outline:", "CON961 rounds.round.outline"),
    ("{subject: outline, open", "{subject: outlin, open", "  round.outline:",
     "OUT602 rounds.round.outline.subject"),
    ("from: [hand, public]", "from: [hands, public]", "  round.outline:",
     "OUT602 rounds.round.outline.from[0]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "piece", "expected"), MISTAKES)
def test_a_promise_that_cannot_be_kept_is_found_at_its_line(old, new, piece, expected):
    text = bent(old, new)
    found = judged(text)
    assert [f"{one.number} {one.path}" for one in found] == [expected]
    assert [one.line for one in found] == [line(text, piece)]


def test_a_charter_without_a_rule_of_change_is_told_so():
    text = SOUND[: SOUND.index("amendment:\n")]
    found = [(one.number, one.path, one.line) for one in judged(text)]
    assert found == [("AMD801", "programme", line(text, "programme:\n"))]


def test_a_programme_nobody_applies_to_keeps_no_applications():
    begin, end = SOUND.index("admission:\n"), SOUND.index("calendar:\n")
    text = bent("  retain: {rejected_application: P1Y}\n", "", SOUND[:begin] + SOUND[end:])
    text = bent("can: [contribute], deputises", "can: [contribute], appointed_by: head, deputises",
                text)  # fmt: skip
    found = [one for one in seen(text) if not one.startswith("RUN926")]
    assert found == ["RUN913 obligations.choice.form"]


@pytest.mark.parametrize(
    "word",
    ["calendar.time", "obligations.*.at", "seats.delegate", "duty.extension", "roles.eye.min",
     "calendar.*", "rounds.round.outline"],
)  # fmt: skip
def test_an_amendment_may_touch_what_a_charter_has(word):
    assert seen(bent("touches: [obligations.*.due]", f"touches: [{word}]")) == []


@pytest.mark.parametrize(
    "fact",
    [
        "reports.on_time >= 5/6",
        "inputs_verified",
        "meetings.attended > 80%",
        "reports_on_time",
    ],
)
def test_a_criterion_is_a_fact(fact):
    assert seen(bent("criteria: [task_book.met]", f'criteria: ["{fact}"]')) == []


@pytest.mark.parametrize("fact", ["panel.approve", "paper.done"])
def test_a_fact_that_no_act_computes_is_said(fact):
    found = seen(bent("criteria: [task_book.met]", f'criteria: ["{fact}"]'))
    assert found == ["HON505 honours.thanks.criteria[0]"]


def test_two_classes_with_the_same_approvers_may_name_the_same_thing():
    text = bent(
        "touches: [obligations.*.due], approve: [clerk]", "touches: [gates], approve: [asker]"
    )
    assert seen(text) == []
