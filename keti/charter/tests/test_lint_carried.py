"""What no room could carry out is an error at its line, and stays one whatever is decided."""

from __future__ import annotations

import pytest

from keti.charter.rules import load
from keti.charter.rules.lint import lint
from keti.charter.tests.small import CHARTERS

BASE = """\
keti: charter/1
lang: [en]
tz: Asia/Shanghai
workdays: cn
programme: {id: base, title: A short study (demo), commissioner: a}
parties:
  a: {en: A council (demo), kind: authority}
groups:
  whole: {en: Whole, founded: term.from}
roles:
  boss: {en: Boss, in: whole, min: 1, max: 1, holder: a, can: [commission, read]}
  clerk: {en: Clerk, in: whole, min: 1, max: 1, can: [manage, read], appointed_by: boss}
  head: {en: Head, in: whole, min: 1, max: 1, can: [lead, contribute, read], appointed_by: boss}
calendar:
  term: {en: Term, from: 2023-03-01, to: 2023-06-30}
  paper_due: {en: Paper, date: 2023-05-31}
obligations:
  seats: {en: Seats, form: appointment, by: clerk, opens: term.from, due: 2023-03-10}
deliverables:
  paper: {en: Paper, form: report, by: head, opens: term.from, due: paper_due,
          sections: {a: {en: A}}}
  closing: {en: Closing, form: closing, by: clerk, opens: 2023-06-20, due: term.to, needs: [ok]}
gates:
  ok: {en: Accepted, decides: [boss], inputs: [paper], outcomes: [approve, revise, stop],
       by: 2023-06-15}
amendment:
  propose: [head]
  classes:
    all: {touches: [calendar, obligations], approve: [boss], notice: P3D}
"""
ONE = "deliverables:\n"


def _with(more: str) -> tuple[str, str]:
    """One work more."""
    return ONE, f"  {more}\n{ONE}"


CASES = [
    (("lang: [en]", "lang: []"), "lang: []", "error no-language lang"),
    (("lang: [en]", "lang: [en, tlh]"), "lang:", "error unknown-language lang[1]"),
    (("title: A short study (demo)", 'title: " "'), "programme:", "error no-title programme.title"),
    (("  whole: {", "  other: {en: Other}\n  whole: {"), "  whole:", "error two-tops groups.whole"),
    (("  whole: {", "  site: {en: Site, parent: site}\n  whole: {"), "  site:",
     "error parents-in-circle groups.site.parent"),
    (("  whole: {", "  x: {en: X, parent: y}\n  y: {en: Y, parent: x}\n  whole: {"), "  x:",
     "error parents-in-circle groups.x.parent"),
    (("  whole: {", "  wp: {en: WP, parent: whole, instances: {w1: {en: W1}, w2: {en: W2}}}\n"
      "  task: {en: Task, parent: wp}\n  whole: {"), "  task:",
     "error parent-unclear groups.task.parent"),
    (_with("x: {en: X, form: acceptance, by: head, due: 2023-03-14}"), "  x:",
     "error accepts-nothing obligations.x"),
    (_with("x: {en: X, form: task_book, by: head, due: 2023-03-13}"), "  x:",
     "error task-book-for-nobody obligations.x"),
    (_with("x: {en: X, form: publication, by: clerk, due: 2023-06-21}"), "  x:",
     "error about-nothing obligations.x"),
    (_with("x: {en: X, form: consultation, by: clerk, due: 2023-05-16}"), "  x:",
     "error about-nothing obligations.x"),
    (("inputs: [paper]", "inputs: [paper, seats]"), "  ok:",
     "error judges-no-text gates.ok.inputs[1]"),
    (_with("x: {en: X, form: report, by: head, due: 2023-05-16, collects: f}\n"
           "  f: {en: F, form: file, by: head, due: 2023-05-10}"), "  x:",
     "warning gathers-no-report obligations.x.collects"),
    (_with("x: {en: X, form: call, by: clerk, due: 2023-03-13}"), "  x:",
     "warning form-without-block obligations.x.form"),
    (_with('x: {en: X, by: head, rrule: "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=5", from: term.from,'
           " to: term.to}"), "  x:", "warning never-falls obligations.x"),
    (("gates:\n",
      "  end: {en: End, form: closing, by: clerk, due: term.to, needs: [ok]}\ngates:\n"), "  end:",
     "error closes-twice deliverables.end"),
    (_with("x: {en: X, by: head, due: 2023-08-31}"), "  x:", "warning after-closing obligations.x"),
    (_with("x: {en: X, by: head, due: 2023-08-31, needs: [closing]}"), "", ""),
    (_with("late: {escalate: [{after: -P1D, to: boss}]}"), "  late:",
     "error before-due obligations.late.escalate[0].after"),
    (("obligations:\n", "phases:\n  p: {en: P, from: 2023-03-01, to: 2023-04-20}\n"
      "  q: {en: Q, from: 2023-04-10, to: 2023-06-30}\nobligations:\n"), "  q:",
     "warning phases-overlap phases.q.from"),
    (_with("x: {en: X, form: founding, by: clerk, due: 2023-03-13, series: Y}"), "  x:",
     "warning numbers-no-paper obligations.x.series"),
    (_with("x: {en: X, form: file, by: head, due: 2023-05-16, series: Y}"), "", ""),
    (_with("x: {en: X, form: file, by: head, due: 2023-05-16, series: REC}"), "  x:",
     "warning series-of-the-house obligations.x.series"),
    (("form: appointment,", "form: file,"), "  whole:", "note roster-unasked groups.whole"),
    (("roles:\n", "  site: {en: Site, parent: whole, instances: {}}\nroles:\n"
      "  sh: {en: SH, in: site, min: 1, can: [lead, contribute], appointed_by: boss}\n"), "  site:",
     "warning seats-nobody groups.site"),
]  # fmt: skip


