"""Who holds what, who appoints whom, and who judges her own work."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.nobody-appoints": (
        "“{word}”有职责（{duties}），却没有担任者，也没有人任命或选举。",
        "'{word}' has duties ({duties}), but no holder and nobody who appoints or elects one.",
    ),
    "charter.watches-own-group": (
        "“{word}”可以同时担任“{other}”，即监督自己所在的组。",
        "'{word}' may also be '{other}', and so watch over her own group.",
    ),
    "charter.office-of-the-decider": (
        "“{word}”办理日常事务，与最后作决定的“{other}”同属一方或有隶属关系（{gate}）。",
        "'{word}', which runs the office, belongs to or is affiliated with '{other}', "
        "which decides last ({gate}).",
    ),
    "charter.decides-own-work": (
        "“{word}”决定关口“{gate}”，而材料“{work}”出自“{word}”自己。",
        "'{word}' decides the gate '{gate}' on '{work}', which '{word}' makes.",
    ),
    "charter.decides-kin-work": (
        "“{word}”（{party}）决定关口“{gate}”，材料“{work}”出自同一方或其隶属单位（{other}）。",
        "'{word}' ({party}) decides the gate '{gate}' on '{work}', made by the same party or "
        "one affiliated with it ({other}).",
    ),
    "charter.exclusive-yet-held": (
        "“{word}”与“{other}”不得兼任，却由同一方担任：{who}。",
        "'{word}' and '{other}' exclude each other, yet both are held by {who}.",
    ),
    "charter.quorum-out-of-reach": (
        "关口“{gate}”（{group}）须 {needed} 人，回避之后只剩 {free} 人{who_zh}。",
        "The gate '{gate}' ({group}) needs {needed}; after recusals {free} are left{who_en}.",
    ),
    "charter.appoints-in-circle": (
        "任命成环，谁也无法先上任：{chain}。",
        "They appoint each other and nobody can be first: {chain}.",
    ),
    "charter.judges-own-text": (
        "“{word}”可以同时担任“{other}”，即评审自己的材料（{gate}）。",
        "'{word}' may also be '{other}', and so judge her own text ({gate}).",
    ),
    "charter.deputy-in-circle": (
        "代行成环：{chain}。",
        "Deputies in a circle: {chain}.",
    ),
    "charter.deputy-excluded": (
        "“{word}”代行“{other}”，二者却不得兼任。",
        "'{word}' acts for '{other}', but the two exclude each other.",
    ),
    "charter.nobody-decides": (
        "关口“{gate}”由“{word}”决定，但“{word}”可以一个人也没有。",
        "The gate '{gate}' is decided by '{word}', of which there may be none.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.nobody-appoints": (
        "写上 holder、appointed_by 或 elected_by",
        "add 'holder', 'appointed_by' or 'elected_by'",
    ),
    "charter.watches-own-group": ("写上 excludes: [{other}]", "add 'excludes: [{other}]'"),
    "charter.office-of-the-decider": (
        "由另一方决定，或用 resolve 说明为何可以",
        "let another party decide, or say in 'resolve' why it may stand",
    ),
    "charter.decides-own-work": (
        "由别的角色决定，或用 resolve 说明为何可以",
        "let another role decide, or say in 'resolve' why it may stand",
    ),
    "charter.decides-kin-work": (
        "由另一方决定，或用 resolve 说明为何可以",
        "let another party decide, or say in 'resolve' why it may stand",
    ),
    "charter.exclusive-yet-held": ("换一方担任其中之一", "give one of them to another party"),
    "charter.quorum-out-of-reach": (
        "增加人数，或降低法定人数",
        "seat more people, or lower the quorum",
    ),
    "charter.appoints-in-circle": (
        "给其中之一写上 holder 或另一任命者",
        "give one of them a holder or another appointer",
    ),
    "charter.judges-own-text": ("写上 excludes: [{other}]", "add 'excludes: [{other}]'"),
    "charter.deputy-in-circle": ("去掉其中一处 deputises", "remove one 'deputises'"),
    "charter.deputy-excluded": ("换一个角色代行", "let another role deputise"),
    "charter.nobody-decides": ("把 min 写成至少 1", "set its 'min' to 1 or more"),
}

NUMBERS: dict[str, str] = {
    "charter.nobody-appoints": "ROL201",
    "charter.watches-own-group": "ROL202",
    "charter.office-of-the-decider": "ROL203",
    "charter.decides-own-work": "ROL204",
    "charter.decides-kin-work": "ROL205",
    "charter.exclusive-yet-held": "ROL206",
    "charter.quorum-out-of-reach": "ROL207",
    "charter.appoints-in-circle": "ROL208",
    "charter.judges-own-text": "ROL209",
    "charter.deputy-in-circle": "ROL210",
    "charter.deputy-excluded": "ROL211",
    "charter.nobody-decides": "ROL212",
}
