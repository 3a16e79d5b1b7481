MESSAGES: dict[str, tuple[str, str]] = {
    "notify.waited-when-restored": (
        "平台从备份恢复时，这封信正在等待发出，可能已经发出过",
        "It waited when the installation was put back from a backup, and may have been sent since",
    ),
    "notify.way-in": (
        "请点此进入（只供您本人使用，用一次即失效，有效期至{until}；请勿转发）：",
        "Enter here (for you alone; works once, until {until}; do not pass it on):",
    ),
    "notify.address-impossible": (
        "邮箱地址写法有误，任何服务器都无法投递。请在名册中更正后重发。",
        "No mail server can deliver to this address. Correct it in the roster, then send again.",
    ),
    "notify.address-refused": (
        "收件服务器不接受这个地址。请核对地址，更正后重发，或当面、电话告知。",
        "The mail server does not take this address. Check it, then send again or tell in person.",
    ),
    "notify.letter-refused": (
        "邮件服务器拒收这封信。请当面或电话告知，并请管理员查看原因。",
        "The mail server refuses this letter. Tell in person; ask the administrator for the cause.",
    ),
    "notify.we-are-refused": (
        "邮件服务器不接受本系统的来信（登录、加密或转发设置）。请管理员检查发信设置。",
        "The mail server does not take mail from this installation (sign-in, encryption, relay). "
        "Ask the administrator to check the settings of mail.",
    ),
    "notify.server-busy": (
        "邮件服务器暂不接收，稍后自动再试。",
        "The mail server does not take it just now; it is tried again by itself.",
    ),
    "notify.server-gone": (
        "交信途中与邮件服务器断开，信未交出，稍后自动再试。",
        "The connection to the mail server broke before the letter was handed over; it is tried "
        "again by itself.",
    ),
    "notify.reply-lost": (
        "信已交给邮件服务器但没有等到答复，可能已送达。不会自动重发，请核实后决定是否重发。",
        "The letter was handed to the mail server and no answer came; it may have arrived. It is "
        "not sent again by itself: ask, then decide.",
    ),
    "notify.no-address": (
        "名册中没有此人的邮箱，请当面或电话告知。",
        "The roster has no mail address of this person; tell in person or by telephone.",
    ),
    "notify.digest-subject": ("消息汇总：{count} 件", "What happened: {count}"),
    "notify.digest-foot": (
        "这是每天一封的消息汇总。要改为立即收到或只在站内看，请到 {where} 。",
        "This is the one letter a day with what happened. To be told at once, or on the pages "
        "only, go to {where} .",
    ),
    "notify.only-ones-own-wish": (
        "收信方式只能由本人改：{who}。",
        "Only {who} can change how they are told.",
    ),
    "notify.cannot-be-written": (
        "这封信无法生成，稍后自动再试。请管理员查看日志。",
        "This letter cannot be put together; it is tried again by itself. Ask the administrator "
        "to look into the log.",
    ),
}
