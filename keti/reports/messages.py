MESSAGES: dict[str, tuple[str, str]] = {
    "reports.use-comment": ("征求意见稿", "draft for comment"),
    "reports.use-review": ("送审稿", "draft for review"),
    "reports.use-approval": ("报批稿", "draft for approval"),
    "reports.use-published": ("发布稿", "as published"),
    "reports.number-and-name": ("{number}（{name}）", "{number} ({name})"),
    "reports.not-a-report": (
        "“{title}”不是报告，请到相应栏目办理。",
        "{title} is not a report; it is done in another room.",
    ),
    "reports.not-your-group": (
        "本报告由{group}撰写；您现在的身份是“{seat}”。",
        "{group} writes this report; you act as {seat}.",
    ),
    "reports.not-editable": (
        "本报告{state}，正文不能再改。需要修改时，请接收方退回。",
        "This report is {state}; its text is frozen. To change it, ask its reader to return it.",
    ),
    "reports.stale-draft": (
        "{who}在{when}保存过这份草稿，比您打开的更新。您写的内容没有丢：请对照两份文字，"
        "合并后再保存。",
        "{who} saved this draft at {when}, after you opened it. Nothing you typed is lost: compare "
        "both texts, merge them and save again.",
    ),
    "reports.section-empty": (
        "以下部分还没有内容：{sections}。没有可写的，请写明“无”。",
        "These sections are empty: {sections}. If there is nothing to say, write “none”.",
    ),
    "reports.plan-empty": (
        "请填写下月计划，每项指定承担人和完成日期；没有计划的，第一项写“无”。",
        "State next month's plan, each item with an assignee and a date; if there is none, "
        "write “none” as its first item.",
    ),
    "reports.plan-item-incomplete": (
        "下月计划第{numbers}项缺少内容、完成日期或本组承担人。",
        "Plan item {numbers} lacks its title, its date, or an assignee from this group.",
    ),
    "reports.no-reference-typed": (
        "请粘贴或键入至少一条参考文献：每行一条，或 BibTeX、RIS。",
        "Paste or type at least one reference: a line each, or BibTeX or RIS.",
    ),
    "reports.too-many-references": (
        "一份报告最多列{most}条参考文献，这次未添加。请删去不用的，或分次添加。",
        "A report lists {most} references at most; none was added. Take out what is not used.",
    ),
    "reports.reference-needs-title": (
        "请填写题名：没有题名的文献无法著录。",
        "Say the title: without one a reference cannot be printed.",
    ),
    "reports.reference-changed": (
        "您打开之后，别人改过这条文献。您写的还在下面；请核对现在的著录，再保存。",
        "Somebody changed this reference after you opened it. What you typed stands below; compare "
        "it with what is printed now and save again.",
    ),
    "reports.reference-gone": (
        "这条文献已从文献表中删去，改动没有保存。需要时请重新添加。",
        "This reference was taken out of the list meanwhile; nothing was saved. Add it again.",
    ),
    "reports.nothing-collected": (
        "各组的报告都还没有收到，暂不能汇总。",
        "None of the groups' reports has been received, so there is nothing to consolidate.",
    ),
    "reports.no-such-move": (
        "报告现在是“{state}”，不能再{verb}。",
        "The report is {state}; it cannot be {verb} now.",
    ),
    "reports.reader-decides": (
        "本报告由{who}接收或退回；您现在的身份是“{seat}”。",
        "{who} accepts or returns this report; you act as {seat}.",
    ),
    "reports.not-your-own": (
        "自己提交的报告不由自己接收或退回，请{who}办理。",
        "Nobody accepts or returns a report they handed in themselves; {who} does.",
    ),
    "reports.give-a-reason": (
        "退回须写明理由，让对方知道改什么。",
        "Give the reason of a return, so that the writers know what to change.",
    ),
    "reports.point-unanswered": (
        "退回时列出的第 {numbers} 条要点还没有答复：请勾选“已改”，或写明为什么不改。",
        "Nothing is said yet to points {numbers} of the return. Tick “done”, or say why not.",
    ),
    "reports.too-many-points": (
        "一次退回最多列 {most} 条要点，请合并几条。",
        "A return has at most {most} points; join some of them.",
    ),
    "reports.no-such-pages": (
        "页码不对：起始页应不大于结束页，也不能超过原件的页数。请对照原件改正。",
        "These are no pages of the file: the first must not come after the last, nor either after "
        "the file's own last page. Check them against the original.",
    ),
    "reports.pages-not-counted-yet": (
        "文件还在读取，尚不知道共有几页，页码无法核对。填写的内容都在；请过一会儿再按一次“提交报告”。",
        "The file is still being read, so its pages are not counted yet. What you typed is kept; "
        "hand in once more in a moment.",
    ),
    "reports.file-needed": ("请选择要提交的文件。", "Choose the file to hand in."),
    "reports.readers-group": ("{group}牵头人或秘书处", "the lead of {group} or the secretariat"),
    "reports.readers-commissioner": ("委托方或秘书处", "the commissioner or the secretariat"),
    "reports.verb-submit": ("提交", "submitted"),
    "reports.verb-return": ("退回", "returned"),
    "reports.verb-accept": ("接收", "accepted"),
    "reports.verb-take-back": ("收回", "taken back"),
    "reports.why-taken-back": ("请写明为什么收回。", "Say why it is taken back."),
    "reports.judged-already": (
        "评审已经启动，这份报告不能收回。需要修改时，请评审退回。",
        "A gate judges this report by now: it cannot be taken back. To change it, ask the gate to "
        "send it back.",
    ),
    "reports.told-taken-back-subject": ("{report}已收回", "{report} was taken back"),
    "reports.told-taken-back": (
        "{who}收回了{report}第{number}版：{reason} 修改后重新提交，您不必再看这一版。",
        "{who} took back version {number} of {report}: {reason} It will be handed in again; there "
        "is no need to read this version.",
    ),
    "reports.verb-send-back": ("退回", "returned"),
    "reports.state-draft": ("尚为草稿", "a draft"),
    "reports.state-submitted": ("已提交", "submitted"),
    "reports.state-returned": ("已退回修改", "returned for revision"),
    "reports.state-accepted": ("已接收", "accepted"),
    "reports.told-submitted-subject": ("已收到：{report}", "Received: {report}"),
    "reports.told-submitted": (
        "{who}于{when}提交了{report}（第{number}版，校验码{sha}）。请阅后接收或退回。",
        "{who} handed in {report} on {when} (version {number}, fingerprint {sha}). "
        "Please read it and accept or return it.",
    ),
    "reports.told-returned-subject": ("请修改：{report}", "To be revised: {report}"),
    "reports.told-returned": (
        "{report}第{number}版已退回修改。理由：{reason}",
        "Version {number} of {report} was returned for revision. Reason: {reason}",
    ),
    "reports.told-accepted-subject": ("已接收：{report}", "Accepted: {report}"),
    "reports.told-accepted": (
        "{report}第{number}版已由{who}接收。",
        "Version {number} of {report} was accepted by {who}.",
    ),
    "reports.no-such-edition": (
        "这份报告没有这一语种的版本。语种由实施方案规定。",
        "This report has no edition in that language. The charter says which it has.",
    ),
    "reports.stale-translation": (
        "打开本页之后，另有人改了同一部分的译文。请对照下面两份文字，合并后再保存。",
        "Somebody changed the translation of the same section after you opened this page. Compare "
        "the texts below, merge them and save again.",
    ),
    "reports.fact-group": ("组别", "Group"),
    "reports.fact-period": ("期间", "Period"),
    "reports.fact-by": ("提交人", "Handed in by"),
    "reports.fact-at": ("提交时间", "Handed in at"),
    "reports.fact-version": ("版本", "Version"),
    "reports.fact-sha": ("校验码", "Fingerprint"),
    "reports.fact-how": ("办理方式", "How recorded"),
    "reports.fact-file": ("原件", "Original"),
    "reports.on-behalf": ("代录", "on behalf"),
    "reports.recorded-late": ("补录", "recorded late"),
    "reports.plan-line": (
        "{title}（承担人：{who}；{due}前完成）",
        "{title} (assignee: {who}; by {due})",
    ),
    "reports.chapter-missing": (
        "本章未交。",
        "This chapter has not been received.",
    ),
    "reports.made-from": ("汇总所依据的报告", "Reports consolidated here"),
    "reports.made-from-line": (
        "{group}：第{number}版，校验码{sha}",
        "{group}: version {number}, fingerprint {sha}",
    ),
    "reports.made-from-missing": ("{group}：未交", "{group}: not yet received"),
    "reports.move-started": ("开始起草", "Draft begun"),
    "reports.move-quoted": ("插入各组原文", "Texts of the groups quoted"),
    "reports.move-submitted": ("提交第{number}版", "Version {number} handed in"),
    "reports.move-returned": ("退回修改：{reason}", "Returned for revision: {reason}"),
    "reports.move-taken-back": (
        "收回第{number}版：{reason}",
        "Version {number} taken back: {reason}",
    ),
    "reports.move-accepted": ("接收第{number}版", "Version {number} accepted"),
}
