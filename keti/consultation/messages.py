MESSAGES: dict[str, tuple[str, str]] = {
    "consultation.not-a-round": (
        "“{title}”不是征求意见，请到相应栏目办理。",
        "{title} is not a comment round; it is done in another room.",
    ),
    "consultation.nothing-to-discuss": (
        "“{subject}”还没有提交的版本，不能开始征求意见。",
        "No version of {subject} has been handed in yet, so there is nothing to comment on.",
    ),
    "consultation.not-a-participant": (
        "“{seat}”不参加本轮征求意见。",
        "{seat} takes no part in this comment round.",
    ),
    "consultation.round-is-closed": (
        "本轮征求意见已经结束，不能再提交或处理意见。",
        "This comment round has ended; no comment is taken or answered any more.",
    ),
    "consultation.open-longer": (
        "按实施方案，征求意见至少开放到 {until}，在那之前不能结束。",
        "By the charter the round stays open until {until} at the least; it does not close before.",
    ),
    "consultation.window-is-over": (
        "本轮意见收到{due}为止，您的文字没有提交。迟到的意见请直接交秘书处。",
        "Comments were taken until {due}; yours was not stored. Send it to the secretariat.",
    ),
    "consultation.not-public": (
        "本轮只向课题成员征求意见，实施方案没有面向公众。",
        "This round is for participants; the charter does not open it to the public.",
    ),
    "consultation.receiver-records": (
        "公众来稿由{who}或秘书处登记。",
        "{who} or the secretariat records what the public sends in.",
    ),
    "consultation.say-something": ("请写明意见内容。", "Write what your comment is."),
    "consultation.answerers-decide": (
        "意见由{who}或被征求意见稿的起草人处理；您现在的身份是“{seat}”。",
        "{who} or the drafter of the text answers comments; you act as {seat}.",
    ),
    "consultation.choose-an-answer": (
        "请选择采纳、部分采纳或不采纳。",
        "Choose adopted, partly adopted or not adopted.",
    ),
    "consultation.give-a-reason": (
        "部分采纳或不采纳须写明理由，提出者会收到。",
        "Say why a comment is adopted only in part or not at all; its author is told.",
    ),
    "consultation.has-commented": (
        "{who}已提出意见，不能再表示无意见。",
        "{who} has commented already and cannot say that there are no remarks.",
    ),
    "consultation.comments-of": ("{title}的意见", "the comments in {title}"),
    "consultation.told-no-remarks": ("征求意见：无意见", "comment round: no remarks"),
    "consultation.comments-waiting": (
        "还有{count}条意见没有处理，不能结束。",
        "{count} {count:comment has|comments have} no answer yet; the round cannot close.",
    ),
    "consultation.not-opened": (
        "本轮征求意见还没有开始。",
        "This comment round has not been opened yet.",
    ),
    "consultation.told-opened-subject": ("请提意见：{subject}", "Comments invited: {subject}"),
    "consultation.told-opened": (
        "{round}已经开始，征求意见稿为{subject}（校验码{sha}）。请于{due}前提出。",
        "{round} is open on {subject} (fingerprint {sha}). Please comment before {due}.",
    ),
    "consultation.told-answered-subject": (
        "您的意见已处理：{answer}",
        "Your comment was answered: {answer}",
    ),
    "consultation.told-answered": (
        "您对{round}提出的第{number}条意见：{answer}。理由：{reason}",
        "Your comment no. {number} in {round}: {answer}. Reason: {reason}",
    ),
    "consultation.told-comment": ("意见第{number}条", "comment no. {number}"),
    "consultation.answer-adopted": ("采纳", "adopted"),
    "consultation.answer-partly": ("部分采纳", "partly adopted"),
    "consultation.answer-declined": ("不采纳", "not adopted"),
    "consultation.answer-waiting": ("待处理", "not answered yet"),
    "consultation.separator": ("、", ", "),
    "consultation.table-title": ("征求意见汇总处理表", "Comments received and their disposition"),
    "consultation.table-version": ("{subject}（第 {number} 版）", "{subject} (version {number})"),
    "consultation.table-held-by": ("组织征求意见：{who}", "Comment round held by {who}"),
    "consultation.table-number": ("序号", "No."),
    "consultation.table-place": ("条款/章节", "Clause or section"),
    "consultation.table-remark": ("意见内容", "Comment"),
    "consultation.table-who": ("提出单位", "Made by"),
    "consultation.table-answer": ("处理意见", "Disposition"),
    "consultation.table-reason": ("理由", "Reason"),
    "consultation.table-original": ("原文：{words}", "Text commented on: {words}"),
    "consultation.table-proposed": ("建议改为：{words}", "Proposed wording: {words}"),
    "consultation.table-whole": ("全文", "Whole text"),
    "consultation.table-public": ("{who}\n（公众）", "{who}\n(public)"),
    "consultation.table-no-remarks": ("没有收到意见。", "No comment was received."),
    "consultation.table-counts": (
        "说明：征求 {asked} 个席位的意见，{answered} 个已回复，其中 {spoke} 个提出意见，"
        "{silent} 个表示无意见；另收到公众意见 {public} 条。"
        "共 {said} 条意见：采纳 {adopted} 条，部分采纳 {partly} 条，不采纳 {declined} 条，"
        "待处理 {waiting} 条。",
        "Note: {asked} {asked:seat was|seats were} asked and {answered} replied: {spoke} with "
        "comments, {silent} "
        "with none; {public} {public:comment|comments} came from the public. Of {said} "
        "{said:comment|comments} in all {adopted} "
        "were adopted, {partly} partly adopted, {declined} not adopted, {waiting} still waiting.",
    ),
    "consultation.table-silent": ("无意见的席位：{names}。", "No remarks from: {names}."),
    "consultation.table-signed": (
        "汇总人（签字）：　　　　　　　　　　审核人（签字）：　　　　　　　　　　日期：",
        "Compiled by:　　　　　　　　　　Checked by:　　　　　　　　　　Date:",
    ),
    "consultation.no-reason": ("（未另述）", "(none given)"),
}
