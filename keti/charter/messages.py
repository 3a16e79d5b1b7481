"""The sentences of the charter room: findings on a charter file, and what to write instead."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.yaml": ("文件不是合法的 YAML：{problem}。", "The file is not valid YAML: {problem}."),
    "charter.binary": (
        "文件中有不可见的控制字符 {sign}。",
        "The file holds the control character {sign}.",
    ),
    "charter.too-big": (
        "文件超过 {limit} 个字符。",
        "The file is longer than {limit} characters.",
    ),
    "charter.deep": ("嵌套超过 {limit} 层。", "The nesting is deeper than {limit} levels."),
    "charter.alias": (
        "方案中不使用 YAML 的锚点与别名（& 和 *）。",
        "A charter does not use YAML anchors and aliases (& and *).",
    ),
    "charter.tag": ("方案中不使用 YAML 标签 {tag}。", "A charter does not use the YAML tag {tag}."),
    "charter.odd-key": ("键必须是一个词。", "A key must be one word."),
    "charter.two-documents": (
        "一个文件只能写一份方案。",
        "A file holds one charter and no second document.",
    ),
    "charter.not-a-map": (
        "文件应由“键: 值”组成。",
        "The file should consist of keys and values.",
    ),
    "charter.duplicate-id": ("“{word}”重复出现。", "'{word}' is declared twice."),
    "charter.unknown-key": ("这里没有“{word}”这个键。", "There is no key '{word}' here."),
    "charter.missing-key": ("缺少必填的键“{word}”。", "The required key '{word}' is missing."),
    "charter.wrong-type": ("这里应填{zh}。", "This should be {en}."),
    "charter.bad-value": ("“{word}”不合这里的要求。", "'{word}' does not fit: {problem}."),
    "charter.unknown-word": (
        "“{word}”不是这里可用的词。",
        "'{word}' is not a word of the language here.",
    ),
    "charter.language": (
        "不认识方案语言“{word}”。",
        "The charter language '{word}' is not known.",
    ),
    "charter.bad-id": (
        "“{word}”不能作标识：请用小写字母开头的字母、数字、下划线和点。",
        "'{word}' cannot be an id: lower-case letters, digits, underscores and dots only.",
    ),
    "charter.bad-date": ("“{word}”不是日期写法。", "'{word}' is not a date expression."),
    "charter.no-such-date": ("没有 {word} 这一天。", "There is no such day as {word}."),
    "charter.rounding": (
        "推算得到 {word}，并无此日，须写明取舍。",
        "The result would be {word}, which does not exist; say how to round.",
    ),
    "charter.out-of-range": ("“{word}”超出可用的年份。", "'{word}' is outside the usable years."),
    "charter.bad-time": ("“{word}”不是时刻。", "'{word}' is not a time of day."),
    "charter.bad-duration": ("“{word}”不是时长。", "'{word}' is not a duration."),
    "charter.bad-workdays": ("“{word}”不是工作日数。", "'{word}' is not a number of workdays."),
    "charter.months-not-allowed": (
        "这里的时长不能含月或年。",
        "A duration here cannot contain months or years.",
    ),
    "charter.span-needs-side": (
        "“{word}”是一段时间，须写明从哪一端推算。",
        "'{word}' starts from a span; say from which end.",
    ),
    "charter.is-series": (
        "“{word}”是一组重复日期，不能当作一天使用。",
        "'{word}' is a recurring date and cannot stand for one day.",
    ),
    "charter.circular": ("日期互相引用成环：{word}。", "These dates depend on each other: {word}."),
    "charter.date-needs": (
        "“{word}”的日期须且只须用一种写法。",
        "'{word}' must be given in exactly one of the four ways.",
    ),
    "charter.bad-rrule": ("重复规则“{word}”无法使用。", "The rule '{word}' cannot be used."),
    "charter.too-many-dates": (
        "重复规则“{word}”产生的日期超过 {limit} 个。",
        "The rule '{word}' makes more than {limit} dates.",
    ),
    "charter.ends-before-start": (
        "结束“{word}”早于开始。",
        "The end '{word}' lies before the beginning.",
    ),
    "charter.opens-after-due": (
        "开始“{word}”晚于截止。",
        "The opening '{word}' lies after the due date.",
    ),
    "charter.unknown-zone": ("不认识时区“{word}”。", "The time zone '{word}' is not known."),
    "charter.unknown-workdays": (
        "不认识工作日历“{word}”。",
        "The working-day calendar '{word}' is not known.",
    ),
    "charter.unknown-anchor": ("日程中没有“{word}”。", "The calendar has no date '{word}'."),
    "charter.unknown-role": ("没有“{word}”这个角色。", "There is no role '{word}'."),
    "charter.unknown-group": ("没有“{word}”这类组。", "There is no kind of group '{word}'."),
    "charter.unknown-party": ("没有“{word}”这个单位。", "There is no party '{word}'."),
    "charter.unknown-work": (
        "没有“{word}”这项应办事项或成果。",
        "There is no obligation or deliverable '{word}'.",
    ),
    "charter.unknown-gate": ("没有“{word}”这道关口。", "There is no gate '{word}'."),
    "charter.unknown-fact": (
        "条件中的“{word}”没有任何事项会给出。",
        "Nothing in this charter ever settles '{word}'.",
    ),
    "charter.unknown-outcome": (
        "结论“{word}”没有写明效果。",
        "The outcome '{word}' does not say what it does.",
    ),
    "charter.no-top-group": (
        "须有且先写一个没有上级、单独成组的总体组。",
        "The first group without a parent must be a single one.",
    ),
    "charter.max-below-min": (
        "最多 {max} 人少于最少 {min} 人。",
        "At most {max} is fewer than at least {min}.",
    ),
    "charter.role-elsewhere": (
        "“{word}”属于“{group}”，不能承办“{per}”的事项。",
        "'{word}' sits in '{group}' and cannot be accountable in '{per}'.",
    ),
    "charter.bad-guard": (
        "条件从第 {at} 个字符“{piece}”起无法理解。",
        "The condition cannot be read from character {at}: '{piece}'.",
    ),
    "charter.rounds-do-not-fit": (
        "首轮意见加上各轮修改，赶不上最后期限 {by}。",
        "The first verdict and the revisions do not fit before {by}.",
    ),
    "charter.no-way-back": (
        "关口“{word}”应有通过，也应有退回或终止。",
        "The gate '{word}' needs a way on and a way back or out.",
    ),
    "charter.nobody-can": (
        "没有任何角色拥有“{verb}”权限。",
        "No role has the right '{verb}'.",
    ),
    "charter.stated-differs": (
        "通知写 {stated} 天，按日历是 {real} 天；已按所写理由处理。",
        "{stated} days are stated, the calendar gives {real}; decided as written.",
    ),
    "charter.stated-unresolved": (
        "通知写 {stated} 天，按日历是 {real} 天，未写明如何处理。",
        "{stated} days are stated, the calendar gives {real}, and nothing says which counts.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.yaml": (
        "检查这一行的缩进、引号和括号",
        "check indentation, quotes and brackets on this line",
    ),
    "charter.binary": ("删去这个字符", "remove the character"),
    "charter.too-big": ("删去与方案无关的内容", "leave out what is not part of the charter"),
    "charter.deep": ("减少嵌套", "nest less"),
    "charter.alias": ("把内容直接写出来", "write the content out"),
    "charter.tag": ("删去标签", "remove the tag"),
    "charter.odd-key": ("写成“键: 值”", "write 'key: value'"),
    "charter.two-documents": ("另存为一个文件", "put it into a file of its own"),
    "charter.not-a-map": ("以 keti: charter/1 开头", "begin with 'keti: charter/1'"),
    "charter.duplicate-id": ("删去一处或改名", "remove one of them or rename it"),
    "charter.unknown-key": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.missing-key": ("加上“{nearest}: …”", "add '{nearest}: ...'"),
    "charter.unknown-word": (
        "是否为“{nearest}”？可用：{known}",
        "did you mean '{nearest}'? known: {known}",
    ),
    "charter.language": ("写作 {known}", "write '{known}'"),
    "charter.bad-id": ("例如 sector_lead", "for example sector_lead"),
    "charter.bad-date": (
        "写作 2022-05-27、kickoff + 7 workdays 或 research.to - P1M",
        "write 2022-05-27, kickoff + 7 workdays or research.to - P1M",
    ),
    "charter.no-such-date": ("改为当月有的日期", "use a day the month has"),
    "charter.rounding": ("加上 round: down 或 round: up", "add 'round: down' or 'round: up'"),
    "charter.out-of-range": ("改为 1900 至 2999 年", "stay between 1900 and 2999"),
    "charter.bad-time": ("写作 18:00，末刻为 24:00", "write 18:00; the end of the day is 24:00"),
    "charter.bad-duration": ("写作 P5D、P2W 或 PT12H", "write P5D, P2W or PT12H"),
    "charter.bad-workdays": ("写作 10 workdays", "write '10 workdays'"),
    "charter.months-not-allowed": ("改用天数，如 P30D", "use days, such as P30D"),
    "charter.span-needs-side": ("写作 名称.from 或 名称.to", "write name.from or name.to"),
    "charter.is-series": ("用 after 与 plus 推算", "derive from it with 'after' and 'plus'"),
    "charter.circular": ("给其中之一写上确定的日期", "give one of them a fixed date"),
    "charter.date-needs": (
        "date，或 from 与 to，或 rrule 与 from、to，或 after 与 plus",
        "date; or from and to; or rrule with from and to; or after and plus",
    ),
    "charter.bad-rrule": (
        "写作 FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        "write FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
    ),
    "charter.too-many-dates": ("缩短 from 与 to", "bring 'from' and 'to' closer together"),
    "charter.ends-before-start": ("对调两端或改日期", "swap the ends or change a date"),
    "charter.opens-after-due": ("提前开始或推后截止", "open earlier or make it due later"),
    "charter.unknown-zone": ("例如 Asia/Shanghai", "for example Asia/Shanghai"),
    "charter.unknown-workdays": ("可用：{known}", "known: {known}"),
    "charter.unknown-anchor": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-role": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-group": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-party": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-work": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-gate": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-fact": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.unknown-outcome": (
        "加上 effect: approve、revise 或 stop",
        "add 'effect: approve', 'revise' or 'stop'",
    ),
    "charter.no-top-group": ("先写总体组", "declare the overall group first"),
    "charter.max-below-min": ("改大 max 或改小 min", "raise max or lower min"),
    "charter.role-elsewhere": ("改 by 或 per", "change 'by' or 'per'"),
    "charter.bad-guard": (
        "例如 outline.approve and all(midterm.approve)",
        "for example: outline.approve and all(midterm.approve)",
    ),
    "charter.rounds-do-not-fit": (
        "减少 max_rounds、缩短 revise_within 或推后 by",
        "lower max_rounds, shorten revise_within or move 'by'",
    ),
    "charter.no-way-back": ("在 outcomes 中加上 revise", "add 'revise' to outcomes"),
    "charter.nobody-can": ("在某个角色的 can 中加上 {verb}", "add '{verb}' to a role's 'can'"),
    "charter.stated-unresolved": (
        "加上 resolve: {{use, by, why}}",
        "add 'resolve: {{use, by, why}}'",
    ),
}
