"""What is said where something of intake is taken back, corrected or handed over."""

UNDOING: dict[str, tuple[str, str]] = {
    "intake.returning-needs-a-reason": (
        "请写明要补正什么；申报人会收到。",
        "Say what is to be completed; the applicant receives it.",
    ),
    "intake.returned-too-late": (
        "报名已经截止：请写明可以补到哪一天（今天以后），否则退回后不能再交。",
        "The window has closed: say until which day, after today, it may be completed; else it "
        "could not be submitted again.",
    ),
    "intake.returned-too-long": (
        "补正最多给三个月，请核对日期。",
        "Three months at the most are given to complete it; check the date.",
    ),
    "intake.told-returned-subject": (
        "申报表请补正：{programme}",
        "Please complete your application: {programme}",
    ),
    "intake.told-returned": (
        "您的申报表{number}退回补正：{reasons}\n填写的内容已存为草稿，请补齐后在{until}前重新提交，届时另编回执号。",
        "Application {number} is returned for completion: {reasons}\nWhat you wrote is kept as a "
        "draft; complete it and submit it again before {until}. It gets a new number.",
    ),
    "intake.chat-open": (
        "【{programme}】征集通知（{number}）《{title}》正在报名，{closes}截止，"
        "欢迎申报，也请转告可能有兴趣的单位和个人。通知全文与申报入口：{url}",
        "[{programme}] Applications are open: {title} ({number}), until {closes}. Please apply, "
        "and pass it on to whom it may concern. The call and the form: {url}",
    ),
    "intake.chat-call": (
        "【{programme}】征集通知（{number}）《{title}》已发布。通知全文：{url}",
        "[{programme}] The call {number}, {title}, is published: {url}",
    ),
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
    "intake.close-moved": (
        "报名截止时间由{before}延至{after}，其余不变。",
        "Applications are received until {after} instead of {before}. Nothing else changes.",
    ),
    "intake.close-moved-why": (
        "报名延期（{number}），随之顺延。",
        "Moved with the later close of the call ({number}).",
    ),
    "intake.closed-already": (
        "报名已于{closes}截止，不能再延期。确需再收的，请另发通知。",
        "The window closed at {closes} and is not opened again. Publish another call where more "
        "are wanted.",
    ),
    "intake.close-only-later": (
        "新的截止时间必须晚于现在的{closes}；已公布的报名时间不能缩短。",
        "The new close must be later than {closes}; a published window is never shortened.",
    ),
    "intake.close-too-far": (
        "截止时间最多延后一年，请核对年份。",
        "The close moves by a year at the most; check the year.",
    ),
    "intake.told-reserve-subject": ("列为候补：{programme}", "On the waiting list: {programme}"),
    "intake.told-reserve": (
        "感谢申报。您的申报表{number}列为候补：有人退出或未获确认时，可能递补入选，届时另行通知。{reasons}",
        "Thank you for applying. Application {number} is on the waiting list: where somebody "
        "withdraws or is not confirmed you may be admitted in their place, and will be told. "
        "{reasons}",
    ),
    "intake.waits-already": ("这份申报表已经是候补。", "It is on the waiting list already."),
    "intake.in-whose-place": (
        "从候补递补入选，请写明顶替谁、为什么。",
        "To admit from the waiting list, say in whose place, and why.",
    ),
    "intake.still-completing": (
        "还有{count}份申报表退回补正、期限未到，请等补正期满再办结。",
        "{count} {count:application is|applications are} being completed and their time is not "
        "over; close it then.",
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
