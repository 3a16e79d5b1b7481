MESSAGES: dict[str, tuple[str, str]] = {
    "groups.seat-by-office": (
        "“{seat}”由“{office}”当然担任，随该席位换人；请在“{office}”那里办理。",
        "The seat {seat} goes with the seat {office}: change that one.",
    ),
    "groups.no-term": (
        "“{seat}”没有任期。",
        "The seat {seat} has no term of office.",
    ),
    "groups.renewed-enough": (
        "“{seat}”按方案最多连任 {count} 次，已经满了：届满由他人接任。",
        "The charter lets the seat {seat} be renewed {count} times, and so it was: somebody else "
        "follows.",
    ),
    "groups.renewed-too-early": (
        "“{seat}”的任期还早：{day} 起可以办理连任。",
        "It is too early for the seat {seat}: its term can be renewed from {day} on.",
    ),
    "groups.told-renewed-subject": (
        "连任：{seat}",
        "Another term: {seat}",
    ),
    "groups.told-renewed": (
        "您连任“{seat}”，任期至 {until}。",
        "You hold the seat {seat} for another term, until {until}.",
    ),
    "groups.told-term-over-subject": (
        "任期届满：{seat}",
        "Your term is over: {seat}",
    ),
    "groups.told-term-over": (
        "您在“{seat}”的任期已于 {until} 届满。没有办结的事项转给接任的人。",
        "Your term in the seat {seat} ended with {until}. What is open passes to who follows.",
    ),
    "groups.role-by-office": (
        "“{role}”由其他职务的任职者当然担任，不另行任命。",
        "The {role} holds another office and comes by it; nobody is appointed.",
    ),
    "groups.nomination-unanswered": (
        "{unit}提名您担任“{seat}”的代表人，您还没有答复。请先在“我的账户”答复是否接受。",
        "{unit} nominated you to act in the seat {seat}, and you have not answered yet. Answer on "
        "your account page first.",
    ),
    "groups.no-nomination-waits": (
        "这里没有等候答复的提名。",
        "No nomination waits for an answer here.",
    ),
    "groups.only-the-nominated-answers": (
        "是否接受提名由{who}的被提名人本人答复，或由秘书处凭其签字件代录。",
        "Whether to accept is answered by whom {who} nominated, or recorded by the secretariat "
        "from their signed paper.",
    ),
    "groups.told-nominated-subject": (
        "{unit}提名您为代表人，请答复",
        "{unit} nominates you: please answer",
    ),
    "groups.told-nominated": (
        "{unit}在“{programme}”（由{body}承担）中提名您代表该单位担任“{seat}”。请登录后在“我的账户”答复是否接受；答复之前，您不办理这一职务的事项。",
        "{unit} nominates you to act for it in {programme}, run by {body}, in the seat {seat}. "
        "Sign in and answer on your account page; until then nothing is asked of you there.",
    ),
    "groups.told-nomination-accepted-subject": (
        "{who}接受提名：{seat}",
        "{who} accepts the nomination: {seat}",
    ),
    "groups.told-nomination-accepted": (
        "{who}已接受{unit}的提名，担任“{seat}”的代表人。",
        "{who} accepts to act for {unit} in the seat {seat}.",
    ),
    "groups.told-nomination-declined-subject": (
        "{who}谢绝提名：{seat}",
        "{who} declines the nomination: {seat}",
    ),
    "groups.told-nomination-declined": (
        "{who}谢绝{unit}的提名。“{seat}”现在没有代表人，请与该单位联系，另行指定。",
        "{who} declines to act for {unit}. Nobody acts in the seat {seat} now; ask the unit for "
        "another name and record it.",
    ),
    "groups.standing-in-needs-a-reason": (
        "请写明为什么由副职代行，例如：组长出国两周。",
        "Say why a deputy stands in, for instance: the lead is abroad for two weeks.",
    ),
    "groups.does-not-deputise": (
        "实施方案没有规定{who}可以代行“{role}”，或者该单位尚未指定代表人。",
        "The charter does not let {who} stand in for the {role}, or nobody acts for them yet.",
    ),
    "groups.only-the-holder-lets-stand-in": (
        "由谁代行，由{who}本人或秘书处决定。",
        "Who stands in is decided by {who} or the secretariat.",
    ),
    "groups.told-stands-in-subject": ("代行职务：{seat}", "Standing in: {seat}"),
    "groups.told-stands-in": (
        "{who}从现在起代行“{seat}”：可在页面上方换成这一身份办理其事项，以本人名义留下记录。理由：{reason}。",
        "{who} stands in for {seat} from now on: choose that seat at the top of the page to do "
        "what it owes, on record under your own name. Reason: {reason}.",
    ),
    "groups.told-stands-in-no-longer-subject": (
        "不再代行职务：{seat}",
        "No longer standing in: {seat}",
    ),
    "groups.told-stands-in-no-longer": (
        "{who}不再代行“{seat}”。代行期间所办的照旧有效。",
        "{who} no longer stands in for {seat}. What was done meanwhile stays.",
    ),
    "groups.order-is-none": (
        "序号请写 0 至 {most} 的整数，小的在前；不排序的留空。",
        "Give an order from 0 to {most}, the lower first; leave it out for none.",
    ),
    "groups.nothing-to-restyle": (
        "称谓和序号都没有变动，没有可更改的。",
        "Neither honorific nor order differs; there is nothing to change.",
    ),
    "groups.annulling-needs-a-reason": (
        "请写明误在何处。",
        "Say what the mistake was.",
    ),
    "groups.seat-was-used": (
        "已有人以“{seat}”身份办理过事项，不能作为误任撤销；请办理离任。",
        "Something was done in the seat {seat} already, so the appointment cannot be taken back as "
        "a mistake. End the seat instead.",
    ),
    "groups.told-annulled-subject": ("任命撤销告知：{seat}", "Appointment taken back: {seat}"),
    "groups.told-annulled": (
        "此前告知您担任“{seat}”，系误任，现予撤销，请勿按该职务办理。说明：{reason}",
        "You were told that you hold the seat {seat}. That was a mistake and is taken back; please "
        "do nothing in it. Explanation: {reason}",
    ),
    "groups.told-replaced-subject": ("换人告知：{seat}", "Your seat passes on: {seat}"),
    "groups.told-replaced": (
        "您担任的“{seat}”自即日起由{who}接任，尚未办结的事项一并移交。原因：{reason}",
        "From today {who} holds the seat {seat} in your place; what is still open passes on. "
        "Reason: {reason}",
    ),
    "groups.announced-delegate": (
        "【代表人更换】{unit}改由{person}代表（{seat}），即日起生效。",
        "[Delegate] {unit} is now represented by {person} ({seat}), from today.",
    ),
    "groups.delegate-of-another-unit": (
        "{who}登记的单位是“{known}”，不是“{unit}”。请换本单位的人；确由外单位的人代表，请勾选后再提交，将记入办理记录。",
        "{who} is on record with {known}, not {unit}. Name somebody of the unit; where somebody of "
        "another unit really acts for it, tick that and send again: it is recorded.",
    ),
    "groups.has-ended": (
        "实施方案已不再设{group}的{role}，不能任命。",
        "The charter no longer has {role} in {group}; nobody is appointed to it.",
    ),
    "groups.no-seat": (
        "您在本课题中没有可用的职务。请与秘书处联系。",
        "You hold no seat in this programme. Ask the secretariat.",
    ),
    "groups.rights-have-ended": (
        "{title}已经结束，实施方案规定的查阅期限也已届满，内部页面不再开放。已发布的成果仍可在公开页面查看；"
        "需要其他材料，请与秘书处联系。",
        "{title} has ended, and so has the term for which its charter lets participants read the "
        "inner pages. What was published stays public; for anything else ask the secretariat.",
    ),
    "groups.not-your-seat": (
        "{who}不能以“{seat}”身份办理：该职务由{holder}担任。",
        "{who} cannot act as {seat}: that seat is held by {holder}.",
    ),
    "groups.seat-has-ended": (
        "职务“{seat}”的任期已经结束，不能再以此身份办理。",
        "The seat {seat} has ended; nobody acts in it any more.",
    ),
    "groups.only-the-secretariat-records-for-others": (
        "只有秘书处或本单位代表人可以代录；您现在的身份是“{seat}”。",
        "Only the secretariat or the unit's delegate records for others; you act as {seat}.",
    ),
    "groups.on-behalf-needs-paper": (
        "代录此事须附签字或盖章的原件扫描。请上传后再提交。",
        "Recording this for somebody needs the signed paper. Attach the scan and send again.",
    ),
    "groups.late-recording-needs-evidence": (
        "补录须附凭据（扫描件、照片或聊天记录截图）。请上传后再提交。",
        "Recording something that happened earlier needs evidence. Attach a scan, photograph or "
        "screenshot and send again.",
    ),
    "groups.late-recording-not-allowed": (
        "实施方案不允许补录；请按现在的时间提交。",
        "The charter does not allow recording late; send it with the present time.",
    ),
    "groups.on-behalf-not-allowed": (
        "实施方案不允许代录；请由本人办理。",
        "The charter does not allow recording for others; they do it themselves.",
    ),
    "groups.claimed-too-early": (
        "自报的办理时间早于可以办理的时间{earliest}。请核对实际办理时间。",
        "The time claimed lies before {earliest}, when this could be done at the earliest. "
        "Check when it happened.",
    ),
    "groups.only-the-secretariat": (
        "此事由秘书处办理；您现在的身份是“{seat}”。",
        "The secretariat does this; you act as {seat}.",
    ),
    "groups.role-is-full": (
        "“{role}”已有{count}人，实施方案规定最多{most}人。请先办理离任。",
        "{role} already has {count}; the charter allows {most}. End a seat first.",
    ),
    "groups.roles-exclude-each-other": (
        "{holder}已担任“{held}”，按实施方案不能同时担任“{role}”。",
        "{holder} already holds {held} and, by the charter, cannot also hold {role}.",
    ),
    "groups.seat-needs-a-holder": (
        "请填写任职的单位或个人。",
        "Name the unit or the person who holds the seat.",
    ),
    "groups.already-holds-it": (
        "{holder}已在{group}担任“{role}”。",
        "{holder} already holds {role} in {group}.",
    ),
    "groups.role-belongs-elsewhere": (
        "“{role}”不属于{group}。",
        "{role} does not belong to {group}.",
    ),
    "groups.only-units-have-delegates": (
        "只有单位担任的职务才有代表人。",
        "Only a seat held by a unit has a delegate.",
    ),
    "groups.told-on-behalf": (
        "{who}已为您代录：{what}。办理时间{when}。"
        "如与事实不符，请在办理页提出监控意见或回复秘书处。",
        "{who} recorded on your behalf: {what}, as of {when}. If this is not right, raise a "
        "finding on the page or answer the secretariat.",
    ),
    "groups.told-on-behalf-subject": ("代录告知：{what}", "Recorded on your behalf: {what}"),
    "groups.told-colleague-subject": (
        "请您作为经办人办理：{seat}",
        "You work in the seat {seat}",
    ),
    "groups.told-colleague": (
        "您已成为{unit}在《{programme}》中“{seat}”的经办人，可以本人名义办理该职务的事项。"
        "评审意见、表决、签收等须由代表人本人作出的，请附其签字件后代录。",
        "You now work for {unit} in the seat {seat} of {programme}, in your own name. What asks "
        "for the delegate's own word (an opinion, a vote, an acceptance) is recorded with the "
        "signed paper.",
    ),
    "groups.only-units-have-colleagues": (
        "只有单位担任的职务可以有经办人；个人担任的职务由本人办理。",
        "Only a seat held by a unit has colleagues; who holds a seat in person acts in it alone.",
    ),
    "groups.only-the-delegate-keeps-the-team": (
        "谁做经办人，由{who}的代表人或秘书处决定。",
        "Who works for {who} is decided by its delegate or the secretariat.",
    ),
    "groups.team-is-full": (
        "{unit}在这个职务上已有 {most} 位经办人，这是上限。请先让不再经办的人退出，再增加。",
        "{unit} has {most} colleagues in this seat, which is the most. Let one go who works "
        "here no longer, then add another.",
    ),
    "groups.team-asks-the-office": (
        "“{who}”或这个邮箱已有登记，但姓名、单位、邮箱对不上。为免认错人，请由秘书处登记为经办人。",
        "{who} or this address is on record, but name, unit and address do not agree. So that "
        "nobody is taken for another, ask the secretariat to enter them.",
    ),
    "groups.is-the-delegate": (
        "{who}就是这个职务的代表人，不必再登记为经办人。",
        "{who} is the delegate of this seat already.",
    ),
    "groups.colleague-needs-paper": (
        "这件事须由{whose}本人作出。您是经办人：请附上其签字或盖章的原件扫描，再提交。",
        "This is for {whose} to say. You work in the seat as a colleague: attach the scan of the "
        "signed paper and send again.",
    ),
    "groups.told-appointed": (
        "您在“{programme}”（由{body}承担）中担任“{seat}”。{first}需要您办理的事项都在“我的待办”。",
        "You hold the seat {seat} in {programme}, run by {body}. {first}What you owe stands on "
        "your desk.",
    ),
    "groups.told-first": (
        "首先请办理：{what}，期限{due}。",
        "First to be done: {what}, by {due}. ",
    ),
    "groups.told-way-in": (
        "您在“{programme}”（由{body}承担）中担任“{seat}”，这封信带着您的专用入口。{first}以后也可以用邮箱验证码登录。",
        "You hold the seat {seat} in {programme}, run by {body}; this letter carries your personal "
        "way in. {first}Later you may sign in with a code by mail as well.",
    ),
    "groups.told-way-in-subject": ("您的专用入口：{programme}", "Your way in: {programme}"),
    "groups.handed-way-in": (
        "{who}：请点此进入“{programme}”，您在其中担任“{seat}”。只供您本人使用，用一次即失效，有效期至{until}，请勿转发。",
        "{who}: enter {programme} here, where you hold the seat {seat}. For you alone; it works "
        "once, until {until}. Do not pass it on.",
    ),
    "groups.way-in-needs-a-person": (
        "“{seat}”没有指定代表人，没有人可以进入。请先指定代表人。",
        "Nobody acts in the seat {seat} yet. Name a delegate first.",
    ),
    "groups.way-in-needs-an-address": (
        "{who}没有登记邮箱，不能发信。请改用聊天文字或纸条，或先登记邮箱。",
        "No address is on record for {who}. Hand the way in over instead, or record an address.",
    ),
    "groups.way-in-needs-mail": (
        "这台服务器没有设置发信。请改用聊天文字或纸条。",
        "This installation sends no mail. Hand the way in over instead.",
    ),
    "groups.way-in-by-letter-only": (
        "{who}在其他课题任职、有权创建课题或已用自己的邮箱登录过，入口只能发到登记的邮箱。请改用发信，或请本人用邮箱验证码登录。",
        "{who} sits in another programme, may found programmes or has signed in by their own "
        "address: a way in goes to that address alone. Send the letter, or let them sign in with a "
        "code by mail.",
    ),
    "groups.no-such-way-in": (
        "没有这个专用入口，可能属于另一个任职。请刷新页面再看。",
        "There is no such way in; it may belong to another seat. Load the page again.",
    ),
    "groups.way-in-not-again": (
        "您已不在这个任职上，或者没有登记邮箱，不能重新发送。请联系秘书处。",
        "You do not hold this seat any more, or no address is on record, so nothing can be sent. "
        "Ask the secretariat.",
    ),
    "groups.told-appointed-subject": ("任职告知：{seat}", "Your seat: {seat}"),
}