def _seen(text: str) -> list[str]:
    """Severity, code and path of what this family says; both languages checked."""
    found = [one for one in lint(text, "base.yaml") if one.number.startswith("RUN")]
    for one in found:
        for lang in ("zh", "en"):
            said = one.sentence(lang) + one.suggestion(lang)
            assert one.sentence(lang)
            assert "{" not in said, said
    return [f"{one.severity} {one.code.removeprefix('charter.')} {one.path}" for one in found]


def _changed(old: str, new: str) -> str:
    assert BASE.count(old) == 1, old
    return BASE.replace(old, new)


@pytest.mark.parametrize(("change", "line", "expected"), CASES)
def test_what_nobody_could_carry_out_is_told_at_its_line(change, line, expected):
    text = _changed(*change)
    assert _seen(text) == ([expected] if expected else [])
    where = {one.line for one in lint(text, "base.yaml") if one.number.startswith("RUN")}
    lines = [n for n, one in enumerate(text.splitlines(), start=1) if line and one.startswith(line)]
    assert where == set(lines)


def test_a_roster_that_nothing_asks_for_is_noted_and_no_more():
    seats = (
        "  seats: {en: Seats, form: appointment, by: clerk, opens: term.from, due: 2023-03-10}\n"
    )
    talk = "  talk: {en: Talk, form: meeting, by: clerk, due: 2023-03-20, record: minutes}\n"
    text = _changed(seats, talk)
    assert _seen(text) == ["note roster-unasked groups.whole"]
    nobody = text.replace("  head: {en: Head, in: whole, min: 1,", "  head: {en: Head, in: whole,")
    assert _seen(nobody) == []
    held = text.replace("max: 1, can: [lead", "max: 1, holder: a, can: [lead")
    assert _seen(held) == []


def test_a_charter_under_which_nothing_is_owed_is_no_programme():
    head, _, rest = BASE.partition("obligations:\n")
    text = head + "amendment:" + rest.partition("amendment:")[2]
    assert _seen(text) == ["error nothing-owed programme"]


