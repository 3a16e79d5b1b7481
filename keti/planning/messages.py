MESSAGES: dict[str, tuple[str, str]] = {
    "planning.group-dissolved": (
        "第 {number} 号方案调整已生效，相关小组不再保留",
        "Amendment no. {number} is in force and the group is no more",
    ),
    "planning.amendment-numbered": ("方案调整第 {number} 号", "amendment no. {number}"),
    "planning.charter-has-errors": (
        "实施方案有{count}处错误，没有保存任何内容。第一处：{first}",
        "The charter has {count} {count:error|errors}; nothing was stored. The first: {first}",
    ),
    "planning.slug-taken": (
        "课题代号“{slug}”已被使用，请换一个。",
        "The programme name {slug} is taken; choose another.",
    ),
    "planning.not-a-founder": (
        "只有安装时登记的秘书处账户可以新建课题。",
        "Only the secretariat's account registered at set-up founds programmes.",
    ),
    "planning.already-open": (
        "此安装已有秘书处账户，请直接登录。",
        "This installation has its secretariat's account already; sign in.",
    ),
    "planning.token-too-often": (
        "口令试得太多。请过一小时再试，并从启动 keti 的终端窗口复制那一行。",
        "Too many tokens were tried. Wait an hour, then copy the line from the terminal in which "
        "keti was started.",
    ),
    "planning.wrong-token": (
        "口令不对。请从启动 keti 的终端窗口复制那一行。",
        "The token is not right. Copy it from the terminal in which keti was started.",
    ),
    "planning.draft-moved-on": (
        "草稿已在另一个窗口改过。请刷新后再改，刚填的内容仍在本页。",
        "The draft was changed in another window. Reload it; what you typed is still on this page.",
    ),
    "planning.nothing-to-undo": ("没有可以撤销的改动。", "There is no change to take back."),
    "planning.not-your-draft": ("这份草稿不是您的。", "This draft is not yours."),
    "planning.id-taken": (
        "标识“{id}”已被使用或不合格式：小写英文字母开头，只用小写字母、数字、下划线与点。",
        "The id {id} is taken or not an id: begin with a small letter; "
        "use small letters, digits, underscores and dots.",
    ),
    "planning.unreadable-file": (
        "第 {line} 行第 {column} 列：{words}",
        "Line {line}, column {column}: {words}",
    ),
    "planning.nothing-to-do": (
        "与现行方案含义相同，没有可调整之处。",
        "It means the same as the charter in force; there is nothing to amend.",
    ),
    "planning.only-the-secretariat-attaches": (
        "通知原件由秘书处上传。",
        "The secretariat uploads the original of the notice.",
    ),
    "planning.only-the-secretariat-deletes": (
        "试用课题由秘书处删除。",
        "The secretariat deletes a trial programme.",
    ),
    "planning.title-not-typed": (
        "写的名称与课题名称不一致，没有删除。请照抄课题名称：{title}",
        "What you typed is not the title of the programme; nothing was deleted. Copy it as it "
        "stands: {title}",
    ),
    "planning.deleting-needs-a-reason": (
        "请写明为什么删除；课题删除后，只有这一条记录还在。",
        "Say why it is deleted: of the programme only this line remains.",
    ),
    "planning.not-a-trial": (
        "这个课题已经对外办过事，不能删除，没有删除任何内容。还在的：{what}。",
        "This programme has gone outside already and cannot be deleted; nothing was. What stands: "
        "{what}.",
    ),
    "planning.letters-have-gone": (
        "{count}封信已经送到{who}",
        "{count} {count:letter has|letters have} reached {who}",
    ),
    "planning.done-times": ("{what}（{count}次，首次 {at}）", "{what} ({count}, first {at})"),
    "planning.may-not-propose": (
        "按实施方案，只有{who_zh}可以提出调整。",
        "By the charter, {who_en} propose amendments.",
    ),
    "planning.never": (
        "实施方案规定不得调整：{paths}。",
        "The charter says that this is never amended: {paths}.",
    ),
    "planning.blocked": ("不能这样调整：{why}", "It cannot be amended so: {why}"),
    "planning.approver-vacant": (
        "须由{role}批准，但目前无人担任。请先任命。",
        "{role} has to approve it and nobody holds the role. Appoint somebody first.",
    ),
    "planning.too-soon": (
        "按“{klass}”的提前通知期，最早自{when}起生效。",
        "{klass}: by its notice period it takes effect on {when} at the earliest.",
    ),
    "planning.published-meanwhile": (
        "这期间课题已有内容公布，不能再这样直接修改，没有改动任何内容。请重新预览，按实施方案报批。",
        "Something of the programme was published meanwhile, so it is not changed in this way any "
        "more and nothing was changed. Open the preview again and have it approved as the charter "
        "says.",
    ),
    "planning.template-remains": (
        "还有{count}处照抄模板，没有人看过，没有建立课题。请打开“来自模板”一步：改成自己的，或写明保留。",
        "{count} {count:thing is|things are} still the template's and nobody has looked at "
        "{count:it|them}; nothing was "
        "founded. Open the step From the template: change them, or say that they stay.",
    ),
    "planning.no-words-in-notice": (
        "从“{name}”里没有读出文字（扫描件、PDF 请把文字粘贴到上面的栏里）。",
        "No words could be read from {name}; of a scan or a PDF paste the text into the box above.",
    ),
    "planning.give-a-reason": ("请写明理由。", "Give a reason."),
    "planning.not-an-approver": (
        "{seat}不在须批准此次调整的角色之列。",
        "{seat} is not among the roles that approve this amendment.",
    ),
    "planning.already-answered": (
        "{role}已经表示过意见。",
        "{role} has answered already.",
    ),
    "planning.not-open": (
        "此次调整已了结（{state}），不能再改。",
        "This amendment is settled ({state}) and changes no more.",
    ),
    "planning.not-your-amendment": (
        "由提出者{who}、批准者或秘书处办理。",
        "{who}, who proposed it, those who approve it or the secretariat do this.",
    ),
    "planning.approvals-missing": (
        "还缺{who}的批准。",
        "The approval of {who} is still missing.",
    ),
    "planning.not-yet-effective": ("自{when}起才能生效。", "It takes effect on {when}."),
    "planning.stale": (
        "提出之后情况有变，原预览已不成立，没有改动任何内容。请按现状重新预览并提出。",
        "Things changed since it was proposed; its plan no longer holds and nothing was changed. "
        "Plan and propose it again.",
    ),
    "planning.draft-overtaken": (
        "这份草稿起自较早的方案，此后方案已改到第{number}版；照此提出会撤销其间的调整。"
        "请下载本稿留底，另开新稿，把要改的重新改一遍。",
        "This draft was begun on an earlier charter; version {number} is in force since, and the "
        "draft would take back what was amended. Download it, open a new one, make the change "
        "again.",
    ),
    "planning.told-proposed-subject": (
        "请审批实施方案调整第{number}号",
        "Please approve amendment {number} of the charter",
    ),
    "planning.told-proposed": (
        "{who}提出调整实施方案（第{number}号）：{reason}\n批准后自{when}起生效，涉及{people}人、{count}项。请打开页面查看预览并批准。",
        "{who} proposes to amend the charter (number {number}): {reason}\nOnce approved it takes "
        "effect on {when} and reaches {people} {people:person|people} in {count} "
        "{count:thing|things}. Open the page for the "
        "plan.",
    ),
    "planning.told-coming-subject": (
        "实施方案第{number}号调整将生效",
        "Amendment {number} of the charter takes effect soon",
    ),
    "planning.told-coming": (
        "实施方案第{number}号调整已获批准，自{when}起生效。理由：{reason}\n与你有关：\n{lines}",
        "Amendment {number} of the charter is approved and takes effect on {when}. Reason: "
        "{reason}\nWhat concerns you:\n{lines}",
    ),
    "planning.told-applied-subject": (
        "实施方案第{number}号调整已生效",
        "Amendment {number} of the charter is in force",
    ),
    "planning.told-applied": (
        "实施方案第{number}号调整自{when}起生效。理由：{reason}\n与你有关：\n{lines}",
        "Amendment {number} of the charter is in force from {when}. Reason: {reason}\nWhat "
        "concerns you:\n{lines}",
    ),
    "planning.told-ended-subject": (
        "实施方案第{number}号调整未生效",
        "Amendment {number} of the charter does not take effect",
    ),
    "planning.told-ended": (
        "实施方案第{number}号调整：{state}。{reason}",
        "Amendment {number} of the charter: {state}. {reason}",
    ),
    "planning.state-refused": ("未获批准", "not approved"),
    "planning.state-withdrawn": ("已撤回", "withdrawn"),
    "planning.state-stale": ("已失效", "overtaken by events"),
    "planning.state-applied": ("已生效", "in force"),
    "planning.announced": (
        "【实施方案调整】第{number}号自{when}起生效。理由：{reason}。\n{lines}",
        "[Charter amended] Number {number} is in force from {when}. Reason: {reason}.\n{lines}",
    ),
    "planning.more-lines": ("……另有{count}项", "… and {count} more"),
    "planning.kept": ("{count}项不变", "{count} kept"),
    "planning.past": ("{count}项已过或已办，不动", "{count} past or done, left alone"),
    "planning.verb-create": ("新增{count}项", "{count} created"),
    "planning.verb-move": ("改期{count}项", "{count} moved"),
    "planning.verb-hold": ("换责任人{count}项", "{count} to another holder"),
    "planning.verb-retitle": ("改名{count}项", "{count} renamed"),
    "planning.verb-adjust": ("调整{count}项", "{count} adjusted"),
    "planning.verb-cancel": ("取消{count}项", "{count} cancelled"),
    "planning.verb-frozen": ("{count}项维持原状", "{count} frozen"),
    "planning.verb-forbidden": ("{count}项不予执行", "{count} not done"),
    "planning.thing-programme": ("课题本身", "The programme"),
    "planning.thing-phase": ("阶段“{title}”", "Phase {title}"),
    "planning.thing-group": ("组“{title}”", "Group {title}"),
    "planning.thing-role": ("角色“{title}”", "Role {title}"),
    "planning.thing-seat": ("席位“{title}”", "Seat {title}"),
    "planning.thing-duty": ("{title}", "{title}"),
    "planning.thing-gate": ("关口“{title}”", "Gate {title}"),
    "planning.aspect-due": ("期限", "due"),
    "planning.aspect-role": ("责任角色", "accountable"),
    "planning.aspect-title_zh": ("中文名称", "Chinese name"),
    "planning.aspect-title_en": ("英文名称", "English name"),
    "planning.aspect-opens_at": ("开始", "opens"),
    "planning.aspect-needs": ("前提", "needs"),
    "planning.aspect-remind": ("提醒", "reminders"),
    "planning.aspect-escalate": ("上报", "escalation"),
    "planning.aspect-holder": ("担任者", "holder"),
    "planning.aspect-start": ("开始", "from"),
    "planning.aspect-end": ("结束", "to"),
    "planning.aspect-starts_at": ("开始", "from"),
    "planning.aspect-ends_at": ("结束", "to"),
    "planning.aspect-by_at": ("决定期限", "decision due"),
    "planning.aspect-decides": ("决定人", "deciders"),
    "planning.aspect-rule": ("表决规则", "rule"),
    "planning.aspect-outcomes": ("结论", "outcomes"),
    "planning.aspect-inputs": ("材料", "inputs"),
    "planning.aspect-when": ("条件", "condition"),
    "planning.aspect-max_rounds": ("最多轮次", "rounds"),
    "planning.aspect-can": ("权限", "rights"),
    "planning.aspect-minimum": ("最少人数", "at least"),
    "planning.aspect-maximum": ("最多人数", "at most"),
    "planning.aspect-parent": ("上级", "parent"),
    "planning.aspect-group_kind": ("所在的组", "kind of group"),
    "planning.aspect-ex_officio": ("当然担任", "ex officio"),
    "planning.grown": (
        "申报{number}入选，设立“{title}”。",
        "Application {number} is admitted and founds {title}.",
    ),
    "planning.aspect-terms": ("任期", "term of office"),
    "planning.aspect-renewals": ("连任次数", "renewals"),
    "planning.aspect-excludes": ("不得兼任", "never held with"),
    "planning.aspect-appointed_by": ("由谁任命", "appointed by"),
    "planning.aspect-external": ("外部人员", "external"),
    "planning.aspect-form": ("办理形式", "form"),
    "planning.aspect-opens_with": ("开启于", "opens with"),
    "planning.aspect-first_by": ("首次评审不迟于", "first decided by"),
    "planning.aspect-revise_within": ("修改期限", "revised within"),
    "planning.voted-on": (
        "此次调整由大家表决，不由各角色各说一次。请投票。",
        "This amendment is voted on by everybody asked, not answered once a role. Please vote.",
    ),
    "planning.not-voted-on": (
        "此次调整不表决：由各批准角色各说一次。",
        "This amendment is not voted on: each role asked answers once.",
    ),
    "planning.already-voted": (
        "{who}已经投票，不能再改。",
        "{who} has voted; a vote is not changed.",
    ),
    "planning.vote-over": (
        "表决已于{when}截止，正在计票。",
        "The vote was over on {when}; it is being counted.",
    ),
    "planning.vote-open": (
        "表决到{when}才截止，现在不能计票。",
        "The vote is open until {when}; it is not counted before.",
    ),
    "planning.vote-lost": (
        "表决未通过：赞成 {yes}，反对 {no}，应到 {seats} 人，须 {needed} 人表决。",
        "Not carried: {yes} for, {no} against, of {seats} who may vote; {needed} had to vote.",
    ),
    "planning.vote-asks": (
        "由担任上列角色的 {seats} 人表决，须 {needed} 人投票，{share}；{when}截止。"
        "截止前谁投了票、怎样投的都不公开。",
        "{seats} people who hold these roles vote, {needed} must, {share}; it closes at "
        "{when}. Who voted and how stays closed until then.",
    ),
    "planning.vote-count": (
        "赞成 {yes}，反对 {no}，应到 {seats} 人",
        "{yes} for, {no} against, of {seats} who may vote",
    ),
    "planning.share-all": ("一致同意方为通过", "all who vote must agree"),
    "planning.share-half": ("过半数赞成方为通过", "more than half of the votes carry it"),
    "planning.share": ("赞成达 {share} 方为通过", "{share} of the votes carry it"),
    "planning.aspect-within": ("申请后多久之内决定", "decided within"),
    "planning.aspect-asked_by": ("申请人", "asked by"),
    "planning.aspect-sign_off": ("附签批单", "sign-off sheet"),
    "planning.aspect-composition": ("组成", "composition"),
    "planning.aspect-title": ("名称", "name"),
    "planning.aspect-zone": ("时区", "time zone"),
    "planning.aspect-number_prefix": ("文号字头", "number prefix"),
    "planning.aspect-first_numbers": ("当年起始号", "first numbers this year"),
    "planning.why-past": ("生效时已到期，不改", "due by then; left as it is"),
    "planning.why-met": ("已办结，不改", "done; left as it is"),
    "planning.why-submitted": ("已提交，不改", "handed in; left as it is"),
    "planning.why-waived": ("已免办，不改", "waived; left as it is"),
    "planning.why-stopped": ("已终止，不恢复", "stopped; not owed again"),
    "planning.why-begun": ("已着手，只可顺延", "work has begun; it may only be moved later"),
    "planning.why-open-gate": (
        "关口已启动，按启动时的方案办到底",
        "the gate is open and is decided under the charter it was opened under",
    ),
    "planning.why-born-late": ("生效时已过期，不补欠", "past by then; never born late"),
    "planning.why-nothing-to-judge": ("没有可评的材料，不设", "there is nothing to judge"),
    "planning.why-too-soon": (
        "新期限早于生效时刻，维持原期限",
        "the new date lies before it takes effect; the old one stays",
    ),
    "planning.why-seat-held": ("席位已有人担任，请先免去", "the seat is held; end it first"),
    "planning.block-still-owes": (
        "“{title}”仍未办结，其责任角色或小组却将撤销。请先办结、免办或改由他人负责。",
        "{title} is still owed while its role or group would end. Finish, waive or pass it on "
        "first.",
    ),
    "planning.block-phase-runs": (
        "阶段“{title}”正在进行，不能删去。",
        "Phase {title} is running and cannot be removed.",
    ),
    "planning.notice-too-long": (
        "通知有{count}句，最多收{most}句，没有存下。请只留下与课题有关的部分。",
        "The notice has {count} sentences; at most {most} are taken, and nothing was kept. Leave"
        " what is about the programme.",
    ),
    "planning.block-role-moves": (
        "角色“{title}”已有人担任，不能改属另一类组。",
        "Role {title} is held and cannot be moved to another kind of group.",
    ),
    "planning.block-too-many-holders": (
        "角色“{title}”现有{count}人，超过新的上限。请先免去。",
        "Role {title} has {count} holders, more than the new limit. End seats first.",
    ),
    "planning.block-nobody-manages": (
        "调整后没有任何角色具有秘书处权限。",
        "Afterwards no role would keep the secretariat.",
    ),
    "planning.needs-a-name": ("请先写名称。", "Give it a name first."),
    "planning.plan-head": (
        "{klass}，涉及{touched}；须由{who}批准；自{when}起生效；影响{people}人。",
        "{klass}, touches {touched}; approved by {who}; in force from {when}; reaches "
        "{people} people.",
    ),
    "planning.not-alone": (
        "不能一人办理：还须{who}批准，最早自{when}起生效。没有改动任何内容；加 --propose 提出。",
        "Not for one person alone: {who} must approve too, and it takes effect on {when} at the "
        "earliest. Nothing was changed; add --propose to propose it.",
    ),
    "planning.stored": ("第{number}号调整：{state}。", "Amendment {number}: {state}."),
    "planning.not-a-plan": (
        "这不是 keti plan 保存的预览文件。",
        "This is no file that keti plan saved.",
    ),
    "planning.nobody-of-this-mail": (
        "没有邮箱为{mail}的人员。",
        "Nobody here has the address {mail}.",
    ),
    "planning.no-such-programme": ("没有代号为{slug}的课题。", "There is no programme {slug}."),
    "planning.being-founded": ("建立课题（{name}）", "Founding a programme ({name})"),
    "planning.draft-gone": (
        "草稿已不在，没有建立课题。请从新建课题重新开始。",
        "The draft is gone; nothing was founded. Begin a new programme again.",
    ),
    "planning.notice-gone": (
        "随附的通知文件已不在。请在检查与建立一步重新选择文件。",
        "The notice that came with it is gone. Choose the file again at the last step.",
    ),
}
