"""A very small charter for tests, and the way to bend it."""

from __future__ import annotations

from pathlib import Path

from keti.charter.rules import Finding, load

CHARTERS = Path(__file__).parents[3] / "charters"
NOTICE = CHARTERS / "metaverse-governance-2022.yaml"
STANDARD = CHARTERS / "association-standard.yaml"

SMALL = """\
keti: charter/1
tz: Asia/Shanghai
workdays: cn
programme:
  id: small
  title: {zh: 小课题, en: A small programme}
  commissioner: council
parties:
  council: {zh: 理事会（演示）, kind: association}
groups:
  whole: {zh: 全体}
  team: {zh: 小组, parent: whole, founded: begin, instances: {a: 甲组, b: 乙组}}
roles:
  asker: {in: whole, min: 1, holder: council, can: [commission]}
  clerk: {in: whole, min: 1, can: [manage]}
  head: {in: team, min: 1, can: [lead], appointed_by: clerk}
calendar:
  time: {from: 2022-05-01, to: 2022-10-31}
  begin: {date: 2022-05-27}
  monthly: {rrule: "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", from: time.from, to: time.to}
obligations:
  note: {zh: 简报, per: team, by: head, due: monthly, first: {skip_if_younger_than: 10 workdays}}
  sum: {zh: 汇总, by: clerk, due: monthly, collects: note}
deliverables:
  paper: {zh: 论文, per: team, by: head, due: time.to, sections: {body: 正文}}
gates:
  check:
    per: team
    decides: [clerk]
    inputs: [paper]
    outcomes: [approve, revise]
    by: time.to + 5 workdays
  end:
    decides: [asker]
    when: all(check.approve)
    outcomes: [close, revise]
    by: 2022-11-30
"""


def bent(old: str, new: str) -> str:
    """The small charter with one piece replaced; the piece must be there."""
    assert SMALL.count(old) == 1, old
    return SMALL.replace(old, new)


def findings(text: str) -> list[Finding]:
    """The findings on a text, checked to have a sentence in both languages."""
    found = load(text, "small.yaml")[1]
    for one in found:
        for lang in ("zh", "en"):
            assert one.sentence(lang), one.code
            assert "{" not in one.sentence(lang) + one.suggestion(lang).replace("{use", ""), one
    return found


TIDY = """\
keti: charter/1
tz: Asia/Shanghai
workdays: cn
programme:
  id: tidy
  title: {zh: 无瑕小课题, en: A small programme without a flaw}
  commissioner: council
parties:
  council: {zh: 理事会（演示）, en: Council (demo), kind: association}
  office: {zh: 办公室（演示）, en: Office (demo), kind: enterprise}
groups:
  whole: {zh: 全体, en: Everybody}
  team:
    zh: 小组
    en: Team
    parent: whole
    founded: begin
    instances: {a: {zh: 甲组, en: A}, b: {zh: 乙组, en: B}}
roles:
  asker: {zh: 委托方, en: Asker, in: whole, min: 1, holder: council, can: [commission]}
  clerk: {zh: 秘书, en: Clerk, in: whole, min: 1, holder: office, can: [manage]}
  judge:
    {zh: 评审人, en: Judge, in: whole, min: 3, can: [judge], appointed_by: asker,
     excludes: [head, hand], external: true}
  eye:
    {zh: 监控员, en: Eye, in: whole, min: 1, can: [watch], appointed_by: asker,
     excludes: [head, hand]}
  head: {zh: 组长, en: Head, in: team, min: 1, max: 1, can: [lead], appointed_by: clerk}
  hand: {zh: 组员, en: Hand, in: team, min: 2, can: [contribute], appointed_by: clerk}
admission:
  form: {zh: 申报表, en: Application}
  window: {open: 2022-04-06, close: 2022-05-09}
  decide_by: 2022-05-16
  tracks:
    person: {zh: 个人, en: Person, role: hand, require: [able]}
  evidence:
    able: {zh: 有研究能力, en: Able to do research, by: [cv], checked_by: clerk}
calendar:
  time: {zh: 期间, en: Term, from: 2022-05-23, to: 2022-10-31, stated: {days: 162}}
  begin: {zh: 成立, en: Beginning, date: 2022-05-26}
  monthly:
    {zh: 月报日, en: Monthly day, rrule: "FREQ=MONTHLY;BYMONTHDAY=25",
     from: time.from, to: time.to,
     roll: previous-workday, first: {skip_if_younger_than: 10 workdays, since: begin}}
  sum_due: {zh: 汇总日, en: Day of the sum, after: monthly, plus: 5 workdays}
obligations:
  note: {zh: 简报, en: Note, per: team, by: head, due: monthly}
  sum: {zh: 汇总, en: Sum, by: clerk, due: sum_due, collects: note}
  end_it: {zh: 结题, en: Closing, form: closing, by: clerk, due: 2022-12-02, needs: [end]}
deliverables:
  paper:
    {zh: 论文, en: Paper, form: report, per: team, by: head, due: 2022-10-20,
     sections: {body: {zh: 正文, en: Body}}}
gates:
  check:
    zh: 评审
    en: Check
    per: team
    decides: [judge]
    rule: {quorum: 2/3, approve: 2/3, conflicts: recuse}
    inputs: [paper]
    outcomes: [approve, revise, stop]
    first_by: 2022-10-28
    by: 2022-11-09
    max_rounds: 2
    revise_within: P5D
  end:
    zh: 结论
    en: End
    decides: [asker]
    when: all(check.approve) or any(check.stop)
    outcomes: [close, revise]
    by: 2022-11-30
honours:
  prize: {zh: 优秀奖, en: Prize, to: hand, criteria: [task_book.met], decided_by: [judge]}
outreach:
  press: {zh: 媒体, en: Press, by: clerk, target: {count: 10}, evidence: link_list}
amendment:
  propose: [asker, head]
  classes:
    minor: {touches: [calendar, obligations], approve: [clerk], notice: P1D}
    major: {touches: [roles, gates, admission, honours, amendment], approve: [asker], notice: P7D}
privacy: {retain: {rejected_application: P1Y}}
"""
