MESSAGES: dict[str, tuple[str, str]] = {
    "monitoring.may-not-raise": (
        "监控意见由{roles}提出，或由被代录人就代录事项提出；您现在的身份是“{seat}”。",
        "Findings are raised by {roles}, or by whoever something was recorded for; you act as "
        "{seat}.",
    ),
    "monitoring.say-what": (
        "请写明标题和问题，让答复的人知道要改什么。",
        "Write a title and what is wrong, so that whoever answers knows what to correct.",
    ),
    "monitoring.severity-unknown": ("请选择轻重程度。", "Choose how grave it is."),
    "monitoring.nobody-answers": (
        "还没有人担任可以答复此事的职务，请秘书处先任命。",
        "Nobody holds a seat that could answer this. The secretariat appoints first.",
    ),
    "monitoring.not-yours-to-answer": (
        "此意见由{who}答复；您现在的身份是“{seat}”。",
        "{who} answers this finding; you act as {seat}.",
    ),
    "monitoring.say-what-was-done": (
        "请写明如何整改，或为何不需整改。",
        "Write what was corrected, or why nothing needs to be.",
    ),
    "monitoring.only-the-raiser": (
        "监控意见只能由提出人{who}核销或退回；您现在的身份是“{seat}”。",
        "Only {who}, who raised it, closes or returns this finding; you act as {seat}.",
    ),
    "monitoring.not-by-the-corrected": (
        "答复整改的一方不能自行核销：请等提出人{who}核实。",
        "Whoever was asked to correct cannot close the finding: {who}, who raised it, verifies.",
    ),
    "monitoring.give-a-reason": ("请写明理由。", "Give the reason."),
    "monitoring.cannot-answer": (
        "此意见现为“{state}”，现在不能答复。",
        "The finding stands as “{state}”; it cannot be answered now.",
    ),
    "monitoring.cannot-close": (
        "此意见现为“{state}”，不能再核销。",
        "The finding stands as “{state}”; it cannot be closed again.",
    ),
    "monitoring.cannot-reopen": (
        "此意见现为“{state}”，还没有可退回的答复。",
        "The finding stands as “{state}”; there is no answer to return yet.",
    ),
    "monitoring.cannot-assign": (
        "此意见现为“{state}”，没有待办的答复可以改由他人办理。",
        "The finding stands as “{state}”; there is no answer to be given to somebody else.",
    ),
    "monitoring.not-assignable": (
        "只能改由{group}中其他在任的成员答复，且不能是提出人。请从列表中选择。",
        "The answer passes only to another standing seat of {group}, never to the raiser. Choose "
        "from the list.",
    ),
    "monitoring.only-the-coordinator": (
        "改由他人答复、跟进意见由协调员或秘书处办理；您现在的身份是“{seat}”。",
        "Coordinator or secretariat give a finding to somebody else and follow it; you act as "
        "{seat}.",
    ),
    "monitoring.joined-already": (
        "您已在跟进此意见，每一步都会收到通知。",
        "You follow this finding already and are told of every step.",
    ),
    "monitoring.not-joined": (
        "您没有在跟进此意见，无须取消。",
        "You do not follow this finding; there is nothing to end.",
    ),
    "monitoring.state-raised": ("待答复", "waiting for an answer"),
    "monitoring.state-answered": ("待核实", "waiting for verification"),
    "monitoring.state-closed": ("已核销", "closed"),
    "monitoring.link-broken": (
        "提出意见的链接不完整或已被改动。请回到相关页面，重新点“提出监控意见”。",
        "The link to raise a finding is incomplete or was changed. Go back to the page and use "
        "“Raise a finding” again.",
    ),
    "monitoring.duty-answer": ("答复监控意见：{title}", "Answer the finding: {title}"),
    "monitoring.duty-verify": ("核实整改：{title}", "Verify the correction: {title}"),
    "monitoring.told-raised-subject": ("监控意见：{title}", "Finding: {title}"),
    "monitoring.told-raised": (
        "{who}就“{about}”提出监控意见：{title}（{severity}）。请于{due}前答复。",
        "{who} raised a finding on “{about}”: {title} ({severity}). Please answer by {due}.",
    ),
    "monitoring.told-passed-on-subject": (
        "监控意见转由您办理：{title}",
        "A finding has passed to you: {title}",
    ),
    "monitoring.told-passed-on": (
        "因人员变动，监控意见“{title}”的下一步由您办理，请于{due}前完成。",
        "After a change of seats the next step on the finding “{title}” is yours, due {due}.",
    ),
    "monitoring.told-answered-subject": (
        "已答复，请核实：{title}",
        "Answered, please verify: {title}",
    ),
    "monitoring.told-answered": (
        "{who}已答复监控意见“{title}”。请于{due}前核实：核销，或退回再改。",
        "{who} answered the finding “{title}”. Please verify by {due}: close it or return it.",
    ),
    "monitoring.told-reopened-subject": ("退回再改：{title}", "Returned: {title}"),
    "monitoring.told-reopened": (
        "{who}认为“{title}”尚未解决：{reason} 请于{due}前再次答复。",
        "{who} finds that “{title}” is not settled: {reason} Please answer again by {due}.",
    ),
    "monitoring.told-closed-subject": ("已核销：{title}", "Closed: {title}"),
    "monitoring.told-closed": (
        "{who}已核销监控意见“{title}”：{reason}",
        "{who} closed the finding “{title}”: {reason}",
    ),
    "monitoring.told-assigned-subject": (
        "监控意见改由{heir}答复：{title}",
        "{heir} now answers the finding: {title}",
    ),
    "monitoring.told-assigned": (
        "{who}将监控意见“{title}”由{before}改交{heir}答复：{reason} 答复期限仍为{due}。",
        "{who} gave the finding “{title}” from {before} to {heir}: {reason} It is still due {due}.",
    ),
    "monitoring.told-followed-subject": ("您跟进的监控意见：{title}", "You follow: {title}"),
    "monitoring.told-followed": (
        "您跟进的监控意见“{title}”{what}。点开可看经过。",
        "The finding “{title}” that you follow {what}. Open it to read its history.",
    ),
    "monitoring.step-answered": ("已答复，待核实", "was answered and waits for verification"),
    "monitoring.step-assigned": ("已改由他人答复", "was given to somebody else to answer"),
    "monitoring.step-closed": ("已核销", "was closed"),
    "monitoring.step-passed-on": ("因人员变动已转他人办理", "passed on after a change of seats"),
    "monitoring.step-raised": ("已提出", "was raised"),
    "monitoring.step-reopened": ("已退回再改", "was returned"),
    "monitoring.severity-note": ("提示", "a note"),
    "monitoring.severity-ordinary": ("一般", "ordinary"),
    "monitoring.severity-blocking": ("须先整改", "to be corrected first"),
}
