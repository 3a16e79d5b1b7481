"""Tasks under work packages: what one group alone owes, and who above answers for it."""

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint

PACKAGES = """\
keti: charter/1
lang: [en]
tz: Asia/Shanghai
workdays: cn
programme: {id: packages, title: Packages (demo), commissioner: a}
parties:
  a: {en: A council (demo), kind: authority}
groups:
  whole: {en: Whole, founded: term.from}
  wp: {en: WP, parent: whole, founded: term.from, instances: {w1: {en: W1}, w2: {en: W2}}}
  task:
    en: Task
    founded: term.from
    instances: {t1: {en: T1, parent: wp.w1}, t2: {en: T2, parent: wp.w1}, t3: {en: T3, parent: wp.w2}}
roles:
  boss: {en: Boss, in: whole, min: 1, max: 1, holder: a, can: [commission, read]}
  clerk: {en: Clerk, in: whole, min: 1, max: 1, can: [manage, read], appointed_by: boss}
  head: {en: Head, in: whole, min: 1, max: 1, can: [lead, contribute, read], appointed_by: boss}
  lead: {en: WP lead, in: wp, min: 1, max: 1, can: [lead, contribute, read], appointed_by: boss}
  hand: {en: Hand, in: task, min: 1, max: 1, can: [lead, contribute, read], appointed_by: boss}
calendar:
  term: {en: Term, from: 2023-03-01, to: 2023-06-30}
obligations:
  seats: {en: Seats, form: appointment, by: clerk, opens: term.from, due: 2023-03-10}
  wp_seats: {en: WP seats, form: appointment, per: wp, by: clerk, opens: term.from, due: 2023-03-10}
  task_seats: {en: Task seats, form: appointment, per: task, by: clerk, due: 2023-03-10}
deliverables:
  map: {en: Map, form: report, per: wp.w2, by: lead, due: 2023-04-20, sections: {text: {en: Text}}}
  note: {en: Note, form: report, per: task, by: lead, due: 2023-04-20, sections: {text: {en: Text}}}
  own: {en: Own paper, form: file, per: task.t3, by: hand, due: 2023-04-21}
  work: {en: WP report, form: report, per: wp, by: lead, due: 2023-05-12, assembles: note}
  paper: {en: Paper, form: report, by: head, due: 2023-05-31, assembles: work, needs: [map, own]}
  closing: {en: Closing, form: closing, by: clerk, opens: 2023-06-20, due: term.to, needs: [ok]}
gates:
  middle:
    {en: Middle, per: wp.w2, decides: [boss], inputs: [map], outcomes: [approve, revise], by: 2023-05-08}
  small: {en: Small, per: task, decides: [head], inputs: [note], outcomes: [approve, revise], by: 2023-05-05}
  ok:
    en: Accepted
    decides: [boss]
    inputs: [paper]
    when: all(middle.approve) and all(small.approve)
    outcomes: [approve, revise, stop]
    by: 2023-06-15
amendment:
  propose: [head]
  classes:
    all: {touches: [calendar, obligations], approve: [boss], notice: P3D}
"""  # noqa: E501


def test_what_names_one_group_is_owed_by_it_alone():
    charter, found = load(PACKAGES, "x")
    assert charter is not None, [one.as_text("en") for one in found]
    assert [one.as_text("en") for one in lint(PACKAGES, "x")] == []
    keys = [one.key for one in charter.obligations]
    assert [key for key in keys if key.partition("@")[0] in ("map", "own", "gate.middle")] == [
        "map@wp.w2", "own@task.t3", "gate.middle@wp.w2",
    ]  # fmt: skip
    needs = {one.key: one.needs for one in charter.obligations}
    assert needs["work@wp.w1"] == ("note@task.t1", "note@task.t2")
    assert needs["gate.ok@whole"] == ("paper@whole", "gate.middle@wp.w2", *(
        f"gate.small@task.t{n}" for n in (1, 2, 3)
    ))  # fmt: skip


@pytest.mark.parametrize(
    ("home", "group", "answers"),
    [
        ("wp", "wp.w1", True), ("wp", "wp.w2", False), ("task", "task.t1", True),
        ("task", "task.t2", False), ("whole", "whole", True), ("other", "other.x", True),
    ],
)  # fmt: skip
def test_a_role_of_a_group_acts_there_and_in_the_groups_under_it(home, group, answers):
    charter, _ = load(PACKAGES, "x")
    assert charter is not None
    assert charter.reaches(home, group, "task.t1") is answers


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("per: task.t3, by: hand", "per: task.t3, by: lead", ""),
        ("per: wp, by: lead, due: 2023-05-12", "per: wp, by: hand, due: 2023-05-12",
         "charter.role-elsewhere deliverables.work.by"),
        ("t3: {en: T3, parent: wp.w2}", "t3: {en: T3, parent: whole}",
         "charter.role-elsewhere deliverables.note.by"),
        ("per: task.t3, by: hand", "per: task.t4, by: hand",
         "charter.unknown-group deliverables.own.per"),
    ],
)  # fmt: skip
def test_who_answers_sits_in_the_group_or_above_it(old, new, expected):
    assert PACKAGES.count(old) == 1
    found = [one for one in load(PACKAGES.replace(old, new), "x")[1] if one.severity == "error"]
    assert [f"{one.code} {one.path}" for one in found] == ([expected] if expected else [])
