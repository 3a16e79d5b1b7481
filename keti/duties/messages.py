MESSAGES: dict[str, tuple[str, str]] = {
    "duties.nothing-to-explain": (
        "此事已经办结，不必再作说明。",
        "It is done; nothing is left to be explained.",
    ),
    "duties.say-why": (
        "请用一两句话写明为什么没有按期，例如：等第三方数据。",
        "Say in a sentence or two why it is late, for instance: waiting for data of others.",
    ),
    "duties.expected-is-past": (
        "预计交的日子已经过去。请写今天或以后的日期，或者留空。",
        "The day it is expected has passed. Give today or a later one, or leave it out.",
    ),
    "duties.explained-subject": ("情况说明：{title}", "Why it is late: {title}"),
    "duties.explained": (
        "{who}就“{title}”说明：{text}。{when}期限仍是{due}；同意延期的，请在此事页面办理。",
        "{who} says of {title}: {text}. {when}It is still due by {due}; to allow more time, "
        "extend it on its page.",
    ),
    "duties.explained-when": ("预计{day}交。", "Expected on {day}. "),
    "duties.no-longer-owed": ("此事已不用办理。", "It is not owed any more."),
    "duties.not-waived": (
        "此事没有免办，没有可撤销的。",
        "It is not waived; nothing is taken back.",
    ),
    "duties.not-extended": (
        "此事没有延期，或者已经办结，没有可撤销的。",
        "It is not extended, or done already; nothing is taken back.",
    ),
    "duties.no-file-to-withdraw": (
        "此事不是用文件办结的，没有可撤回的文件。",
        "No file met this duty; there is none to withdraw.",
    ),
    "duties.file-is-relied-on": (
        "“{file}”已有人确认或正在评审，不能撤回。需要更正的，请联系秘书处另行补交。",
        "Others have accepted {file} or judge it at a gate, so it is not withdrawn. Ask the "
        "secretariat to add a corrected one.",
    ),
    "duties.owed-again-subject": ("仍须办理：{title}", "Still to be done: {title}"),
    "duties.owed-again-waiver": (
        "“{title}”此前的免办已撤销，仍须在{due}前办理。理由：{reason}",
        "The waiver of {title} is taken back; it is due by {due}. Reason: {reason}",
    ),
    "duties.owed-again-extension": (
        "“{title}”此前的延期已撤销，期限恢复为{due}。理由：{reason}",
        "The extension of {title} is taken back; it is due by {due} again. Reason: {reason}",
    ),
    "duties.owed-again-filing": (
        "“{title}”交来的文件已作为误交撤回，仍须在{due}前办理。理由：{reason}",
        "The file handed in for {title} is withdrawn as a mistake; it is due by {due}. "
        "Reason: {reason}",
    ),
    "duties.announced-extension": (
        "【延期】{title}的期限由{before}延至{after}。理由：{reason}。",
        "[Extended] {title} is now due {after} instead of {before}. Reason: {reason}.",
    ),
    "duties.not-yours": (
        "此事由{who}办理；您现在的身份是“{seat}”。",
        "{who} does this; you act as {seat}.",
    ),
    "duties.vacant": (
        "此事应由“{role}”办理，但该职务尚无人担任。请秘书处先任命。",
        "{role} owes this, but nobody holds that seat yet. The secretariat appoints first.",
    ),
    "duties.each-their-own": (
        "此事由各位{role}各自办理，全部办完即办结。",
        "Each {role} does this for themselves; it is done when all have.",
    ),
    "duties.answered-in-its-room": (
        "“{title}”须在其本身的页面办理，不能以文件、链接或免办代替。",
        "{title} is done on its own page; no file, personal link or waiver takes its place.",
    ),
    "duties.ends-with-its-process": (
        "评审意见的期限随评审，提出意见的期限随征求意见：请延长评审或征求意见本身的期限。",
        "An opinion is due with its gate and a comment with its round: extend that.",
    ),
    "duties.unanswered-subject": ("不再等候答复：{count}项", "No longer waiting: {count}"),
    "duties.unanswered": (
        "{why}。以下事项没有等到答复，随之终止，您不必再等：{titles}。",
        "{why}. What you waited for ends with it unanswered; wait no longer: {titles}.",
    ),
    "duties.respond-accept": ("接收{title}", "Accept {title}"),
    "duties.respond-decide": ("审核{title}", "Decide {title}"),
    "duties.respond-confirm": ("确认{title}", "Confirm {title}"),
    "duties.respond-answer": ("处理{title}", "Answer {title}"),
    "duties.respond-comment": ("对{title}提出意见", "Comment on {title}"),
    "duties.respond-approve": ("对{title}表态", "Say yes or no to {title}"),
    "duties.respond-judge": ("评审{title}", "Judge {title}"),
    "duties.respond-open": ("开启{title}", "Open {title}"),
    "duties.respond-appoint": ("换届：{title}", "Elect or appoint anew: {title}"),
    "duties.respond-endorse": (
        "对{title}表示认可或要求修改",
        "Approve {title} or ask for changes",
    ),
    "duties.respond-vouch": ("认定自报时间：{title}", "Accept or decline a claimed time: {title}"),
    "duties.pool-managers": ("秘书处", "the secretariat"),
    "duties.pool-leads": ("{group}组长", "the leads of {group}"),
    "duties.pool-commissioner": ("委托方", "the commissioner"),
    "duties.pool-watchers": ("秘书处或监控员", "the secretariat or a monitor"),
    "duties.each-of": ("各自办理", "each for themselves"),
    "duties.nobody-yet": ("尚无人担任", "nobody holds the seat yet"),
    "duties.already-met": (
        "此事已于{when}办结。",
        "This was done on {when}.",
    ),
    "duties.cancelled": ("此事已取消或免办。", "This duty was cancelled or waived."),
    "duties.extension-must-be-later": (
        "延期后的期限必须晚于原期限{due}，也晚于现在。",
        "The new due date must be later than {due} and later than now.",
    ),
    "duties.extension-too-far": (
        "一次最多延期五年，请核对日期。",
        "One extension reaches five years at most; check the date.",
    ),
    "duties.only-others-confirm": (
        "自报的办理时间由秘书处或监控组确认；您现在的身份是“{seat}”。",
        "The secretariat or a monitor confirms a claimed time; you act as {seat}.",
    ),
    "duties.who-gains-does-not-confirm": (
        "自报的办理时间不能由{who}本人或其单位确认，请由其他有权的人确认。",
        "{who} and their unit do not confirm this claimed time; somebody else who may does.",
    ),
    "duties.claim-answered": (
        "这一自报时间已有答复。",
        "This claimed time has been answered already.",
    ),
    "duties.claim-waits": ("{title}：自报时间待确认", "{title}: a claimed time to confirm"),
    "duties.claimed-subject": ("请确认自报时间：{title}", "Please confirm a claimed time: {title}"),
    "duties.claimed": (
        "{who}称{title}已于{when}办理，并附凭据。在确认之前仍按迟交显示。办理页：",
        "{who} claims that {title} was done on {when} and attached evidence. Until it is "
        "confirmed the duty stays late. Where to answer:",
    ),
    "duties.claim-accepted-subject": ("自报时间已确认：{title}", "Claimed time confirmed: {title}"),
    "duties.claim-accepted": (
        "{title}的自报办理时间{when}已由{by}确认，按该时间计算。",
        "{by} confirmed that {title} was done on {when}; it counts from then.",
    ),
    "duties.claim-declined-subject": (
        "自报时间未予确认：{title}",
        "Claimed time not confirmed: {title}",
    ),
    "duties.claim-declined": (
        "{title}的自报办理时间{when}未获{by}确认，仍按录入时间计算。理由：{reason}",
        "{by} did not confirm that {title} was done on {when}; it counts from when it was "
        "recorded. Reason: {reason}",
    ),
    "duties.give-a-reason": ("请写明理由。", "Give the reason."),
    "duties.summary-needed": (
        "请至少写一行摘要，让收件人不打开文件也能知道内容。",
        "Write at least one line of summary, so that the reader knows the content unopened.",
    ),
    "duties.late-same-day": ("迟交（当天）", "Late (the same day)"),
    "duties.late-one-day": ("迟交（1 天）", "Late (1 day)"),
    "duties.late-days": ("迟交（{days} 天）", "Late ({days} {days:day|days})"),
    "duties.report-has-parts": (
        "“{title}”是报告，交文件也要写明各部分和计划。请按“去办理”，选“交文件”。",
        "{title} is a report: a file that is handed in for it carries its parts and its plan. Open "
        "it and choose to hand in a file.",
    ),
    "duties.file-needed": ("请选择要提交的文件。", "Choose the file to hand in."),
    "duties.not-owed-now": ("此事现在不需要办理。", "Nothing is owed here now."),
    "duties.no-person": (
        "“{seat}”没有登记代表人，无法生成个人链接。",
        "{seat} has no person on record, so no personal link can be made.",
    ),
    "duties.only-leads-announce": (
        "群公告由秘书处或组长记入；您现在的身份是“{seat}”。文字可以复制。",
        "The secretariat or a group's lead logs announcements; you act as {seat}. The text can be "
        "copied.",
    ),
    "duties.reminder-subject": ("{title}：{due}前", "{title}: due {due}"),
    "duties.reminder": (
        "{title}应于{due}前办理。办理页：",
        "{title} is due {due}. Where to do it:",
    ),
    "duties.escalation-subject": ("尚未收到：{title}", "Not yet received: {title}"),
    "duties.escalation": (
        "{title}原定{due}前由{who}办理，至今未收到。请协调。",
        "{title} was due {due} from {who} and has not been received. Please help it along.",
    ),
    "duties.extended-subject": ("已延期：{title}", "Extended: {title}"),
    "duties.extended": (
        "{title}的期限已由{before}延至{after}。理由：{reason}",
        "{title} is extended from {before} to {after}. Reason: {reason}",
    ),
    "duties.announce-head": ("【{programme}】各位老师：", "[{programme}] Dear colleagues,"),
    "duties.announce-waited-head": (
        "以下事项约定的时间已过（逾期），尚未收到，烦请抽空办理：",
        "Past their agreed time and not yet received; please see to them when you can:",
    ),
    "duties.announce-waited": (
        "{title}（{who}）　原定 {due} 前",
        "{title} ({who}), agreed for {due}",
    ),
    "duties.announce-coming-head": ("近期到期的事项：", "Falling due in the coming days:"),
    "duties.announce-coming": ("{due} 前　{title}（{who}）", "by {due}: {title} ({who})"),
    "duties.announce-groups": ("{count} 个组：{groups}", "{count} {count:group|groups}: {groups}"),
    "duties.announce-count": ("{count} 家", "{count} of them"),
    "duties.announce-chase-head": (
        "{title}还有 {count} 家没有收到，烦请抽空办理：",
        "{title}: {count} have not come yet; please see to them when you can:",
    ),
    "duties.announce-all-in": ("{title}已经收齐，谢谢各位！", "{title}: all are in. Thank you!"),
    "duties.link-said": (
        "{who}，您好！请点开下面的链接办理“{deed}”，{due}前办好即可，不用注册、不用登录。链接只供您本人使用，请勿转发，谢谢！\n{url}",
        "Dear {who}, please open the link below to do this: {deed}. It is due by {due}; no account "
        "and no sign-in is needed. The link is for you alone; please do not pass it on.\n{url}",
    ),
    "duties.announce-separator": ("、", "; "),
    "duties.announce-finding": ("答复监控意见", "Answer to a finding"),
    "duties.announce-none": ("近期没有到期事项。", "Nothing falls due in the coming days."),
    "duties.announce-foot": (
        "已办的请忽略。办理入口：{url}　有困难请与秘书处联系，谢谢！",
        "Please disregard what is done. Where to do it: {url}. The secretariat is glad to help.",
    ),
    "duties.deed-report": ("提交{title}", "Hand in: {title}"),
    "duties.deed-promise": ("说明兑现情况：{title}", "Say what became of: {title}"),
    "duties.deed-meeting": ("召开{title}", "Hold: {title}"),
    "duties.deed-decision": ("作出决定：{title}", "Decide: {title}"),
    "duties.deed-consultation": ("组织{title}", "Run: {title}"),
    "duties.link-for-open-duties": (
        "此事现在没有要办的，不能生成个人链接；退回修改后可以再生成。",
        "Nothing is open in this duty just now, so it gets no personal link; once returned it may.",
    ),
    "duties.no-such-link": (
        "没有这条个人链接。请刷新页面后再试。",
        "There is no such personal link. Load the page again.",
    ),
    "duties.link-shown-once": (
        "这条链接已经发过，只显示一次。需要新的链接，请回到事项页再发一次。",
        "This link was issued and is shown only once. Go back to the duty's page for a new one.",
    ),
    "duties.link-asked-too-often": (
        "提交得太频繁，请过一小时再试，或直接联系秘书处。",
        "Too many attempts. Try again in an hour, or ask the secretariat.",
    ),
}
