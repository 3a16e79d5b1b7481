"""A small charter in which the linter finds nothing to say, and the way to see what it finds."""

from __future__ import annotations

from keti.charter.rules.findings import Finding
from keti.charter.rules.lint import Seated, lint

SOUND = """\
keti: charter/1
tz: Asia/Shanghai
workdays: mon-fri
programme:
  id: sound
  title: {zh: 小课题, en: A small programme}
  commissioner: council
  principles:
    care: {zh: 审慎, bound_to: [rule.two, gate.check]}
parties:
  council: {zh: 理事会（演示）, kind: association}
  bureau: {zh: 事务所（演示）, kind: enterprise}
  school: {zh: 学院（演示）, kind: academic}
  branch: {zh: 分院（演示）, kind: academic, affiliated_with: school}
groups:
  whole: {zh: 全体}
  team: {zh: 小组, parent: whole, instances: {a: 甲组, b: 乙组, c: 丙组}}
roles:
  asker: {in: whole, min: 1, holder: council, holder_kind: unit, can: [commission]}
  clerk: {in: whole, min: 1, holder: bureau, holder_kind: unit, can: [manage]}
  author: {in: whole, min: 1, holder: school, holder_kind: unit, can: [contribute]}
  eye: {in: whole, min: 2, can: [watch], appointed_by: asker, excludes: [head, hand]}
  wise: {in: whole, min: 3, can: [judge], appointed_by: asker, excludes: [head, hand, author]}
  head: {in: team, min: 1, can: [lead], appointed_by: asker}
  hand: {in: team, min: 2, can: [contribute], deputises: head}
call: {title: 征集}
admission:
  window: {open: 2022-04-01, close: 2022-04-10}
  decide_by: 2022-04-20
  tracks: {own: {kind: person, role: hand, require: [able]}}
  evidence: {able: {zh: 能胜任, by: [cv], checked_by: clerk}}
calendar:
  time: {from: 2022-05-02, to: 2022-10-31}
obligations:
  choice: {zh: 选人, form: admission, by: clerk, due: 2022-04-20}
  hearing: {zh: 听取意见, form: consultation, by: clerk, subject: outline, due: 2022-08-31}
  finish: {zh: 结题, form: closing, by: clerk, due: 2022-12-15, needs: [last]}
deliverables:
  plan: {zh: 计划, by: author, due: 2022-05-16}
  outline: {zh: 提纲, form: report, by: author, due: 2022-07-29}
  paper: {zh: 论文, form: report, per: team, by: head, due: 2022-09-30, needs: [start]}
  book: {zh: 总报告, by: author, due: 2022-10-31, assembles: paper, needs: [hearing]}
  names: {zh: 名册, form: roll, by: clerk, due: 2022-12-16, consent: per_person, needs: [finish]}
gates:
  start:
    decides: [asker]
    inputs: [plan]
    outcomes: [approve, revise, stop]
    by: 2022-05-27
  check:
    per: team
    decides: [asker, eye]
    rule: {quorum: 2, approve: 2/3}
    inputs: [paper]
    when: start.approve
    outcomes: [approve, revise]
    max_rounds: 2
    revise_within: P5D
    by: 2022-10-14
  panel:
    decides: [wise]
    rule: {quorum: 2/3, approve: 1/2}
    inputs: [book]
    when: all(check.approve)
    outcomes: [approve, revise]
    by: 2022-11-18
  last:
    decides: [asker]
    inputs: [book]
    when: panel.approve
    outcomes: [close, revise]
    by: 2022-12-02
trace:
  chain: [challenge, source, finding]
  rules:
    rule.two: {each: finding, needs: {source: 2}}
rounds:
  round.outline: {subject: outline, open: P10D, from: [hand, public], disposition: required}
honours:
  thanks: {zh: 鸣谢, to: [hand], decided_by: [asker], criteria: [task_book.met]}
outreach:
  press: {zh: 媒体, by: clerk, target: {count: 50}, evidence: links, after: last.close}
record: {checkpoint: daily, witnesses: [school]}
privacy:
  retain: {rejected_application: P1Y}
  publish: [roll, checkpoints]
amendment:
  propose: [head]
  classes:
    small: {touches: [obligations.*.due], approve: [clerk]}
    large: {touches: [roles, gates], approve: [asker]}
"""


def bent(old: str, new: str, text: str = SOUND) -> str:
    """The sound charter with one piece replaced; the piece must be there once."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


def judged(text: str, clauses: str = "", roster: tuple[Seated, ...] | None = None) -> list[Finding]:
    """What the linter finds, checked to be said in both languages."""
    found = lint(text, "sound.yaml", clauses=clauses, roster=roster)
    for one in found:
        for lang in ("zh", "en"):
            said = one.sentence(lang) + one.suggestion(lang)
            assert one.sentence(lang), one.code
            assert "{" not in said.replace("{retain: {rejected_application", ""), said
    return found


def seen(text: str, clauses: str = "", roster: tuple[Seated, ...] | None = None) -> list[str]:
    """What the linter finds, as `number path`."""
    return [f"{one.number} {one.path}" for one in judged(text, clauses, roster)]


def line(text: str, piece: str) -> int:
    """The line on which a piece stands; it must be there once."""
    assert text.count(piece) == 1, piece
    return text[: text.index(piece)].count("\n") + 1
