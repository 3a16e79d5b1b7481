"""What no room can carry out."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.nothing-owed": (
        "方案没有任何到期要办的事项，也没有关口：成立之后没有人要做任何事。",
        "Nothing is ever due and nothing is decided: once founded, nobody has anything to do.",
    ),
    "charter.no-track": (
        "有报名，却没有任何报名类别：没有人能够申报。",
        "There is an admission without a track: nobody can apply.",
    ),
    "charter.no-language": (
        "没有写明用哪种语言。",
        "The charter names no language.",
    ),
    "charter.unknown-language": (
        "页面和文件只有中文与英文，没有“{word}”。",
        "Pages and papers are in Chinese and in English; there is no '{word}'.",
    ),
    "charter.two-tops": (
        "“{word:group}”与“{other:group}”都没有上级组：只有一个组在最上面。",
        "'{word:group}' and '{other:group}' both have no parent: one group stands above all.",
    ),
    "charter.parents-in-circle": (
        "上级组成环，没有最上面的组：{chain:group}。",
        "Parents go round in a circle: {chain:group}.",
    ),
    "charter.parent-unclear": (
        "“{word:group}”的上级是“{other:group}”，而这一类有几个组：没有写明是哪一个。",
        "The parent of '{word:group}' is '{other:group}', of which there are several: nothing "
        "says which.",
    ),
    "charter.judges-no-text": (
        "关口“{word:gate}”的材料“{work:work}”不是报告、文件，也不是会议，没有定稿可评。",
        "The gate '{word:gate}' is to judge '{work:work}', which is neither a report nor a file "
        "nor a meeting and has no version.",
    ),
    "charter.about-nothing": (
        "“{word:work}”没有写明是关于哪份报告的。",
        "'{word:work}' does not say which report it is about.",
    ),
    "charter.accepts-nothing": (
        "“{word:work}”要签收任务书，而方案没有下达任务书的事项。",
        "'{word:work}' accepts task books, and no work of this charter issues any.",
    ),
    "charter.task-book-for-nobody": (
        "“{word:work}”没有接收的人：组内没有签收者，也没有不任组长的成员。",
        "'{word:work}' is for nobody: no role in that group accepts task books or works "
        "without leading.",
    ),
    "charter.gathers-no-report": (
        "“{word:work}”要汇总“{work:work}”，而它不是报告。",
        "'{word:work}' puts '{work:work}' together, which is no report.",
    ),
    "charter.form-without-block": (
        "“{word:work}”的形式要用到“{block:key}”一节，而方案没有这一节。",
        "The form of '{word:work}' uses the block '{block}', which this charter does not have.",
    ),
    "charter.numbers-no-paper": (
        "“{word:work}”写了文种“{series}”，而这类事项不出文件：没有什么可以编号。",
        "'{word:work}' names the series '{series}', but its form gives no paper to number.",
    ),
    "charter.series-of-the-house": (
        "文种“{series}”是系统编申报号和回执号用的，不能再给别的文件。",
        "The series '{series}' numbers applications or receipts; no other paper takes it.",
    ),
    "charter.number-format": (
        "文号格式“{said}”不能用：{why_zh}。",
        "The form of numbers '{said}' cannot be filled: {why_en}.",
    ),
    "charter.format-without-series": (
        "“{word:work}”写了文号格式，却没有写文种：没有这一文种的编号。",
        "'{word:work}' gives a form of numbers and names no series to number.",
    ),
    "charter.numbers-alike": (
        "文种“{series}”与“{other}”的文号会写成一样（“{said}”）：看到文号，分不清是哪一种文件。",
        "Numbers of the series '{series}' and '{other}' can look the same ('{said}'): nobody could "
        "tell from a number which paper it is.",
    ),
    "charter.no-map": (
        "“{word:work}”写了维度或取值，还画不成图谱：要有两个不同的维度（dims），和格子的取值（cells）。",
        "'{word:work}' gives dimensions or values, and is no map yet: a map has two dimensions "
        "('dims') and values for its cells ('cells').",
    ),
    "charter.never-falls": (
        "“{word:work}”的重复规则在期限内没有一天：永远不会到期。",
        "No day of the rule of '{word:work}' lies in its time: it is never due.",
    ),
    "charter.closes-twice": (
        "“{word:work}”与“{other:work}”都是结题：课题只结一次。",
        "'{word:work}' and '{other:work}' both close the programme: it is closed once.",
    ),
    "charter.after-closing": (
        "“{word:work}”在结题“{other:work}”之后才到期，却没有写明在结题之后办理。",
        "'{word:work}' is due after '{other:work}' has closed the programme, and does not say "
        "that it waits for it.",
    ),
    "charter.no-title": (
        "课题没有名称。",
        "The programme has no title.",
    ),
    "charter.before-due": (
        "“{word}”是到期之前，而逾期只能在到期之后上报。",
        "'{word}' lies before the due date; lateness is told after it.",
    ),
    "charter.seats-nobody": (
        "“{word:group}”需要有人担任“{role:role}”，而没有一项任命或征集说由谁担任：到期没有人被提醒去任命。",
        "'{word:group}' needs a '{role:role}', and no appointment or admission says who sits "
        "there: nobody is reminded to appoint.",
    ),
    "charter.roster-unasked": (
        "“{word:group}”需要“{role:role}”，而方案里没有任命，也没有征集：要由秘书处自己录入名单，无人提醒。",
        "'{word:group}' needs '{role:role}', and nothing in the charter appoints or admits "
        "anybody: the secretariat enters a roster unasked.",
    ),
    "charter.phases-overlap": (
        "阶段“{word:phase}”在阶段“{other:phase}”结束之前就开始。",
        "The phase '{word:phase}' begins before the phase '{other:phase}' is over.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.nothing-owed": (
        "加上一项有 due 日期的事项，如一次任命、一份报告",
        "add a work with a due date, such as an appointment or a report",
    ),
    "charter.no-track": (
        "在 tracks 中加上一类，如 person: {role: 角色}",
        "add a track such as 'person: {role: a role}'",
    ),
    "charter.no-language": ("写上 lang: [zh-Hans, en]", "write lang: [zh-Hans, en]"),
    "charter.unknown-language": ("写 zh-Hans 或 en", "write zh-Hans or en"),
    "charter.two-tops": ("给其中一个写上 parent", "give one of them a 'parent'"),
    "charter.parents-in-circle": ("去掉其中一处 parent", "take one 'parent' away"),
    "charter.parent-unclear": (
        "在每个组下写明，如 parent: {known}",
        "say it for each group, such as 'parent: {known}'",
    ),
    "charter.judges-no-text": (
        "换成一份报告、一份文件或一次会议（评其纪要）",
        "name a report, a file or a meeting, whose minutes are judged",
    ),
    "charter.about-nothing": ("写上 subject: 报告", "add 'subject' with a report"),
    "charter.accepts-nothing": (
        "加上一项 form: task_book 的事项，或去掉这一项",
        "add a work with 'form: task_book', or remove this one",
    ),
    "charter.task-book-for-nobody": (
        "给组内的角色加上 contribute，或加上 form: acceptance 的事项并写明由谁签收",
        "give a role of that group 'contribute', or add a work with 'form: acceptance' and 'by'",
    ),
    "charter.gathers-no-report": ("换成一份报告", "name a report"),
    "charter.form-without-block": ("加上 {block} 一节", "add the block '{block}'"),
    "charter.numbers-no-paper": ("去掉 series", "take 'series' away"),
    "charter.series-of-the-house": ("换一个字", "choose another word"),
    "charter.number-format": (
        '照 "{{字头}}{{文种}}〔{{年}}〕{{号}}号" 的样子写',
        'write it like "{{prefix}}{{series}}〔{{year}}〕{{n}}号"',
    ),
    "charter.format-without-series": ("写上 series", "name a 'series'"),
    "charter.numbers-alike": (
        "在格式里写上 {{文种}}，或给其中一个另写格式",
        "put {{series}} into the form, or give one of them a form of its own",
    ),
    "charter.no-map": (
        "写成 dims: [甲, 乙] 和 cells: [丙, 丁]",
        "write 'dims: [one, other]' and 'cells: [this, that]'",
    ),
    "charter.never-falls": (
        "改规则，或放宽 from 与 to",
        "change the rule, or widen 'from' and 'to'",
    ),
    "charter.closes-twice": ("只留一项 form: closing", "keep one work with 'form: closing'"),
    "charter.after-closing": (
        "改日期，或在 needs 中写上“{other}”",
        "change the date, or name '{other}' in 'needs'",
    ),
    "charter.no-title": ("写上 title", "write a 'title'"),
    "charter.seats-nobody": (
        "加上一项 form: appointment 的事项，小组的写 per: {word}",
        "add a work with 'form: appointment'; for groups of a kind with 'per: {word}'",
    ),
    "charter.roster-unasked": (
        "加上一项 form: appointment 的事项，就会有期限和提醒",
        "add a work with 'form: appointment': it has a date and reminders",
    ),
    "charter.phases-overlap": ("改其中一个阶段的日期", "change the dates of one of the two"),
}

NUMBERS: dict[str, str] = {
    "charter.nothing-owed": "RUN901",
    "charter.no-track": "RUN902",
    "charter.no-language": "RUN903",
    "charter.unknown-language": "RUN904",
    "charter.two-tops": "RUN905",
    "charter.parents-in-circle": "RUN906",
    "charter.parent-unclear": "RUN907",
    "charter.judges-no-text": "RUN908",
    "charter.about-nothing": "RUN909",
    "charter.accepts-nothing": "RUN910",
    "charter.task-book-for-nobody": "RUN911",
    "charter.gathers-no-report": "RUN912",
    "charter.form-without-block": "RUN913",
    "charter.never-falls": "RUN914",
    "charter.closes-twice": "RUN915",
    "charter.after-closing": "RUN916",
    "charter.no-title": "RUN917",
    "charter.before-due": "RUN918",
    "charter.phases-overlap": "RUN919",
    "charter.numbers-no-paper": "RUN920",
    "charter.series-of-the-house": "RUN921",
    "charter.number-format": "RUN922",
    "charter.format-without-series": "RUN923",
    "charter.numbers-alike": "RUN924",
    "charter.seats-nobody": "RUN925",
    "charter.roster-unasked": "RUN926",
    "charter.no-map": "RUN927",
}

STAYS = frozenset(NUMBERS) - {"charter.two-tops", "charter.no-title", "charter.roster-unasked"}
"""Whatever is decided about it, it cannot be carried out: no `resolve:` turns it into a note."""
