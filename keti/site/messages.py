MESSAGES: dict[str, tuple[str, str]] = {
    "site.no-key": (
        "发来的表单缺少防止重复提交的编号，所以没有办理。请返回上一页，刷新后重新提交；"
        "写下的文字还在。",
        "The form came without the number that keeps it from being sent twice, so nothing was done."
        " Go back, reload the page and send it again; what you typed is still there.",
    ),
    "site.signed-out": (
        "您已退出登录，没有存到服务器。文字已留在本机，请登录后再试。",
        "You are signed out, so this was not kept on the server. What you typed is still on this"
        " device; sign in and try again.",
    ),
    "site.only-leads-remind": (
        "提醒由秘书处或本组组长发出；您现在的身份是“{seat}”。",
        "Reminders come from the secretariat or the group's lead; you act as {seat}.",
    ),
    "site.only-the-secretariat-resends": (
        "重发由秘书处办理；您现在的身份是“{seat}”。",
        "The secretariat sends letters again; you act as {seat}.",
    ),
    "site.only-the-writer-recalls": (
        "撤回由写信的人或秘书处办理；您现在的身份是“{seat}”。",
        "Who wrote a letter, or the secretariat, recalls it; you act as {seat}.",
    ),
    "site.letter-has-gone": (
        "“{title}”已过可撤回的时间，或已撤回过。已发出的信请另写一封更正。",
        "{title} can no longer be recalled, or was recalled already. What has gone out is put "
        "right by another letter.",
    ),
    "site.only-leads-write": (
        "写信由秘书处办理，组长可以写给本组；您现在的身份是“{seat}”。",
        "The secretariat writes letters, a lead to the own group; you act as {seat}.",
    ),
    "site.letter-to-nobody": (
        "还没有收件人：请选分组、职务、欠交的事项，或另加的人。所选职务若无人担任，也没有收件人。",
        "Nobody would get this letter. Choose groups, roles, what is owed, or people by hand; a "
        "seat in which nobody acts has no reader.",
    ),
    "site.letter-without-subject": ("请写标题。", "Write a subject."),
    "site.letter-without-text": ("请写正文。", "Write the text."),
    "site.letter-too-long": (
        "正文有 {length} 字，最多 {most} 字。请缩短，或把长的内容作为附件。",
        "The text has {length} characters, at most {most} go. Shorten it, or enclose a file.",
    ),
    "site.letter-unknown-place": (
        "不认识这些占位：{places}。可用的有 {{姓名}} {{单位}} {{组别}} {{职务}}，"
        "请改正或去掉花括号。",
        "No record fills these places: {places}. There are {{name}} {{unit}} {{group}} {{role}}; "
        "correct them, or take the braces away.",
    ),
    "site.letter-too-heavy": (
        "附件合计约 {mb} MB，最多 {most} MB，再大多数邮件服务器不收。请减少或压缩。",
        "The files weigh about {mb} MB together, at most {most} MB go by mail. Take some out, or "
        "make them smaller.",
    ),
    "site.letter-changed": (
        "收件人或内容和刚才预览的不一样，请再看一遍，然后发送。",
        "The audience or the letter is not what you were shown. Look once more, then send.",
    ),
    "site.letter-needs-no-sending": (
        "“{title}”已发出，或正在待发，不必重发。",
        "{title} went out already, or waits to go out.",
    ),
    "site.nothing-to-remind": ("“{title}”已经办结，不必再提醒。", "{title} is done already."),
    "site.reminded-today": (
        "“{title}”今天已经提醒过。",
        "{title}: a reminder went today.",
    ),
    "site.nobody-to-remind": (
        "“{title}”尚无人担任，请秘书处先任命。",
        "Nobody holds the seat that owes {title}. The secretariat appoints first.",
    ),
    "site.reminder-subject": ("请留意：{title}（{due}前）", "Please note: {title}, due {due}"),
    "site.reminder": (
        "{who}请您留意：{title}应于{due}前办理。如有困难，请回复秘书处，可以协商延期。",
        "{who} asks you to note that {title} is due {due}. If this is difficult, tell the "
        "secretariat: an extension can be agreed.",
    ),
    "site.applications-wait": (
        "{count} 份申报待审",
        "{count} {count:application waits|applications wait} for a decision",
    ),
    "site.no-such-demo-person": ("演示人物不存在。", "There is no such demo person."),
    "site.holiday-line": (
        "第 {line} 行“{text}”看不出是哪几天。请写成：2月15日至21日 春节；"
        "调休上班写成：2月14日 上班。",
        "Line {line}, “{text}”: no days can be read from it. Write 2-15 to 2-21 Spring Festival, "
        "and 2-14 work for a weekend that is worked.",
    ),
}
