"""Who holds what, who appoints whom, and who judges her own work."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.nobody-appoints": (
        "“{word:role}”没有担任者，也没有人任命或选举，却有职责：{duties:any}。",
        "'{word:role}' has no holder and nobody who appoints or elects one, but duties: "
        "{duties:any}.",
    ),
    "charter.watches-own-group": (
        "“{word:role}”可以同时担任“{other:role}”，即监督自己所在的组。",
        "'{word:role}' may also be '{other:role}', and so watch over her own group.",
    ),
    "charter.office-of-the-decider": (
        "“{word:role}”办理日常事务，与最后决定“{gate:gate}”的“{other:role}”同属一方或有隶属关系。",
        "'{word:role}', which runs the office, belongs to or is affiliated with '{other:role}', "
        "which decides last: '{gate:gate}'.",
    ),
    "charter.decides-own-work": (
        "“{word:role}”决定关口“{gate:gate}”，而材料“{work:work}”出自“{word:role}”自己。",
        "'{word:role}' decides the gate '{gate:gate}' on '{work:work}', which '{word:role}' makes.",
    ),
    "charter.decides-kin-work": (
        "“{word:role}”决定关口“{gate:gate}”，材料“{work:work}”出自同一方或其隶属单位："
        "{party:party}与{other:party}。",
        "'{word:role}' decides the gate '{gate:gate}' on '{work:work}', made by the same party or "
        "one affiliated with it: {party:party} and {other:party}.",
    ),
    "charter.exclusive-yet-held": (
        "“{word:role}”与“{other:role}”不得兼任，却由同一方担任：{who:party}。",
        "'{word:role}' and '{other:role}' exclude each other, yet both are held by {who:party}.",
    ),
    "charter.quorum-out-of-reach": (
        "关口“{gate:gate}”在“{group:group}”须 {needed} 人，回避之后只剩 {free} 人{who_zh:any}。",
        "In '{group:group}' the gate '{gate:gate}' needs {needed}; after recusals {free} are "
        "left{who_en:any}.",
    ),
    "charter.no-spare": (
        "关口“{gate:gate}”要“{word:role}”全部 {most} 席参加决定：有一席回避就决定不了。",
        "The gate '{gate:gate}' needs all {most} seats of '{word:role}': one recusal, and it "
        "cannot decide.",
    ),
    "charter.appoints-in-circle": (
        "任命成环，谁也无法先上任：{chain:role}。",
        "They appoint each other and nobody can be first: {chain:role}.",
    ),
    "charter.judges-own-text": (
        "“{word:role}”可以同时担任“{other:role}”，即在关口“{gate:gate}”评审自己的材料。",
        "At the gate '{gate:gate}' '{word:role}' may also be '{other:role}', and so judge her "
        "own text.",
    ),
    "charter.unused-party": (
        "没有角色或别的内容用到“{word:party}”。",
        "No role and nothing else names '{word:party}'.",
    ),
    "charter.deputy-in-circle": (
        "代行成环：{chain:role}。",
        "Deputies in a circle: {chain:role}.",
    ),
    "charter.deputy-excluded": (
        "“{word:role}”代行“{other:role}”，二者却不得兼任。",
        "'{word:role}' acts for '{other:role}', but the two exclude each other.",
    ),
    "charter.nobody-decides": (
        "关口“{gate:gate}”由“{word:role}”决定，但“{word:role}”可以一个人也没有。",
        "The gate '{gate:gate}' is decided by '{word:role}', of which there may be none.",
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
    "charter.no-spare": (
        "把 max 写大一席，或把这里的 min 写小",
        "raise 'max' of the role by one, or lower 'min' here",
    ),
    "charter.appoints-in-circle": (
        "给其中之一写上 holder 或另一任命者",
        "give one of them a holder or another appointer",
    ),
    "charter.judges-own-text": ("写上 excludes: [{other}]", "add 'excludes: [{other}]'"),
    "charter.deputy-in-circle": ("去掉其中一处 deputises", "remove one 'deputises'"),
    "charter.deputy-excluded": ("换一个角色代行", "let another role deputise"),
    "charter.unused-party": (
        "在角色中写上 holder: {word}，或删去；只在名单中出现的单位可以留着",
        "write 'holder: {word}' in a role, or remove it; one only the roster names may stay",
    ),
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
    "charter.no-spare": "ROL213",
    "charter.unused-party": "ROL214",
}
