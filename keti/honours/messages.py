"""What the honours room says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "honours.no-such-honour": (
        "实施方案里没有“{honour}”这项荣誉。",
        "The charter has no honour '{honour}'.",
    ),
    "honours.charter-has-none": (
        "实施方案没有规定荣誉，不用编制参与记录。",
        "The charter has no honours: no participation records are needed.",
    ),
    "honours.only-leads-assess": (
        "任务书的考核由本组组长、上级组组长或秘书处办理，{seat}不能办理。",
        "Task books are assessed by the lead of the group, of the group above, or the secretariat;"
        " {seat} does not.",
    ),
    "honours.outside": (
        "{seat}是外部席位，不申报投入。",
        "{seat} is an outside seat and declares no contributions.",
    ),
    "honours.only-others-verify": (
        "投入由秘书处或监控员核实，{seat}不能办理。",
        "Contributions are verified by the secretariat or a monitor; {seat} does not.",
    ),
    "honours.only-who-declared": (
        "这是{who}申报的，由申报者自己撤回。",
        "{who} declared this and takes it back.",
    ),
    "honours.not-among-nominators": (
        "按实施方案，{seat}不能为这项荣誉提名。",
        "By the charter {seat} does not nominate for this honour.",
    ),
    "honours.not-among-deciders": (
        "按实施方案，这项荣誉不由{seat}决定。",
        "By the charter {seat} does not decide on this honour.",
    ),
    "honours.not-for-ones-own": (
        "涉及{who}，与您是同一人或同一单位，请由其他人办理。",
        "This is about {who}, which is yourself or your unit: somebody else does it.",
    ),
    "honours.conflict-own-work": (
        "{who}就是被提名者本人，应当回避。",
        "{who} is the one nominated and stands aside.",
    ),
    "honours.conflict-own-group": (
        "{who}与被提名者同组，应当回避。",
        "{who} is of the nominee's group and stands aside.",
    ),
    "honours.conflict-same-unit": (
        "{who}与被提名者同属一个单位，应当回避。",
        "{who} is of the nominee's unit and stands aside.",
    ),
    "honours.conflict-affiliated-unit": (
        "{who}所在单位与被提名者的单位有隶属关系，应当回避。",
        "{who} is of a unit affiliated with the nominee's and stands aside.",
    ),
    "honours.only-who-nominated": (
        "提名由提名者或秘书处撤回，{seat}不能办理。",
        "A nomination is ended by who made it or by the secretariat; {seat} does not.",
    ),
    "honours.one-by-one": (
        "“{title}”是表彰或设有公示期，须逐个提名、决定和公示，不能批量发给。",
        "{title} is an award, or is contested: it is nominated, decided and announced one by one.",
    ),
    "honours.book-does-not-count": (
        "任务书 {number} 不是现行的一版。请考核现行的任务书。",
        "Task book {number} is not the one that counts. Assess the one in force.",
    ),
    "honours.every-target": (
        "这份任务书有 {count} 条指标，请逐条选定结果。",
        "This task book has {count} {count:target|targets}: say of each what became of it.",
    ),
    "honours.say-why": (
        "“{target}”没有完成、只完成一部分或予以免除的，请写明依据或原因。",
        "Say why '{target}' was met in part, not met or waived.",
    ),
    "honours.evidence-needed": (
        "请上传证明材料（票据、合同、考勤、照片等）。",
        "Upload what proves it: a receipt, contract, timesheet, photograph.",
    ),
    "honours.say-what": (
        "请写明投入了什么、用什么单位计量。",
        "Say what was put in, and in which measure.",
    ),
    "honours.something": ("数量至少为 1。", "At least 1 of it."),
    "honours.ends-before-it-begins": (
        "结束日期早于开始日期。",
        "It would end before it begins.",
    ),
    "honours.not-yet-given": (
        "结束日期还没有到：请在投入之后申报。",
        "The last day is yet to come: declare it once it was given.",
    ),
    "honours.input-is-over": (
        "这项投入{state}，不能再这样办理。",
        "This contribution stands at '{state}' already.",
    ),
    "honours.input-to-verify": ("投入：{what}", "contribution: {what}"),
    "honours.reason-needed": ("请写明理由。", "Say why."),
    "honours.nominated-already": (
        "您已经为{who}提过名。",
        "You have put {who} forward already.",
    ),
    "honours.not-for-this-role": (
        "“{title}”不授予{role}。",
        "{title} is not given to a {role}.",
    ),
    "honours.not-at-this-stage": (
        "提名现在所处的环节不能这样办理。请刷新页面看最新情况。",
        "This nomination stands at another stage. Reload the page.",
    ),
    "honours.draw-the-record-first": (
        "请先编制参与记录：审核以最新一版参与记录为依据。",
        "Draw up the participation records first: a nomination is checked by the newest edition.",
    ),
    "honours.criteria-not-met": (
        "最新一版参与记录没有达到下列标准：{criteria}。",
        "By the newest participation record these criteria are not met: {criteria}.",
    ),
    "honours.blocked": ("不能授予：{reasons}", "It cannot be granted: {reasons}"),
    "honours.block-fee": (
        "评比表彰在事前、事中、事后都不得收费",
        "no fee may be taken before, during or after an award",
    ),
    "honours.block-commercial": (
        "不得与营利机构合办，也不得委托其办理",
        "no body that works for profit may co-host or run it",
    ),
    "honours.block-firm": (
        "决定者“{word}”是企业，评比表彰不得由营利机构决定",
        "'{word}' decides and works for profit",
    ),
    "honours.block-basis": (
        "除参与证明外，须写明批准依据（文件、日期、批准机关）",
        "all but a certificate of participation need their approval: paper, day, authority",
    ),
    "honours.block-grand": (
        "名称含“{word}”，未经批准不得使用",
        "the name has '{word}', which needs approval",
    ),
    "honours.say-which-conflict": (
        "请写明是什么利益关系。",
        "Say which interest it is.",
    ),
    "honours.spoken-already": (
        "{who}已经表过态。",
        "{who} has spoken already.",
    ),
    "honours.outsiders-by-the-secretariat": (
        "外部来信由秘书处登记。",
        "Letters from outside are recorded by the secretariat.",
    ),
    "honours.letter-needed": (
        "登记外部异议须上传来信。",
        "Attach the letter of who objected from outside.",
    ),
    "honours.no-notice-now": (
        "这项荣誉现在不在公示期内，不能提出异议。",
        "This honour is not under public notice now.",
    ),
    "honours.answered-already": (
        "这条异议已经答复。",
        "This objection was answered already.",
    ),
    "honours.notice-runs": (
        "公示到 {until} 24:00 为止，期满后才能授予。",
        "The public notice runs to 24:00 of {until}; award it then.",
    ),
    "honours.objection-open": (
        "还有异议没有答复。",
        "An objection is not answered yet.",
    ),
    "honours.nobody-left": (
        "没有人可以发“{title}”：符合标准的都已发过，或参与记录里没有符合标准的。",
        "Nobody is left for {title}: whoever qualifies has one, or nobody does.",
    ),
    "honours.meets-everything": (
        "参与记录达到全部标准：{criteria}",
        "The participation record meets every criterion: {criteria}",
    ),
    "honours.asker-gone": (
        "交办的人已不在。请重新交办。",
        "Who asked for it is gone. Ask again.",
    ),
    "honours.files-being-made": ("制作证书：{title}", "Certificates: {title}"),
    "honours.serials-needed": (
        "请填写编号，一行一个，一次最多 {most} 个。",
        "Type the serial numbers, one a line, {most} at most.",
    ),
    "honours.serial-known": (
        "编号 {serial} 已经登记过。",
        "Serial number {serial} is recorded already.",
    ),
    "honours.piece-is-elsewhere": (
        "这件实物现在{state}，不能这样办理。",
        "This piece stands at '{state}'.",
    ),
    "honours.not-awarded": (
        "只能移交给已授予荣誉的人或单位。",
        "It is handed only to who was awarded an honour.",
    ),
    "honours.who-took-it": ("请写明签收人。", "Say who signed for it."),
    "honours.name-kept-back": (
        "（本人未同意公开姓名，请与证书原件核对）",
        "(name not public: the person has not agreed; compare the certificate itself)",
    ),
    "honours.printed-basis": (
        "批准依据：{basis}（{authority}，{day}）",
        "Approved by: {basis} ({authority}, {day})",
    ),
    "honours.certifies": (
        "参加“{programme}”课题研究，在{group}担任{role}，完成了任务书所列各项工作。"
        "特发此证，以资证明。",
        "took part in “{programme}” as {role} ({group}) and did what the task book asks.",
    ),
    "honours.grants": (
        "在“{programme}”课题研究中担任{role}（{group}），经审核、公示，授予“{title}”，特发此证。",
        "{role} ({group}) of “{programme}”, is granted the honour “{title}” after examination and"
        " public notice.",
    ),
    "honours.no-award": (
        "本证书只证明参加，不是评比表彰，不收取任何费用。",
        "It certifies participation, is no award, and free of charge.",
    ),
    "honours.told-assessed-subject": (
        "任务书 {number} 的指标已经考核",
        "The targets of task book {number} were assessed",
    ),
    "honours.told-assessed": (
        "任务书 {number} 的各条指标已逐条写明结果。请在“我的参与记录”核对；"
        "与事实不符的，请联系组长或秘书处。",
        "What became of every target of task book {number} was recorded. Look at your participation"
        " record; if something is wrong, tell the lead or the secretariat.",
    ),
    "honours.told-drawn-subject": (
        "参与记录第 {number} 版：请核对自己的一份",
        "Participation records, edition {number}: check your own",
    ),
    "honours.told-drawn": (
        "“{programme}”的参与记录第 {number} 版已经编制。请打开下面的页面核对自己的一份，"
        "每个数字都能点开看依据；与事实不符的，请告知秘书处。",
        "Edition {number} of the participation records of {programme} was drawn up. Open the page"
        " below and check your own: every figure opens what it rests on. If something is wrong,"
        " tell the secretariat.",
    ),
    "honours.told-input-verified-subject": ("投入已核实：{what}", "Verified: {what}"),
    "honours.told-input-verified": (
        "您申报的“{what}”已经核实。{reason}",
        "What you declared ({what}) was verified. {reason}",
    ),
    "honours.told-input-declined-subject": ("投入未予核实：{what}", "Not verified: {what}"),
    "honours.told-input-declined": (
        "您申报的“{what}”未予核实，原因：{reason} 可以补充材料重新申报。",
        "What you declared ({what}) was not verified: {reason} You may declare it anew with more"
        " evidence.",
    ),
    "honours.told-decided-approved-subject": (
        "决定授予：{title}，请公示",
        "Granted: {title}. Give public notice",
    ),
    "honours.told-decided-approved": (
        "一项“{title}”的提名已由全部决定者同意。请办理公示。",
        "Everybody who decides agreed to a nomination for {title}. Give public notice of it.",
    ),
    "honours.told-decided-declined-subject": ("不授予：{title}", "Not granted: {title}"),
    "honours.told-decided-declined": (
        "一项“{title}”的提名未获全部决定者同意，不授予。",
        "Not everybody who decides agreed to a nomination for {title}; it is not granted.",
    ),
    "honours.told-noticed-subject": ("公示：{title}", "Public notice: {title}"),
    "honours.told-noticed": (
        "“{title}”的拟授予名单公示至 {until}。"
        "对公示有异议的，请在期限内打开下面的页面提出，并写明理由。",
        "Whom {title} is to be granted to is under public notice until {until}. Whoever objects"
        " says so on the page below until then, with the reason.",
    ),
    "honours.told-objection-subject": (
        "您对“{title}”的异议已经答复",
        "Your objection to {title} was answered",
    ),
    "honours.told-objection": ("答复：{answer}", "The answer: {answer}"),
    "honours.told-awarded-subject": ("{title}：{number}", "{title}: {number}"),
    "honours.told-awarded": (
        "“{title}”已经授予，证书编号 {number}。请在“我的参与记录”下载证书；"
        "是否公开姓名由本人决定，可在同一页上同意或不同意。",
        "{title} was awarded to you; the certificate has number {number}. Download it on the page"
        " of your participation record, where you also say whether your name is public.",
    ),
    "honours.told-revoked-subject": (
        "已撤销：{title}（{number}）",
        "Taken back: {title} ({number})",
    ),
    "honours.told-revoked": (
        "“{title}”（{number}）已经撤销，原因：{reason} 查验证书的人会看到这一点。",
        "{title} ({number}) was taken back: {reason} Whoever checks the certificate reads so.",
    ),
}