def test_an_admission_without_a_track_lets_nobody_in():
    text = _changed("obligations:\n", "admission:\n"
                    "  window: {open: 2023-02-01, close: 2023-02-10}\n"
                    "  decide_by: 2023-02-20\n  tracks: {}\nobligations:\n")  # fmt: skip
    assert _seen(text) == ["error no-track admission.tracks"]


def test_no_decision_makes_what_cannot_be_done_a_note():
    text = _changed("by: 2023-06-15}", "by: 2023-06-15, resolve: {by: boss, why: We want it so}}")
    text = text.replace("inputs: [paper]", "inputs: [paper, seats]")
    assert _seen(text) == ["error judges-no-text gates.ok.inputs[1]"]


def test_the_base_and_the_shipped_charters_are_silent():
    assert _seen(BASE) == []
    for path in sorted(CHARTERS.glob("*.yaml")):
        assert _seen(path.read_text(encoding="utf-8")) == [], path.name


def test_a_track_offers_only_groups_in_which_its_role_can_sit():
    text = _changed("  whole: {en: Whole, founded: term.from}\n", """\
  whole: {en: Whole, founded: term.from}
  long: {en: Long, parent: whole, instances: {l1: {en: L1}, l2: {en: L2}}}
  short: {en: Short, parent: whole, instances: {s1: {en: S1}}}
""")  # fmt: skip
    text = text.replace("calendar:\n", """\
  far: {en: Far, in: long, can: [contribute], appointed_by: boss}
  near: {en: Near, in: short, can: [contribute], appointed_by: boss}
admission:
  window: {open: 2023-02-01, close: 2023-02-10}
  decide_by: 2023-02-20
  tracks: {one: {en: One, role: far}, two: {en: Two, role: near}}
calendar:
""", 1)  # fmt: skip
    compiled, found = load(text, "base.yaml")
    assert compiled, [one.as_text("en") for one in found]
    assert compiled.admission
    assert {one.key: one.choices for one in compiled.admission.tracks} == {
        "one": ("long.l1", "long.l2"), "two": ("short.s1",),
    }  # fmt: skip
    assert compiled.admission.choices == ("long.l1", "long.l2", "short.s1")


@pytest.mark.parametrize(
    ("old", "new", "number", "better"),
    [
        ("id: base", "id: my.base", "SHP175", "my-base"),
        ("id: base", "id: 2023-study", "SHP175", "p-2023-study"),
        ("id: base", "id: 2023", "SHP113", "p-2023"),
        ("inputs: [paper]", "inputs: [paper], rule: {quorum: 11/10}", "SHP114", ""),
        ("inputs: [paper]", "inputs: [paper], rule: {quorum: 110%}", "SHP114", ""),
        ("inputs: [paper]", "inputs: [paper], rule: {quorum: 0}", "SHP114", ""),
        ("by: 2023-06-15", "by: 2023-06-15, max_rounds: 1000000", "SHP114", ""),
        ("by: 2023-06-15", 'by: 2023-06-15, at: "25:00"', "SHP122", ""),
    ],
)
def test_what_is_proposed_is_never_what_was_refused(old, new, number, better):
    found = [one for one in load(_changed(old, new), "base.yaml")[1] if one.severity == "error"]
    assert [(one.number, one.facts.get("better", "")) for one in found] == [(number, better)]
    assert not better or load(_changed("id: base", f"id: {better}"), "base.yaml")[0]


@pytest.mark.parametrize("quorum", ["1/2", "1", "2", "0.6"])
def test_a_quorum_is_a_part_or_a_number_of_people(quorum):
    text = _changed("inputs: [paper]", f"inputs: [paper], rule: {{quorum: {quorum}}}")
    assert load(text, "base.yaml")[0] is not None


def test_a_programme_without_a_contractor_is_carried_by_its_commissioner():
    compiled, _ = load(BASE, "base.yaml")
    assert compiled
    assert compiled.carrier().key == "a"


