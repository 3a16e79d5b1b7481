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
