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
    "charter.never-ends": (
        "没有结题事项，也没有全课题的关口，课题不会结束。",
        "There is neither a closing work nor a gate of the whole programme: it never ends.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.no-way-back": ("在 outcomes 中加上 revise 或 stop", "add 'revise' or 'stop'"),
    "charter.no-way-on": ("在 outcomes 中加上 approve", "add 'approve' to outcomes"),
    "charter.no-deadline": ("写上 by: 日期", "add 'by:' with a date"),
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
}
