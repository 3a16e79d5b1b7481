"""The smallest charter that can be founded, for whoever starts from nothing. Pure."""

from datetime import date, timedelta

TEXT = """\
# 实施方案 / Programme charter, begun from nothing.
keti: charter/1
lang: [zh-Hans, en]
tz: Asia/Shanghai
workdays: cn

programme:
  id: new-programme
  title: {{zh: 新课题, en: New programme}}
  number_prefix: 新课题
  commissioner: party_1
  contractor: party_2

parties:
  party_1: {{zh: 委托单位, en: Commissioning body, kind: association}}
  party_2: {{zh: 承担单位, en: Commissioned body, kind: enterprise}}

groups:
  group_1: {{zh: 课题组, en: Programme group, founded: day_1.from}}

roles:
  role_1: {{zh: 委托方代表, en: Commissioner's representative, in: group_1, min: 1, max: 1, \
holder: party_1, holder_kind: unit, can: [commission, read]}}
  role_2: {{zh: 秘书处, en: Secretariat, in: group_1, min: 1, max: 1, holder: party_2, \
holder_kind: unit, can: [manage, read]}}

calendar:
  day_1: {{zh: 课题期, en: Term, from: {start}, to: {end}}}

phases:
  phase_1: {{zh: 研究, en: Research, from: day_1.from, to: day_1.to}}

obligations:
  late:
    remind: [P5D, P1D]

amendment:
  propose: [role_1, role_2]
  classes:
    class_1:
      zh: 方案调整
      en: Change of the charter
      touches: [programme, parties, groups, roles, calendar, phases, events, obligations, \
gates, deliverables]
      approve: [role_1, role_2]
      notice: P3D
"""


def bare(start: date) -> str:
    """A charter of two parties, one group and a year's term that begins on this day."""
    end = date(start.year + 1, start.month, min(start.day, 28)) - timedelta(days=1)
    return TEXT.format(start=start.isoformat(), end=end.isoformat())
