"""A date, a rule or a number that is not written as the language has it: why, and what to write."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.date-lacks": (
        "“{word:date}”写了“{given:key}”，还缺“{missing:key}”。",
        "'{word:date}' has '{given}' and lacks '{missing}'.",
    ),
    "charter.rrule-ends": (
        "重复规则里的“{part}”不可用：到哪一天为止，另写在规则旁边。",
        "'{part}' cannot stand in a rule: on which day it ends is said beside it.",
    ),
    "charter.rrule-clock": (
        "重复规则里的“{part}”不可用：几点到期，另写在规则旁边。",
        "'{part}' cannot stand in a rule: the time of day is said beside it.",
    ),
    "charter.rrule-part": (
        "重复规则里的“{part}”不可用。",
        "'{part}' cannot stand in a rule.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.date-lacks": ("加上“{missing:spelt}: …”", "add '{missing}: ...'"),
    "charter.rrule-ends": (
        "删去“{part}”，用 from 和 to 写明起止",
        "remove '{part}'; 'from' and 'to' say when it begins and ends",
    ),
    "charter.rrule-clock": (
        "删去“{part}”，写上 at: 18:00",
        "remove '{part}' and write 'at: 18:00'",
    ),
    "charter.rrule-part": ("可用：{parts}", "known: {parts}"),
}

NUMBERS: dict[str, str] = {
    "charter.date-lacks": "SHP171",
    "charter.rrule-ends": "SHP172",
    "charter.rrule-clock": "SHP173",
    "charter.rrule-part": "SHP174",
}
