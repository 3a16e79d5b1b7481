"""What the room of activities says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "activities.no-unit": (
        "名额给单位，不给个人；您以{seat}的身份在此，不代表任何单位。",
        "Places go to units, not to persons; you act as {seat}, for no unit.",
    ),
    "activities.not-your-own-sheet": (
        "自己录入的，请别人核对。",
        "What you entered yourself is checked by somebody else.",
    ),
    "activities.only-others-check": (
        "由秘书处、监控员或组长核对。您以{seat}的身份在此。",
        "The secretariat, a monitor or a lead checks it. You act as {seat}.",
    ),
    "activities.not-invited": (
        "名额给参加课题的单位。您以{seat}的身份在此。",
        "Places are for the units that take part. You act as {seat}.",
    ),
    "activities.outside": (
        "地方政策和方案由课题组内的人录入。您以{seat}的身份在此。",
        "Sheets of regions are entered by those who take part. You act as {seat}.",
    ),
    "activities.only-who-entered": (
        "由录入者或秘书处撤回。您以{seat}的身份在此。",
        "Who entered it withdraws it, or the secretariat. You act as {seat}.",
    ),
    "activities.title-needed": ("请写明标题。", "Say what it is called."),
    "activities.day-over": (
        "这一天已经过去。公布的是还没有举办的活动。",
        "That day is over. What is announced has not taken place yet.",
    ),
    "activities.ends-before-it-begins": (
        "结束日期早于开始日期。",
        "It ends before it begins.",
    ),
    "activities.no-places": ("请写明有多少个名额。", "Say how many places there are."),
    "activities.unknown-division": (
        "没有“{word}”这个省级或地级行政区划。请写六位代码或全称。",
        "“{word}” is no provincial or prefectural division. Write its code or its whole name.",
    ),
    "activities.unknown-promise": (
        "实施方案没有承诺“{word}”。",
        "The charter promises nothing called “{word}”.",
    ),
    "activities.closes-too-late": (
        "报名截止日不能晚于活动开始那天。",
        "Places are taken until the day it begins at the latest.",
    ),
    "activities.closes-too-early": (
        "报名截止日已经过去。",
        "The last day for taking a place is over.",
    ),
    "activities.priority-unfounded": (
        "优先期要有依据：请选择一项写明惠及哪些角色的承诺。",
        "A priority rests on a promise: choose one that says whom it is for.",
    ),
    "activities.priority-too-late": (
        "优先期不能晚于报名截止日。",
        "The priority ends with the taking of places at the latest.",
    ),
    "activities.right-over": (
        "按实施方案，这项优先资格从 {first} 起，到 {last} 止；活动开始那天不在其中。",
        "By the charter this priority holds from {first} until {last}; the activity begins outside"
        " it.",
    ),
    "activities.right-not-begun": (
        "按实施方案，这项优先资格要等一项决定作出才开始，那项决定还没有作出。",
        "By the charter this priority begins with a decision that was not taken yet.",
    ),
    "activities.over": (
        "这项活动{state}，不能再改。",
        "This activity is over: {state}.",
    ),
    "activities.not-open-yet": ("还没有开始报名。", "Places are not taken yet."),
    "activities.closed": (
        "报名已在 {at} 截止。",
        "Places were taken until {at}.",
    ),
    "activities.priority-of-others": (
        "{at} 以前只有享有优先资格的单位可以占名额；{unit}从那时起可以。",
        "Until {at} only units with priority may take a place; {unit} may from then on.",
    ),
    "activities.too-few-left": (
        "只剩 {left} 个名额。",
        "Only {left} places are left.",
    ),
    "activities.how-many": ("请写明几个人。", "Say how many people."),
    "activities.said-already": (
        "{unit}已经这样答复过。",
        "{unit} said so already.",
    ),
    "activities.not-begun": (
        "活动还没有开始，不能记为已举办。",
        "It has not begun: it cannot be recorded as held.",
    ),
    "activities.evidence-needed": (
        "请附上纪要、签到表或照片，让别人能够核对。",
        "Add minutes, a list of attendance or a picture, so that others can check it.",
    ),
    "activities.more-than-taken": (
        "{unit}占了 {people} 个名额，不能到 {came} 人。",
        "{unit} took {people} places: {came} cannot have come.",
    ),
    "activities.reason-needed": ("请写明原因。", "Say why."),
    "activities.not-held": ("这项活动还没有记为已举办。", "It was not recorded as held."),
    "activities.guest-unsaid": (
        "请写明来自哪个单位、什么职务。",
        "Say of which body and in which post.",
    ),
    "activities.named-without-consent": (
        "写姓名要附上本人同意的材料；没有的，只写单位和职务。",
        "A name needs a paper that its owner agrees; without one write body and post alone.",
    ),
    "activities.withdrawn-already": ("已经撤回。", "It was withdrawn already."),
    "activities.sheet-unsaid": ("请写明标题和内容。", "Say its title and what it says."),
    "activities.source-needed": (
        "请写明出处：文件名称和文号，或网址。",
        "Say where it comes from: the paper and its number, or an address.",
    ),
    "activities.as-of-ahead": (
        "“截至”的日期还没有到。",
        "The day as of which it holds has not come yet.",
    ),
    "activities.seminar-needed": (
        "地方治理方案要与一次研讨相连：请选择在这个区划举办过的研讨。",
        "A regional scheme is linked to a seminar: choose one held in this division.",
    ),
    "activities.checked-already": ("已经核对过。", "It was checked already."),
    "activities.held-shown": (
        "{title}（{day}，{units} 家单位、{people} 人）",
        "{title} ({day}; {units} units, {people} people)",
    ),
    "activities.invited-to": ("答复邀请：{title}", "Answer the invitation: {title}"),
    "activities.told-announced-subject": ("优先报名：{title}", "You go first: {title}"),
    "activities.told-announced": (
        "“{programme}”将举办“{title}”。贵单位享有优先资格，{until} 以前可先占名额；"
        "请在下面的页面答复参加或不参加。",
        "{programme} holds “{title}”. Your unit goes first and may take places before others until"
        " {until}. Say on the page below whether it takes part.",
    ),
    "activities.told-cancelled-subject": ("活动取消：{title}", "Cancelled: {title}"),
    "activities.told-cancelled": (
        "“{programme}”的“{title}”取消了。原因：{reason}",
        "“{title}” of {programme} is cancelled. Why: {reason}",
    ),
}
