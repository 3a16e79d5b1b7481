"""What the dates of a charter do to each other: calendar facts, working days, feasibility."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.stated-days": (
        "通知写 {stated} 天，按日历是 {real} 天。",
        "{stated} days are stated, the calendar gives {real}.",
    ),
    "charter.stated-months": (
        "通知写 {months} 个月，满 {months} 个月是 {end}，所写末日是 {last}。",
        "{months} months are stated and would end on {end}; the last day given is {last}.",
    ),
    "charter.term-before-founding": (
        "研究期自 {start} 起，各组 {founded} 才成立，先过去 {before} 天；"
        "{total} 天中可用 {usable} 天。",
        "The term begins on {start} and the groups stand only on {founded}, {before} days later: "
        "{usable} of {total} days can be used.",
    ),
    "charter.admission-in-term": (
        "{opens} 至 {closes} 还在招募，“{zh}”却已自 {start} 开始。",
        "Applications are taken from {opens} to {closes}, when '{en}' has run since {start}.",
    ),
    "charter.month-without-day": (
        "{months} 月没有 {day} 日，按这条规则当月不会到期。",
        "Month {months} has no day {day}: by this rule nothing falls due then.",
    ),
    "charter.due-on-day-off": (
        "到期日落在休息日：{days}。",
        "Due on days nobody works: {days}.",
    ),
    "charter.first-too-early": (
        "{founded} 才成立，第一次 {first} 就到期，相隔 {days} 天。",
        "The group stands from {founded} and the first one is due on {first}, {days} days later.",
    ),
    "charter.short-admission": (
        "报名 {closes} 截止、{founded} 成立，其间只有 {left} 个工作日，"
        "要审查、决定、通知、备任务书。",
        "Between closing on {closes} and founding on {founded} lie {left} working days to check, "
        "decide, tell and prepare task books.",
    ),
    "charter.only-words": (
        "“{word}”只有文字，算不出日期。",
        "'{word}' is given in words only; no day can be computed.",
    ),
    "charter.due-on-recurring-day": (
        "{day} 同时是“{zh}”的到期日。",
        "On {day} '{en}' is due as well.",
    ),
    "charter.no-slack": (
        "与所依据的“{zh}”({count} 份，他人提交)同一时刻到期，没有汇总的时间。",
        "Due at the same instant as the {count} of '{en}' it is made from, by other people: "
        "there is no time to put them together.",
    ),
    "charter.no-slack-own": (
        "与所依据的“{zh}”同一时刻到期，两件事须同时办完。",
        "Due at the same instant as '{en}', on which it builds.",
    ),
    "charter.before-holidays": (
        "{day} 之后就是假期，到 {until} 为止少了 {lost} 个平日；"
        "连当天算，到 {end} 只剩 {left} 个工作日。",
        "A holiday follows {day}: {lost} weekdays are lost until {until}; with that day "
        "{left} working days remain until {end}.",
    ),
    "charter.holidays-follow": (
        "{day} 之后就是假期，到 {until} 为止少了 {lost} 个平日。",
        "A holiday follows {day}: {lost} weekdays are lost until {until}.",
    ),
    "charter.rounding": (
        "推算得到 {word}，并无此日，须写明取舍。",
        "The result would be {word}, which does not exist; say how to round.",
    ),
    "charter.undecided": (
        "没有写明何时决定入选。",
        "Nothing says by when admission is decided.",
    ),
    "charter.due-before-founding": (
        "第一次 {first} 到期，而组到 {founded} 才成立。",
        "The first one is due on {first}, and the group stands only from {founded}.",
    ),
    "charter.short-window": (
        "{total} 天的征求意见期里只有 {days} 个工作日。",
        "Only {days} working days lie in the {total} days for comments.",
    ),
    "charter.unknown-year": (
        "工作日历还没有 {years} 年的放假安排，暂按周一至周五计算。",
        "Holidays of {years} are not known yet; Monday to Friday are taken as working days.",
    ),
    "charter.unused-date": (
        "没有事项、关口或别的日期用到“{word:date}”：它只列在日程里。",
        "No duty, gate or other date uses '{word:date}': it only stands in the calendar.",
    ),
    "charter.skipped-time": (
        "当地 {day} 没有 {time} 这一刻：那天时钟拨快，会算作 {real}。",
        "There is no {time} on {day}: clocks go forward that day, and it would become {real}.",
    ),
    "charter.skipped-day": (
        "当地没有 {day} 这一天。",
        "There was no {day} there: the calendar skipped that day.",
    ),
    "charter.infeasible": (
        "这些安排合不到一起，差 {short_zh}：{steps_zh}。",
        "These cannot all be kept, by {short_en}: {steps_en}.",
    ),
    "charter.no-second-verdict": (
        "退回后改好的稿子交回时，离决定期限已不到一天，差 {short_zh}：{steps_zh}。",
        "What is sent back comes in again with less than a day left to judge it, by {short_en}: "
        "{steps_en}.",
    ),
    "charter.idle-key": (
        "已由“{other_zh}”定日子，“{word_zh}”不起作用。",
        "The day is given by '{other}': '{word}' beside it does nothing.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.stated-days": ("用 resolve 写明以何者为准", "say in 'resolve' which one counts"),
    "charter.stated-months": ("用 resolve 写明以何者为准", "say in 'resolve' which one counts"),
    "charter.term-before-founding": (
        "推后开始日，或用 resolve 写明此前的用途",
        "begin later, or say in 'resolve' what the time before is for",
    ),
    "charter.admission-in-term": (
        "提前招募，或推后研究期的开始",
        "recruit earlier, or let the term begin later",
    ),
    "charter.month-without-day": (
        "写作 BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "write BYMONTHDAY=28,29,30;BYSETPOS=-1",
    ),
    "charter.due-on-day-off": (
        "加上 roll: previous-workday 或改日期",
        "add 'roll: previous-workday' or change the day",
    ),
    "charter.first-too-early": (
        "加上 first: {{skip_if_younger_than: 10 workdays}}",
        "add 'first: {{skip_if_younger_than: 10 workdays}}'",
    ),
    "charter.due-before-founding": (
        "推后 from，或加上 first: {{skip_if_younger_than: 10 workdays}}",
        "begin later, or add 'first: {{skip_if_younger_than: 10 workdays}}'",
    ),
    "charter.short-admission": (
        "提前截止或推后成立",
        "close earlier or found the groups later",
    ),
    "charter.only-words": (
        "补上 date、rrule 或 midpoint(…) 等可计算的写法",
        "add 'date', 'rrule' or an expression such as midpoint(...)",
    ),
    "charter.due-on-recurring-day": ("错开其中一个日期", "move one of the two"),
    "charter.no-slack": (
        "写作 after: 被汇总的日期、plus: 5 workdays",
        "write 'after' the date of the inputs and 'plus: 5 workdays'",
    ),
    "charter.no-slack-own": ("错开几天，或并为一件事", "move one, or make them one work"),
    "charter.before-holidays": (
        "提前几天，或用 resolve 写明已考虑假期",
        "make it due earlier, or say in 'resolve' that the holiday is allowed for",
    ),
    "charter.holidays-follow": (
        "提前几天，或用 resolve 写明已考虑假期",
        "make it due earlier, or say in 'resolve' that the holiday is allowed for",
    ),
    "charter.rounding": ("加上 round: down 或 round: up", "add 'round: down' or 'round: up'"),
    "charter.undecided": ("写上 decide_by: 日期", "add 'decide_by:' with a date"),
    "charter.short-window": ("延长期限或避开假期", "keep it open longer or avoid the holiday"),
    "charter.unknown-year": (
        "放假安排公布后，由平台管理人在“平台管理”页填上",
        "once they are published, whoever keeps the site enters them on its page",
    ),
    "charter.unused-date": (
        "写入要用它的事项，或删去",
        "name it where it is meant, or remove it",
    ),
    "charter.skipped-time": (
        "改为 {real}，或拨快之前的时刻",
        "write {real}, or a time before the clocks change",
    ),
    "charter.skipped-day": ("改为前一天或后一天", "write the day before or after"),
    "charter.infeasible": (
        "推后最后的期限，或缩短其中一步",
        "move the last date, or shorten one of the steps",
    ),
    "charter.no-second-verdict": (
        "推后决定期限，或缩短修改时间",
        "move the date of the decision, or shorten the revision",
    ),
    "charter.idle-key": ("只留其一", "keep one of the two"),
}

NUMBERS: dict[str, str] = {
    "charter.stated-days": "CAL101",
    "charter.stated-months": "CAL101",
    "charter.term-before-founding": "CAL102",
    "charter.admission-in-term": "CAL103",
    "charter.month-without-day": "CAL104",
    "charter.due-on-day-off": "CAL105",
    "charter.first-too-early": "CAL106",
    "charter.short-admission": "CAL107",
    "charter.only-words": "CAL108",
    "charter.due-on-recurring-day": "CAL109",
    "charter.no-slack": "CAL110",
    "charter.no-slack-own": "CAL110",
    "charter.before-holidays": "CAL111",
    "charter.holidays-follow": "CAL111",
    "charter.rounding": "CAL112",
    "charter.undecided": "CAL113",
    "charter.due-before-founding": "CAL114",
    "charter.short-window": "CAL115",
    "charter.unknown-year": "CAL116",
    "charter.unused-date": "CAL117",
    "charter.skipped-time": "CAL118",
    "charter.skipped-day": "CAL119",
    "charter.infeasible": "CAL120",
    "charter.no-second-verdict": "CAL121",
    "charter.idle-key": "CAL122",
}
