"""Promises without an owner, a criterion or evidence; clauses that nothing implements."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.check-unproved": (
        "入选条件“{word:check}”{what_zh}。",
        "The condition of admission '{word:check}' {what_en}.",
    ),
    "charter.honour-unfounded": (
        "荣誉“{word:honour}”{what_zh}。",
        "The honour '{word:honour}' {what_en}.",
    ),
    "charter.criterion-no-fact": (
        "“{word}”不是可以核对的事实。",
        "'{word}' is not a fact that can be checked.",
    ),
    "charter.criterion-not-computed": (
        "标准“{word}”还没有任何办理环节计算：候选名单不会按它筛选，须由决定者自行核实。",
        "No act computes the criterion '{word}' yet: no shortlist goes by it, and whoever decides"
        " has to look for themselves.",
    ),
    "charter.honours-itself": (
        "“{other:role}”既决定荣誉“{word:honour}”，又是授予对象。",
        "'{other:role}' decides on the honour '{word:honour}' and may receive it.",
    ),
    "charter.company-awards": (
        "荣誉“{word:honour}”由“{other:role}”决定，担任者“{who:party}”是企业；"
        "协会评比表彰不得委托营利机构。",
        "The honour '{word:honour}' is decided by '{other:role}', held by the company "
        "'{who:party}'; awards of an association may not be run by a body that works for profit.",
    ),
    "charter.promise-unkept": (
        "承诺“{word:promise}”{what_zh}。",
        "The promise '{word:promise}' {what_en}.",
    ),
    "charter.names-nothing": (
        "“{word}”在本方案中不指任何事物。",
        "'{word}' names nothing in this charter.",
    ),
    "charter.never-due": (
        "“{word:work}”没有期限，也不是任何关口的材料：没有人会被要求去做。",
        "'{word:work}' has no due date and no gate asks for it: nobody will ever owe it.",
    ),
    "charter.principle-binds-nothing": (
        "原则“{word:principle}”没有落实于任何一处。",
        "The principle '{word:principle}' binds nothing.",
    ),
    "charter.principle-bound-to-nothing": (
        "原则“{principle:principle}”落实于“{word}”，而本方案没有它。",
        "The principle '{principle:principle}' is bound to '{word}', which this charter does "
        "not have.",
    ),
    "charter.no-amendment-rule": (
        "没有写明方案怎样调整：或者一成不变，或者随意改动。",
        "Nothing says how the charter is changed: it is either frozen or changed at will.",
    ),
    "charter.touches-nothing": (
        "调整等级“{klass:class}”涉及“{word}”，而方案没有这样的内容。",
        "The class '{klass:class}' touches '{word}', which no charter has.",
    ),
    "charter.classes-contradict": (
        "“{word}”既属于等级“{klass:class}”，又属于等级“{other:class}”，批准者不同。",
        "'{word}' is in the class '{klass:class}' and in '{other:class}', with different "
        "approvers.",
    ),
    "charter.nobody-approves": (
        "调整等级“{klass:class}”没有批准者。",
        "Nobody approves amendments of the class '{klass:class}'.",
    ),
    "charter.open-without-vote": (
        "调整等级“{klass:class}”写明了表决期，却没有表决规则：没有什么可以表决。",
        "The class '{klass:class}' says how long a vote is open, and has no rule: nothing is "
        "voted on.",
    ),
    "charter.vote-out-of-reach": (
        "调整等级“{klass:class}”须有 {needed} 人表决，而批准者最多只有 {most} 人。",
        "The class '{klass:class}' needs {needed} votes, and at most {most} people approve it.",
    ),
    "charter.names-without-consent": (
        "“{word:any}”会公开个人信息，却没有写明本人同意。",
        "'{word:any}' makes personal data public, and nothing says that people consent.",
    ),
    "charter.kept-without-term": (
        "收集申报人的个人信息，却没有写明保存多久。",
        "Applicants' personal data is collected, and nothing says for how long it is kept.",
    ),
    "charter.term-unreadable": (
        "“{word}”不是期限。",
        "'{word}' is not a term.",
    ),
    "charter.access-unreadable": (
        "“{word}”不是查阅期限。",
        "'{word}' is not a term of access.",
    ),
    "charter.rule-binds-nothing": (
        "研究链规则“{rule}”针对“{word}”，而链条中没有它。",
        "The rule '{rule}' is about '{word}', which is not in the chain.",
    ),
    "charter.rule-asks-nothing": (
        "研究链规则“{rule}”没有提出任何要求。",
        "The rule '{rule}' asks for nothing.",
    ),
    "charter.comments-unanswered": (
        "征求意见“{word:round}”没有要求逐条处理。",
        "The round '{word:round}' does not ask for an answer to each comment.",
    ),
    "charter.clause-unnamed": (
        "第 {clause} 条没有任何内容落实：{words_zh}",
        "Nothing implements clause {clause}: {words_en}",
    ),
    "charter.clause-unknown": (
        "条文表中没有第 {word} 条。",
        "The table of clauses has no clause {word}.",
    ),
    "charter.clause-not-yet": (
        "第 {clause} 条只是写明，系统尚不办理：{words_zh}",
        "Clause {clause} is declared and not yet carried out: {words_en}",
    ),
    "charter.clauses-covered": (
        "通知的 {every} 条中，{named} 条已有内容落实。",
        "{named} of the notice's {every} clauses are implemented.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.check-unproved": (
        "在 evidence 中写上 by 与 checked_by",
        "give it 'by' and 'checked_by' in 'evidence'",
    ),
    "charter.honour-unfounded": (
        "写上 criteria 与 decided_by",
        "add 'criteria' and 'decided_by'",
    ),
    "charter.criterion-no-fact": (
        "写成 task_book.met 或 reports.on_time >= 5/6 这样的事实",
        "write a fact such as task_book.met or reports.on_time >= 5/6",
    ),
    "charter.criterion-not-computed": (
        "换成系统能计算的事实，如 task_book.met、reports.on_time、inputs_verified",
        "write what is computed, such as task_book.met, reports.on_time, inputs_verified",
    ),
    "charter.honours-itself": ("换一个决定者", "let somebody else decide"),
    "charter.company-awards": (
        "由非营利方决定，或用 resolve 说明它不是评比",
        "let a body not for profit decide, or say in 'resolve' that it is no award",
    ),
    "charter.promise-unkept": ("写上 by 与 evidence", "add 'by' and 'evidence'"),
    "charter.names-nothing": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.never-due": (
        "写上 due，或列入某关口的 inputs",
        "add 'due', or make it an input of a gate",
    ),
    "charter.principle-binds-nothing": (
        "写上 bound_to: [规则、关口或事项]",
        "add 'bound_to:' with a rule, a gate or a work",
    ),
    "charter.principle-bound-to-nothing": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.no-amendment-rule": (
        "写上 amendment: classes，每级有 touches、approve、notice",
        "add 'amendment: classes', each with 'touches', 'approve' and 'notice'",
    ),
    "charter.touches-nothing": (
        "写作 calendar 或 obligations.*.due",
        "write calendar, or obligations.*.due",
    ),
    "charter.classes-contradict": ("只留在其中一级", "keep it in one class"),
    "charter.nobody-approves": ("写上 approve", "add 'approve'"),
    "charter.open-without-vote": (
        "写上 rule，如 rule: {{quorum: 2/3, approve: 3/4}}，或去掉 open",
        "add a rule such as 'rule: {{quorum: 2/3, approve: 3/4}}', or take 'open' away",
    ),
    "charter.vote-out-of-reach": (
        "把 quorum 写成不超过 {most} 的人数，或比例，如 2/3",
        "write a quorum of at most {most}, or a share such as 2/3",
    ),
    "charter.names-without-consent": (
        "写上 consent: per_person 或 release_form: per_person",
        "add 'consent: per_person' or 'release_form: per_person'",
    ),
    "charter.kept-without-term": (
        "写上 privacy: {{retain: {{rejected_application: P1Y}}}}",
        "add 'privacy: {{retain: {{rejected_application: P1Y}}}}'",
    ),
    "charter.term-unreadable": (
        "写作 P1Y，或 P90D after admission.decided",
        "write P1Y, or P90D after admission.decided",
    ),
    "charter.access-unreadable": ("写作 P6M", "write P6M"),
    "charter.rule-binds-nothing": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.rule-asks-nothing": ("写上 needs", "add 'needs'"),
    "charter.comments-unanswered": ("写上 disposition: required", "add 'disposition: required'"),
    "charter.clause-unnamed": (
        "在落实它的内容上写 source: {clause}",
        "write 'source: {clause}' on the block that implements it",
    ),
    "charter.clause-unknown": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
}

NUMBERS: dict[str, str] = {
    "charter.check-unproved": "ADM401",
    "charter.honour-unfounded": "HON501",
    "charter.criterion-no-fact": "HON502",
    "charter.honours-itself": "HON503",
    "charter.company-awards": "HON504",
    "charter.criterion-not-computed": "HON505",
    "charter.promise-unkept": "OUT601",
    "charter.names-nothing": "OUT602",
    "charter.never-due": "OUT603",
    "charter.principle-binds-nothing": "PRI701",
    "charter.principle-bound-to-nothing": "PRI702",
    "charter.no-amendment-rule": "AMD801",
    "charter.touches-nothing": "AMD802",
    "charter.classes-contradict": "AMD803",
    "charter.nobody-approves": "AMD804",
    "charter.open-without-vote": "AMD805",
    "charter.vote-out-of-reach": "AMD806",
    "charter.names-without-consent": "PRV901",
    "charter.kept-without-term": "PRV902",
    "charter.term-unreadable": "PRV903",
    "charter.access-unreadable": "PRV904",
    "charter.rule-binds-nothing": "TRC951",
    "charter.rule-asks-nothing": "TRC952",
    "charter.comments-unanswered": "CON961",
    "charter.clause-unnamed": "COV101",
    "charter.clause-unknown": "COV102",
    "charter.clauses-covered": "COV103",
    "charter.clause-not-yet": "COV104",
}
