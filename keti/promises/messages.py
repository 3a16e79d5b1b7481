"""What the room of promises says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "promises.not-yours": (
        "这项承诺由{who}负责，由其本人或秘书处认定。您以{seat}的身份在此。",
        "{who} answers for this promise: they or the secretariat say what became of it. You act as"
        " {seat}.",
    ),
    "promises.only-manage": (
        "只有秘书处记录单位享有了什么。您以{seat}的身份在此。",
        "Only the secretariat records what a unit was given. You act as {seat}.",
    ),
    "promises.only-its-unit": (
        "这是给{unit}的，由该单位的人确认收到。",
        "This was given to {unit}: somebody of that unit confirms it.",
    ),
    "promises.no-such-outcome": (
        "请选择：已兑现、部分兑现、未兑现或不适用。",
        "Choose: kept, kept in part, not kept, or does not apply.",
    ),
    "promises.reason-needed": (
        "请写明理由：为什么只兑现了一部分、没有兑现或不再适用。",
        "Say why it was kept in part only, not kept, or does not apply.",
    ),
    "promises.show-something": (
        "还没有一件佐证。说“已兑现”或“部分兑现”以前，请先添加至少一件。",
        "Nothing shows it yet. Add an exhibit before you say that it was kept, wholly or in part.",
    ),
    "promises.target-missed": (
        "目标是 {target}，实测最高 {best}。没有达到目标的，只能认定为“部分兑现”或“未兑现”。",
        "The target is {target}, the most that was measured {best}. A promise whose target was not"
        " reached is kept in part or not kept.",
    ),
    "promises.same-again": (
        "已经这样认定过了，理由也相同。",
        "This was said before, for the same reason.",
    ),
    "promises.measure-incomplete": (
        "实测数要写明渠道、数值、单位和来源，例如：平台后台导出。",
        "A figure says of which channel it is, its value, its unit, and where it was read, such as"
        " the platform's export.",
    ),
    "promises.clipping-incomplete": (
        "报道要写明媒体名称。",
        "A report in the media names its outlet.",
    ),
    "promises.nothing-to-see": (
        "请附上文件或写上网址，让别人能够核对。",
        "Add a file or an address, so that others can check it.",
    ),
    "promises.day-ahead": (
        "这个日期还没有到。请写取得这件佐证的日期。",
        "This day has not come yet. Write the day on which it was seen.",
    ),
    "promises.shown-twice": (
        "这件佐证已经有了：{title}。",
        "This exhibit is there already: {title}.",
    ),
    "promises.withdrawn-already": ("已经撤回。", "It was withdrawn already."),
    "promises.confirmed-already": ("已经确认收到。", "It was confirmed already."),
    "promises.why-withdraw": ("请写明撤回的原因。", "Say why it is withdrawn."),
    "promises.not-entitled": (
        "{unit}没有担任“{title}”所惠及的角色，不能记为享有。",
        "{unit} holds none of the roles that “{title}” is for, so it cannot be recorded as given.",
    ),
    "promises.not-provided": (
        "{unit}还不能享有“{title}”：实施方案要求先做到 {lacks}，记录里还没有做到。",
        "{unit} is not entitled to “{title}” yet: the charter asks for {lacks} first, and the"
        " record does not show it.",
    ),
    "promises.what-was-given": ("请写明给了什么。", "Say what was given."),
    "promises.told-given-subject": ("请确认收到：{what}", "Please confirm: {what}"),
    "promises.told-given": (
        "“{programme}”记录：{unit}已享有“{title}”——{what}。收到了请在下面的页面确认；"
        "没有收到或不符的，请告诉秘书处。",
        "{programme} records that {unit} was given {what} under “{title}”. If you have it, confirm"
        " it on the page below; if you do not, tell the secretariat.",
    ),
}
