"""What is said where something of intake is taken back, corrected or handed over."""

UNDOING: dict[str, tuple[str, str]] = {
    "intake.not-decided": (
        "这份申报表还没有决定，没有可撤销的。",
        "This application is not decided; there is nothing to take back.",
    ),
    "intake.taking-back-needs-a-reason": (
        "请写明撤销决定的理由；申报人会收到。",
        "Give the reason for taking the decision back; the applicant receives it.",
    ),
    "intake.decision-admitted": ("入选", "admitted"),
    "intake.decision-rejected": ("未入选", "not admitted"),
    "intake.told-taken-back-subject": (
        "申报结果撤销：{programme}",
        "The decision on your application is taken back: {programme}",
    ),
    "intake.told-taken-back": (
        "此前通知您申报表{number}的结果为“{decision}”，该决定现予撤销，申报表将重新审核，结果另行通知。理由：{why}",
        "You were told that application {number} was {decision}. That decision is taken back; the "
        "application is considered anew and you will be told the outcome. Reason: {why}",
    ),
    "intake.erratum-needs-text": ("请写明更正的内容。", "Say what is corrected."),
    "intake.erratum-needs-a-reason": ("请写明更正的原因。", "Say why it is corrected."),
    "intake.told-erratum-subject": (
        "征集通知更正（{number}）：{programme}",
        "Erratum {number} to the call: {programme}",
    ),
    "intake.told-erratum": (
        "您填报的征集通知（{call}）有更正（{number}）：{text}\n原因：{reason}\n已填写的内容不受影响，请核对后再提交。",
        "The call you are answering ({call}) is corrected by {number}: {text}\nReason: {reason}\n"
        "What you have filled in stays as it is; please check it before you submit.",
    ),
    "intake.replacing-needs-a-reason": ("请写明换人原因。", "Say why the seat changes hands."),
    "intake.replaced-before-it-began": (
        "换人的时间不能早于原任起任的时间{since}。",
        "The seat cannot change hands before its present holder took it at {since}.",
    ),
    "intake.replaced-by-the-same": (
        "{who}就是现任，不用换人。",
        "{who} holds the seat already.",
    ),
    "intake.mailbox-needs-a-reason": (
        "请写明移交邮箱的理由（例如已离职，邮箱由某人接管）。",
        "Say why the address is handed over (they left, and somebody else reads it now).",
    ),
    "intake.new-holder-has-an-address": (
        "{who}已登记邮箱或已能登录，不能再接收这个邮箱。请选“暂时没有人”，或选没有登记邮箱的人。",
        "{who} has an address on record, or signs in already, and cannot take this one. Choose "
        "nobody for now, or somebody without an address.",
    ),
}
