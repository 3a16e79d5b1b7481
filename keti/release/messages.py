"""Sentences of the room, (zh, en)."""

MESSAGES: dict[str, tuple[str, str]] = {
    "release.programme-over": ("“{title}”已办结", "“{title}” has ended"),
    "release.other-form": ("“{title}”不在这里办理。", "'{title}' is not done here."),
    "release.cannot-close-yet": (
        "还不能办理结题：{reasons}。",
        "The programme cannot be closed yet: {reasons}.",
    ),
    "release.cannot-draw-up-yet": (
        "还不能编制名册：{reasons}。",
        "The roll cannot be drawn up yet: {reasons}.",
    ),
    "release.cannot-publish-yet": (
        "还不能发布：{reasons}。",
        "The report cannot be published yet: {reasons}.",
    ),
    "release.already-closed": (
        "课题已经结题，文号 {number}。",
        "The programme is closed already, paper {number}.",
    ),
    "release.already-published": (
        "报告已经发布，文号 {number}。",
        "The report is published already, paper {number}.",
    ),
    "release.already-retracted": (
        "{number} 已经撤回。",
        "{number} was withdrawn already.",
    ),
    "release.nothing-approved": (
        "还没有经评审通过的版本。",
        "No version has been approved yet.",
    ),
    "release.not-published-yet": (
        "报告还没有发布。",
        "The report is not published yet.",
    ),
    "release.still-owed": (
        "还有 {count} 项应办事项未办，第一项是“{first}”。办完，或者写明理由免办。",
        "{count} {count:duty is|duties are} still owed, the first is '{first}'. Do them, or "
        "waive with a reason.",
    ),
    "release.name-missing": ("请填写姓名或单位名称。", "Give the name."),
    "release.why-findings-open": (
        "还有 {count} 条监控意见没有核销",
        "Findings still open: {count}",
    ),
    "release.why-gate-undecided": (
        "“{title}”还没有决定",
        "'{title}' is not decided",
    ),
    "release.why-need-unmet": (
        "须先完成“{title}”（{who}），或者写明理由免办",
        "'{title}' ({who}) comes first, or is waived with a reason",
    ),
    "release.why-already-public": (
        "报告已连同名册发布；要更正，先撤回发布",
        "the report is public with its roll; to correct it, withdraw it first",
    ),
    "release.why-roll-empty": (
        "名册里还没有单位，也没有同意入册的个人",
        "the roll has no unit yet, and no person who agreed to be named",
    ),
    "release.why-no-subject": (
        "实施方案没有说明这次发布的是哪一份报告",
        "the charter does not say which report this publication is about",
    ),
    "release.why-no-version": (
        "{who}还没有提交“{title}”",
        "{who} has not handed in '{title}'",
    ),
    "release.why-not-approved": (
        "“{title}”还没有经“{gate}”通过",
        "'{title}' has not been approved by '{gate}'",
    ),
    "release.why-hash-differs": (
        "“{gate}”通过的不是报告“{title}”的定稿版本，校验码对不上",
        "what '{gate}' approved is no frozen version of '{title}': the fingerprints differ",
    ),
    "release.why-another-version": (
        "第 {wanted} 版没有经“{gate}”通过，通过的是第 {approved} 版",
        "version {wanted} was not approved by '{gate}', version {approved} was",
    ),
    "release.no-consent": (
        "本人没有同意入册，或者已经撤回同意",
        "has not agreed to be named, or has withdrawn the consent",
    ),
    "release.delegate-no-consent": (
        "代表人没有同意入册，只列单位名称",
        "the delegate has not agreed to be named; the unit is listed alone",
    ),
    "release.roll-of-units": ("单位 · {group}", "Units: {group}"),
    "release.roll-of-persons": ("个人 · {group}", "Persons: {group}"),
    "release.roll-line": ("{role}：{who}", "{role}: {who}"),
    "release.roll-former": ("{role}（曾任）：{who}", "{role} (former): {who}"),
    "release.roll-delegate": ("代表人 {who}", "represented by {who}"),
    "release.fact-approved": ("评审通过", "Approved by"),
    "release.fact-version": ("定稿版次", "Version"),
    "release.fact-key": ("存证公钥", "Key of the record"),
    "release.fact-sha": ("定稿校验码", "Fingerprint"),
    "release.fact-address": ("公开网址", "Address"),
    "release.fact-edition": ("版次", "Edition"),
    "release.fact-other-title": ("英文题名", "Chinese title"),
    "release.fact-number": ("文号", "Number"),
    "release.fact-classification": ("密级", "Classification"),
    "release.fact-authors": ("执笔", "Written by"),
    "release.fact-issuer": ("编制", "Prepared by"),
    "release.fact-signatory": ("签发", "Issued by"),
    "release.fact-day": ("发布日期", "Published"),
    "release.signed-by": ("{role} {name}", "{name}, {role}"),
    "release.annex-decision": ("评审意见", "Opinion of the panel"),
    "release.annex-minority": ("不同意见", "Opinions that differed"),
    "release.annex-comments": ("意见采纳情况", "Remarks that were taken up"),
    "release.annex-cases": ("案例", "Cases"),
    "release.annex-colon": ("：", ": "),
    "release.annex-decided": (
        "{gate}于{day}作出决定：{outcome}（{number}）。",
        "{gate} decided on {day}: {outcome} ({number}).",
    ),
    "release.annex-differed": (
        "评审中还有下列意见，与评审结论不同，按提出先后列出，不列姓名。",
        "These opinions differed from what was decided. They stand in the order they came, without "
        "names.",
    ),
    "release.annex-no": ("序号", "No."),
    "release.annex-about": ("所评文本", "Text"),
    "release.annex-place": ("位置", "Place"),
    "release.annex-remark": ("意见", "Remark"),
    "release.annex-answer": ("处理", "Answer"),
    "release.annex-whole": ("全文", "the whole"),
    "release.roll-no": ("序号", "No."),
    "release.roll-name": ("姓名", "Name"),
    "release.roll-unit": ("单位", "Unit"),
    "release.roll-role": ("职务", "Role"),
    "release.roll-who": ("代表人", "Represented by"),
    "release.roll-was": ("{role}（曾任）", "{role} (former)"),
    "release.gate-and-paper": ("{gate}（{number}）", "{gate} ({number})"),
    "release.closing-title": ("关于《{programme}》结题的通知", "Closing of '{programme}'"),
    "release.closing-body": (
        "《{programme_zh}》已完成实施方案规定的工作，自{day}起结题。\n\n"
        "- 办结应办事项 {met} 项，写明理由免办 {waived} 项；\n"
        "- 作出评审决定 {gates} 项；\n"
        "- 提出并核销监控意见 {findings} 条。\n\n"
        "报告与名册另行发布。",
        "'{programme_en}' has done what its charter asked for and is closed on {day}.\n\n"
        "- Duties met: {met}; waived with a reason: {waived}.\n"
        "- Gates decided: {gates}.\n"
        "- Findings raised and closed: {findings}.\n\n"
        "The report and the roll are published separately.",
    ),
    "release.told-published-subject": ("报告已发布：{title}", "Published: {title}"),
    "release.told-published": (
        "《{title}》（{number}）已经公开发布，可在下面的网址阅读和下载。感谢您的参与。",
        "'{title}' ({number}) is public and can be read and downloaded at the address below. "
        "Thank you for taking part.",
    ),
    "release.told-retracted-subject": ("报告已撤回：{title}", "Withdrawn: {title}"),
    "release.told-retracted": (
        "《{title}》（{number}）已经撤回。理由：{reason}",
        "'{title}' ({number}) was withdrawn. Reason: {reason}",
    ),
    "release.publisher-gone": (
        "发布人的登记已不在，无法以其名义制作文件。请由秘书处再做一次。",
        "Who published is no longer registered. Let the secretariat make the files once more.",
    ),
    "release.embargoed": (
        "报告在 {until} 之前不得发布，到时再办。",
        "The report is under an embargo until {until}. Publish it then.",
    ),
    "release.another-day": (
        "备妥的文件写的是 {day}。改在别的日子发布的，先撤回备妥的，按新的时间重新备妥。",
        "What was made ready bears the day {day}. To publish on another day withdraw it first and "
        "make it ready anew for that day.",
    ),
    "release.ready-already": (
        "{number} 已经备妥或者已经发布。要重做，先撤回。",
        "{number} is ready or out already. To make it anew withdraw it first.",
    ),
    "release.embargo-ahead": (
        "发布时间应在现在之后、一年之内。",
        "The instant lies ahead, and within a year.",
    ),
    "release.why-not-open": (
        "实施方案规定 {opens} 起才能发布",
        "the charter opens the publication on {opens}",
    ),
    "release.proof-title": (
        "核对“{programme}”名册中的本条",
        "Look at your entry in the roll of {programme}",
    ),
    "release.correction-title": (
        "名册第 {position} 条的更正",
        "the correction of entry {position} of the roll",
    ),
    "release.proof-open-already": (
        "名册正在校核中。办完这一轮，才能再开一轮。",
        "The roll is being looked at already. Close this round first.",
    ),
    "release.proof-end-ahead": (
        "截止时间应在现在之后、一年之内。",
        "The end lies ahead, and within a year.",
    ),
    "release.proof-settled-already": (
        "秘书处已对您的更正作出决定，不能再改。还有疑问，请联系秘书处。",
        "The office has decided on your correction; it cannot be answered otherwise. Ask the "
        "secretariat.",
    ),
    "release.proof-nothing-corrected": (
        "您没有改动任何一项。没有错误，请选“无误”；对次序有意见，请在说明中写明。",
        "Nothing was changed. If it is right, say so; if it is the order, say it in your words.",
    ),
    "release.proof-nothing-to-settle": (
        "这一条没有待决定的更正。",
        "No correction of this entry waits for a decision.",
    ),
    "release.proof-closed": ("这一轮校核已经结束。", "This proof round is closed."),
    "release.proof-asks-nobody": (
        "这一条没有现任人员可问，由秘书处核对。",
        "Nobody acts for this entry any more; the secretariat looks at it.",
    ),
    "release.proof-unsettled": (
        "还有 {count} 条更正没有决定，先逐条决定采纳与否。",
        "Corrections not decided yet: {count}. Decide each of them first.",
    ),
    "release.proof-not-over": (
        "已告知各方核对到 {until}，还有人没有答复，到时再结束。",
        "Owners were told they have until {until}, and some have not answered. Close it then.",
    ),
    "release.why-proof-open": (
        "名册正在逐条校核，先结束校核",
        "the entries are before their owners; close that round first",
    ),
    "release.why-no-proof": (
        "实施方案要求先请本人（单位）逐条核对，还没有发起校核",
        "the charter wants owners to look at their entries first, and no proof round was held",
    ),
    "release.left-out-silent": (
        "校核期满没有答复，按实施方案不列入",
        "did not answer the proof; the charter leaves such entries out",
    ),
    "release.roll-of-asides": ("评审与顾问专家 · {group}", "Reviewers and advisers: {group}"),
    "release.submitted-title": ("{title}（报送部委）", "{title}, for ministries"),
    "release.proof-taken": ("已采纳", "taken up"),
    "release.proof-declined": ("未采纳", "not taken up"),
    "release.proof-no-reason": ("无", "none given"),
    "release.told-proof-subject": (
        "请核对您在名册中的一条：{programme}",
        "Please look at your entry in the roll: {programme}",
    ),
    "release.told-proof": (
        "“{programme}”的名册即将印发。请打开下面的页面，核对名称（应与印章一致）、姓名写法和次序："
        "无误的点“无误”，有误的写明应改成什么。核对到 {until} 为止。",
        "The roll of {programme} is about to be issued. Open the page below and look at the name "
        "(as on the seal), the form of the name and the order: say that it is right, or what is "
        "to be put instead. You have until {until}.",
    ),
    "release.told-settled-subject": (
        "您对名册提出的更正已有结果：{programme}",
        "Your correction of the roll was decided: {programme}",
    ),
    "release.told-settled": (
        "您在“{programme}”名册校核中提出的更正：{outcome}。理由：{reason}",
        "The correction you asked for in the roll of {programme}: {outcome}. Reason: {reason}",
    ),
}
