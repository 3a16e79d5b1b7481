"""What the room of gatherings says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "gatherings.only-manage": (
        "大会由秘书处筹办，{seat}不能办理。",
        "The secretariat arranges gatherings; {seat} cannot.",
    ),
    "gatherings.ends-first": (
        "结束时间应在开始时间之后。",
        "It ends after it begins.",
    ),
    "gatherings.no-such-promise": (
        "实施方案里没有这项承诺。",
        "The charter makes no such promise.",
    ),
    "gatherings.over": (
        "“{title}”已经举行或者取消，不能再改。",
        "'{title}' was held or called off; nothing of it changes any more.",
    ),
    "gatherings.announced-already": ("已经公布。", "It is announced already."),
    "gatherings.not-begun": (
        "还没有到开始时间，或者已经取消。",
        "It has not begun, or was called off.",
    ),
    "gatherings.minutes": (
        "时长应为 1 到 1440 分钟。",
        "A part lasts 1 to 1440 minutes.",
    ),
    "gatherings.outside": (
        "这一项不在大会的起止时间之内。",
        "This part lies outside the time of the gathering.",
    ),
    "gatherings.dropped-already": ("这一项已经撤下。", "This part was dropped already."),
    "gatherings.nobody-speaks": (
        "这一项没有讲者。",
        "Nobody speaks in this part.",
    ),
    "gatherings.name": ("请填写姓名。", "Give the name."),
    "gatherings.invited-already": (
        "这位来宾已在名单上。",
        "This guest is on the list already.",
    ),
    "gatherings.no-reply": ("请选择一种回复。", "Choose one of the replies."),
    "gatherings.who-signs": (
        "请填写文件、签署方，至少一份。",
        "Name the paper and the party; one copy at least.",
    ),
    "gatherings.listed-already": (
        "这一方已在这份文件的签署名单上。",
        "This party is listed for this paper already.",
    ),
    "gatherings.signed-already": ("已经签署。", "It is signed already."),
    "gatherings.copies": (
        "这一方应得 {copies} 份，领走的不能多于此数。",
        "This party gets {copies} {copies:copy|copies}; no more can be handed over.",
    ),
}
