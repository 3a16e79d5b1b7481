"""Gates that cannot open, cannot end or have no way back."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.no-way-back": (
        "关口“{word:gate}”只有通过一种结论，材料不合格时没有去处。",
        "The gate '{word:gate}' can only say yes; work that is not good enough has nowhere to go.",
    ),
    "charter.no-way-on": (
        "关口“{word:gate}”没有任何通过的结论。",
        "The gate '{word:gate}' has no outcome that lets anything pass.",
    ),
    "charter.no-deadline": (
        "关口“{word:gate}”没有作出决定的期限。",
        "The gate '{word:gate}' has no date by which it must decide.",
    ),
    "charter.guard-never-true": (
        "条件式永远不会成立：{why_zh:any}。",
        "This condition can never become true: {why_en:any}.",
    ),
    "charter.waits-in-circle": (
        "互相等待，谁也开始不了：{chain:any}。",
        "They wait for each other and none can begin: {chain:any}.",
    ),
    "charter.gate-unreachable": (
        "无论前面怎样决定，关口“{word:gate}”都不会打开：{chain:any}。",
        "Whatever is decided before it, the gate '{word:gate}' never opens: {chain:any}.",
    ),
    "charter.dead-end": (
        "若{chain:any}，课题就停在这里：“{waiting:any}”一直在等 {wanted:any}。",
        "If {chain:any}, the programme is stuck: '{waiting:any}' goes on waiting for {wanted:any}.",
    ),
    "charter.rounds-without-revise": (
        "关口“{word:gate}”写明了多轮或修改期限，结论中却没有退回修改。",
        "The gate '{word:gate}' has rounds or a time for revision, but no outcome that "
        "sends work back.",
    ),
    "charter.decides-for-nothing": (
        "没有任何事项、关口或阶段等待关口“{word:gate}”的结论。",
        "No work, gate or phase waits for what the gate '{word:gate}' decides.",
    ),
    "charter.request-with-a-day": (
        "关口“{word:gate}”按申请决定，没有固定的日子：“{key:key}”用不上。",
        "The gate '{word:gate}' is decided on request and has no day of its own: '{key:key}' is "
        "not read.",
    ),
    "charter.request-outcomes": (
        "关口“{word:gate}”按申请决定，须有一种结论同意所请（通过，或终止），一种不同意。",
        "The gate '{word:gate}' is decided on request: one outcome grants what is asked for "
        "(approve, or stop) and one refuses it.",
    ),
    "charter.nobody-may-ask": (
        "关口“{word:gate}”按申请决定，却没有人可以申请。",
        "The gate '{word:gate}' is decided on request, and nobody may ask for it.",
    ),
    "charter.asked-by-nobody": (
        "关口“{word:gate}”有固定的日子，不按申请决定：“{key:key}”用不上。",
        "The gate '{word:gate}' has a day of its own and is not decided on request: '{key:key}' "
        "is not read.",
    ),
    "charter.refuse-without-request": (
        "关口“{word:gate}”没有人申请，也就没有什么可以不同意。",
        "Nobody asks for the gate '{word:gate}', so there is nothing to refuse.",
    ),
    "charter.two-steps-in-one": (
        "关口“{word:gate}”既要一致同意，又写了先求一致：没有第二步。",
        "The gate '{word:gate}' must be unanimous and seeks consensus first: there is no second "
        "step.",
    ),
    "charter.never-ends": (
        "没有结题事项，也没有全课题的关口，课题不会结束。",
        "There is neither a closing work nor a gate of the whole programme: it never ends.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.no-way-back": ("在 outcomes 中加上 revise 或 stop", "add 'revise' or 'stop'"),
    "charter.no-way-on": ("在 outcomes 中加上 approve", "add 'approve' to outcomes"),
    "charter.no-deadline": (
        "写上 by: 日期；没有固定日子的，写 on_request: true",
        "add 'by:' with a date, or 'on_request: true' where it has none",
    ),
    "charter.request-with-a-day": (
        "去掉它；多久之内决定写在 within 中，如 within: P14D",
        "take it away; how soon it is decided stands in 'within', such as P14D",
    ),
    "charter.request-outcomes": (
        "写 outcomes: [approve, refuse]；申请终止的写 [stop, refuse]",
        "write 'outcomes: [approve, refuse]', or '[stop, refuse]' where an end is asked for",
    ),
    "charter.nobody-may-ask": (
        "写上 asked_by: [角色]",
        "add 'asked_by' with a role",
    ),
    "charter.asked-by-nobody": (
        "去掉它，或写上 on_request: true 并去掉 by",
        "take it away, or add 'on_request: true' and take 'by' away",
    ),
    "charter.two-steps-in-one": (
        "去掉 unanimous，写上 approve，如 approve: 3/4",
        "take 'unanimous' away and write 'approve', such as 3/4",
    ),
    "charter.refuse-without-request": (
        "换成 revise 或 stop，或写上 on_request: true",
        "write 'revise' or 'stop', or add 'on_request: true'",
    ),
    "charter.guard-never-true": (
        "改条件式，或放宽其中的一项",
        "change the condition or relax one of its parts",
    ),
    "charter.waits-in-circle": ("去掉其中一处等待", "remove one of these waits"),
    "charter.gate-unreachable": ("改 when、needs 或 inputs", "change 'when', 'needs' or 'inputs'"),
    "charter.dead-end": (
        "让 when 也接受这个结论，或给这个结论另一条出路",
        "let 'when' accept this outcome too, or give it another way on",
    ),
    "charter.rounds-without-revise": ("在 outcomes 中加上 revise", "add 'revise' to outcomes"),
    "charter.decides-for-nothing": (
        "在后面事项的 needs 或关口的 when 中写上它",
        "name it in 'needs' of a later work or in 'when' of a later gate",
    ),
    "charter.never-ends": (
        "加上一项 form: closing 的事项",
        "add a work with 'form: closing'",
    ),
}

NUMBERS: dict[str, str] = {
    "charter.no-way-back": "GAT301",
    "charter.no-deadline": "GAT302",
    "charter.guard-never-true": "GAT303",
    "charter.waits-in-circle": "GAT304",
    "charter.gate-unreachable": "GAT305",
    "charter.dead-end": "GAT306",
    "charter.rounds-without-revise": "GAT307",
    "charter.no-way-on": "GAT308",
    "charter.decides-for-nothing": "GAT309",
    "charter.never-ends": "GAT310",
    "charter.request-with-a-day": "GAT311",
    "charter.request-outcomes": "GAT312",
    "charter.nobody-may-ask": "GAT313",
    "charter.asked-by-nobody": "GAT314",
    "charter.refuse-without-request": "GAT315",
    "charter.two-steps-in-one": "GAT316",
}