PACKAGES = """\
  whole: {en: Whole, founded: term.from}
  task:
    parent: wp
    instances:
      t1: {en: T1, parent: wp.w1}
      t2: {en: T2, parent: wp.w2}
      t3: {en: T3, parent: wp.w1}
  wp: {en: WP, parent: whole, instances: {w1: {en: W1}, w2: {en: W2}}}
"""
REPORTS = """\
  ws: {en: WS, form: appointment, per: wp, by: clerk, opens: term.from, due: 2023-03-10}
  ts: {en: TS, form: appointment, per: task, by: clerk, opens: term.from, due: 2023-03-10}
  tr: {en: TR, form: report, per: task, by: hand, due: 2023-04-20, sections: {t: {en: T}}}
  wr: {en: WR, form: report, per: wp, by: lead, due: 2023-05-12, assembles: tr}
deliverables:
"""
SEATED = """\
  lead: {en: Lead, in: wp, min: 1, can: [lead, contribute, read], appointed_by: clerk}
  hand: {en: Hand, in: task, min: 1, can: [lead, contribute, read], appointed_by: clerk}
calendar:
"""


def packages() -> str:
    """Two work packages; three tasks, each of which says under which package it stands."""
    text = _changed("  whole: {en: Whole, founded: term.from}\n", PACKAGES)
    for old, new in (("calendar:\n", SEATED), ("deliverables:\n", REPORTS)):
        text = text.replace(old, new, 1)
    return text


def test_a_report_is_made_of_those_of_the_groups_under_its_own():
    compiled, found = load(packages(), "base.yaml")
    assert compiled, [one.as_text("en") for one in found]
    assert {one.key: one.parent for one in compiled.groups if one.kind == "task"} == {
        "task.t1": "wp.w1", "task.t2": "wp.w2", "task.t3": "wp.w1",
    }  # fmt: skip
    needs = {one.key: one.needs for one in compiled.obligations if one.kind == "wr"}
    assert needs == {"wr@wp.w1": ("tr@task.t1", "tr@task.t3"), "wr@wp.w2": ("tr@task.t2",)}
    assert _seen(packages()) == []


def test_a_group_stands_under_one_there_is():
    found = load(packages().replace("T2, parent: wp.w2", "T2, parent: wp.w9"), "base.yaml")[1]
    assert [(one.number, one.path) for one in found if one.severity == "error"] == [
        ("SHP138", "groups.task.instances.t2.parent")
    ]


@pytest.mark.parametrize(
    ("programme", "work", "code"),
    [
        ("number_format: 'A [{year}] {n}', ", "", []),
        ("number_format: 'A [{year}]', ", "", ["RUN922"]),
        ("", ", series: S, number_format: 'T/S {n:03}-{year}'", []),
        ("", ", series: S, number_format: 'T/S {n}'", ["RUN922"]),
        ("", ", number_format: 'T/S {n:03}-{year}'", ["RUN923"]),
        ("number_format: 'A [{year}] {n}', ", ", series: S", ["RUN924"]),
        ("", ", series: S, number_format: '{series}{n}/{year}/{n}'", ["RUN922"]),
        ("", ", series: S, number_format: 'R {year}/{n:02}'", ["RUN924"]),
        (
            "number_prefix: P, number_format: '{prefix}{series}{n}-{year}', ",
            ", series: '1'",
            ["RUN924"],
        ),
    ],
)
def test_forms_of_numbers(programme: str, work: str, code: list[str]) -> None:
    text = BASE.replace("id: base, ", f"id: base, {programme}").replace(
        "due: 2023-03-10}", f"due: 2023-03-10{work}}}"
    )
    if code == ["RUN924"]:
        text = text.replace("form: report,", "form: report, series: R,", 1)
        assert "series: R" in text
    found = [one.number for one in lint(text, "base.yaml") if one.number[:5] == "RUN92"]
    assert found == code
