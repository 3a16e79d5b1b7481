AWAITED = (
    "评审意见还没有到齐，或者结论未定，暂不能作出决定。此前份数和内容都不公开。",
    "Opinions are missing, or do not settle the outcome yet: no decision can be recorded. How many "
    "there are and what they say stays closed until then.",
)
"""One sentence for a missing quorum and for an open result: no tally before the decision."""

MESSAGES: dict[str, tuple[str, str]] = {
    "review.secretariat-or-decider": (
        "评审关口由秘书处或有权决定的人开启；您现在的身份是“{seat}”。",
        "The secretariat or one of those who decide opens a gate; you act as {seat}.",
    ),
    "review.already-open": (
        "此关口已开启，评审的版本已经固定。",
        "This gate is open already; what is judged is pinned.",
    ),
    "review.already-decided": (
        "此关口已于{when}作出决定：{outcome}。",
        "This gate was decided on {when}: {outcome}.",
    ),
    "review.not-yet": ("现在还不能开启：{why}", "It cannot be opened yet: {why}"),
    "review.nothing-to-judge": (
        "此关口没有可评审的材料。请秘书处核对实施方案。",
        "There is nothing to judge at this gate. The secretariat checks the charter.",
    ),
    "review.why-opens-later": ("评审自{when}起进行", "review opens on {when}"),
    "review.why-input-missing": ("尚未收到{title}（{who}）", "{title} is not yet received ({who})"),
    "review.why-findings-open": (
        "还有 {count} 条须先整改的监控意见没有核销",
        "findings that must be settled first are still open: {count}",
    ),
    "review.why-finding-open": (
        "监控意见尚未核销：{title}（{who}提出）",
        "a finding is still open: {title} (raised by {who})",
    ),
    "review.why-unsettled": ("尚未完成：{what}", "not settled yet: {what}"),
    "review.why-otherwise": ("条件不成立：{what}", "does not hold: {what}"),
    "review.round-of": ("{title}第 {n} 轮", "round {n} of {title}"),
    "review.fact-date": ("到达“{what}”", "“{what}” is reached"),
    "review.fact-gate": ("{what}：{result}", "{what}: {result}"),
    "review.fact-done": ("{what}办结", "{what} is done"),
    "review.not-a-decider": (
        "此关口不由您现在的身份“{seat}”决定。",
        "Your seat {seat} does not decide at this gate.",
    ),
    "review.not-open": (
        "此关口现在不在评审中，不能提交声明、意见或决定。",
        "This gate is not under review now; no declaration, opinion or decision is taken.",
    ),
    "review.declare-first": (
        "请{who}先作利益冲突声明（有或没有），再提交意见。",
        "{who} first declares a conflict of interest, or none; then the opinion.",
    ),
    "review.say-which-conflict": (
        "请写明是什么利益冲突，一句话即可。",
        "Say which conflict of interest it is; one sentence will do.",
    ),
    "review.conflict-stands": (
        "{who}已声明利益冲突并回避，本关口内不能撤回。",
        "{who} declared a conflict and stands aside; within this gate that cannot be withdrawn.",
    ),
    "review.nobody-free-to-decide": (
        "{gate}：有权决定的人都与您同属一方，须回避，没有人能作出决定。请由别的单位的人提出申请。",
        "{gate}: everybody who decides is on your side and would stand aside, so nobody could "
        "decide. Let somebody of another body ask.",
    ),
    "review.stands-aside": (
        "{who}须回避，不能提交意见或决定。",
        "{who} stands aside and gives neither opinion nor decision.",
    ),
    "review.conflict-declared": ("本人声明利益冲突", "declared a conflict of interest"),
    "review.conflict-unit-declared": (
        "同一单位已声明利益冲突",
        "their unit declared a conflict of interest",
    ),
    "review.conflict-own-work": ("评审对象由本人提交", "judged their own work"),
    "review.conflict-own-group": ("评审对象出自本人所在小组", "belongs to the group judged"),
    "review.conflict-same-unit": ("与提交人同一单位", "same unit as the author"),
    "review.conflict-affiliated-unit": (
        "与提交人所在单位有隶属关系",
        "a unit affiliated with the author's",
    ),
    "review.no-voice": ("按表决规则无表决权", "has no vote under the rule of this gate"),
    "review.opinion-given": (
        "{who}已于{when}提交意见；作出决定前，本人可以更正或撤回。",
        "{who} gave an opinion on {when}; until the decision it may be corrected or withdrawn.",
    ),
    "review.no-opinion-yet": (
        "{who}在本轮没有意见可以更正或撤回。",
        "{who} has no opinion in this round to correct or withdraw.",
    ),
    "review.say-why-withdrawn": (
        "请写明为什么撤回，一句话即可。",
        "Say why it is withdrawn; one sentence will do.",
    ),
    "review.outcome-unknown": (
        "请从本轮可选的结论中选择：{offered}。",
        "Choose one of the outcomes of this round: {offered}.",
    ),
    "review.no-more-rounds": (
        "本关口共{most}轮，这是最后一轮，不能再退回。可选：{offered}。",
        "This gate has {most} {most:round|rounds} and this is the last; nothing is returned now. "
        "Choose: {offered}.",
    ),
    "review.points-need-a-return": (
        "“{outcome}”不退回材料，须逐条答复的要点没有人答复。请写在评审结论意见里，并清空要点。",
        "“{outcome}” returns nothing, so nobody would answer the points. Write them into the "
        "reasons and clear the points.",
    ),
    "review.give-a-reason": (
        "请写明意见，让提交人知道要改什么。",
        "Write the reasons, so that the author knows what to change.",
    ),
    "review.role-unfilled": (
        "有{count}个须参加决定的职务无人可投票（空缺或全部回避）。请先任命，法定人数不因回避而降低。",
        "{count} of the deciding roles have nobody left to vote (vacant or standing aside). "
        "Appoint first: a recusal does not lower the quorum.",
    ),
    "review.quorum-out-of-reach": (
        "须有{needed}人表决，回避后只剩{free}人（应到{seats}人）。请增补评审人，"
        "法定人数不因回避而降低。",
        "{needed} {needed:vote is|votes are} needed, but after recusals only {free} of {seats} "
        "can vote. Appoint "
        "more deciders: a recusal does not lower the quorum.",
    ),
    "review.quorum-missing": AWAITED,
    "review.votes-missing": AWAITED,
    "review.votes-say-otherwise": (
        "按已提交的意见，本轮结论只能是：{offered}。",
        "By the opinions given, the outcome of this round can only be: {offered}.",
    ),
    "review.findings-open": (
        "还有 {count} 条须先整改的监控意见未核销。核销后才能通过。",
        "Findings that must be settled first are open: {count}. Approval waits for them.",
    ),
    "review.told-opened-subject": ("请评审：{title}", "For your review: {title}"),
    "review.told-opened": (
        "{title}已开启，评审版本{version}。请先作利益冲突声明，再于{due}前提交意见。",
        "{title} is open, on version {version}. Please declare conflicts of interest first, then "
        "give your opinion by {due}.",
    ),
    "review.no-consensus": (
        "意见已齐，没有达成一致：请再投一次票，按赞成比例决定。",
        "All have spoken and do not agree: a second vote is taken, and the share decides.",
    ),
    "review.no-second-vote": (
        "没有什么要再投一次票：意见还没有到齐，或者已经可以作出决定。",
        "There is nothing to vote on again: opinions are missing, or it can be decided.",
    ),
    "review.told-again-subject": ("请再次表决：{title}", "A second vote: {title}"),
    "review.told-again": (
        "{title}没有达成一致，请就同一材料再投一次票，于{due}前提交意见；这次按赞成比例决定。",
        "There was no consensus on {title}. Please vote again on the same material by {due}; this "
        "time the share decides.",
    ),
    "review.not-on-request": (
        "实施方案没有这样一项按申请作出的决定。",
        "The charter knows no such decision on request.",
    ),
    "review.not-yours-to-ask": (
        "这项决定不由您现在的身份“{seat}”申请。",
        "Your seat {seat} does not ask for this decision.",
    ),
    "review.over-nothing-to-ask": (
        "这里的工作已经结束，没有什么可以申请的了。",
        "The work here has ended; there is nothing to ask for any more.",
    ),
    "review.say-why-you-ask": (
        "请写明请求什么、为什么：决定人评审的就是这份申请。",
        "Say what you ask for and why: the request itself is what is judged.",
    ),
    "review.not-yet-asked": ("现在还不能申请：{why}", "It cannot be asked for yet: {why}"),
    "review.request-again": ("{title}（第 {n} 次申请）", "{title} (request {n})"),
    "review.told-asked-subject": ("有人申请：{title}", "A decision is asked for: {title}"),
    "review.told-asked": (
        "{who}申请：{title}。理由：{reason} 请在{due}前作出决定，材料齐备后开启。",
        "{who} asks for: {title}. Reason: {reason} It is to be decided by {due}, and opens once "
        "its material is in.",
    ),
    "review.told-decided-subject": ("{title}：{outcome}", "{title}: {outcome}"),
    "review.told-decided": (
        "{title}已作出决定：{outcome}（{number}）。意见：{reasons}",
        "{title} is decided: {outcome} ({number}). Reasons: {reasons}",
    ),
    "review.cancelled-by": ("{title}：{outcome}（{number}）", "{title}: {outcome} ({number})"),
    "review.programme-stopped": ("已终止（{outcome}）", "Ended early ({outcome})"),
    "review.told-stopped-subject": ("终止：{what}", "Ended: {what}"),
    "review.told-stopped": (
        "{title}的结论是“{outcome}”，{what}到此终止，未办事项{count}项全部取消。意见：{reasons}",
        "{title} came to: {outcome}. {what} ends here; {count} open {count:duty is|duties are} "
        "cancelled. "
        "Reasons: {reasons}",
    ),
    "review.told-revise-subject": (
        "{title}：{outcome}，请修改",
        "{title}: {outcome}, to be revised",
    ),
    "review.told-revise": (
        "{title}的结论是“{outcome}”，材料退回，进入第{round}轮。意见：{reasons} "
        "请于{due}前重新提交。",
        "{title} came to: {outcome}. The material is returned; round {round} follows. Reasons: "
        "{reasons} Please hand in again by {due}.",
    ),
}
