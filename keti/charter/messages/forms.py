"""What to do about a finding, for who fills in forms and never sees the file: words, no code.

`SUGGESTIONS` tell the writer of a file what to write. Where that is code, this is said instead.
"""

OPEN_IT = ("点开这一项，在表单里改", "open this part and change it in the form")
"""Where nothing better is known."""
SAY_WHY = (
    "写明以何者为准、由谁决定、为什么",
    "say which one counts, who decided so and why",
)
WHY_STANDS = ("说明为何可以", "say why it may stand")

IN_FORMS: dict[str, tuple[str, str]] = {
    "charter.stated-days": SAY_WHY,
    "charter.stated-months": SAY_WHY,
    "charter.term-before-founding": (
        "推后开始日，或写明此前的用途",
        "begin later, or say what the time before is for",
    ),
    "charter.month-without-day": (
        "写作二十八、二十九、三十日，取当月最后一个",
        "take the last of the 28th, 29th and 30th",
    ),
    "charter.due-on-day-off": (
        "改为提前到前一个工作日，或改日期",
        "let it fall on the working day before, or change the day",
    ),
    "charter.first-too-early": (
        "第一期不足十个工作日的不算",
        "leave out a first one that is less than ten working days old",
    ),
    "charter.due-before-founding": (
        "推后开始，或不算不足十个工作日的第一期",
        "begin later, or leave out a first one that is less than ten working days old",
    ),
    "charter.only-words": ("写上能算出来的日期", "give a date that can be worked out"),
    "charter.no-slack": (
        "排在被汇总的日期之后若干工作日，如 5 个",
        "make it due some working days after what it collects, such as 5",
    ),
    "charter.holidays-follow": (
        "提前几天，或写明已考虑假期",
        "make it due earlier, or say that the holiday is allowed for",
    ),
    "charter.before-holidays": (
        "提前几天，或写明已考虑假期",
        "make it due earlier, or say that the holiday is allowed for",
    ),
    "charter.rounding": ("写明往前取还是往后取", "say whether to round down or up"),
    "charter.undecided": ("写上何时决定入选", "say by when admission is decided"),
    "charter.no-way-back": ("在结论中加上退回或终止", "add an outcome that sends back or stops"),
    "charter.no-way-on": ("在结论中加上通过", "add an outcome that approves"),
    "charter.no-deadline": ("写上期限", "give it a deadline"),
    "charter.rounds-without-revise": ("在结论中加上退回修改", "add an outcome that sends back"),
    "charter.never-ends": ("加上一项办理结题", "add a work that closes the programme"),
    "charter.max-below-min": ("改大最多席数，或改小最少席数", "raise the most or lower the least"),
    "charter.office-in-circle": (
        "去掉其中一处当然担任",
        "let one of them not go with the other",
    ),
    "charter.office-excluded": (
        "写明两个角色可以兼任，或去掉当然担任",
        "let both be held, or let one not go with the other",
    ),
    "charter.office-of-other-kind": (
        "两个角色都由单位担任，或都由个人担任",
        "let both be held by units, or both by persons",
    ),
    "charter.with-no-meeting": (
        "去掉与会者，或写作会议",
        "take the participants away, or make it a meeting",
    ),
    "charter.sections-no-report": ("写作报告，或去掉这一项", "make it a report, or take this away"),
    "charter.no-outline": (
        "写另一份只交一次的报告",
        "name another report that is handed in once",
    ),
    "charter.offices-beyond": ("增加最多席数", "raise the most seats"),
    "charter.offices-too-few": (
        "减少最少席数，或写明由谁任命",
        "lower the least seats, or say who appoints",
    ),
    "charter.more-holders": (
        "增加最多席数，或减少担任者",
        "raise the most seats, or name fewer holders",
    ),
    "charter.no-spare": (
        "最多席数加一，或减少这里的人数",
        "raise the most seats by one, or ask for fewer here",
    ),
    "charter.nobody-decides": ("最少席数写成至少 1", "ask for one seat or more"),
    "charter.office-of-the-decider": (
        f"由另一方决定，或{WHY_STANDS[0]}",
        f"let another party decide, or {WHY_STANDS[1]}",
    ),
    "charter.decides-own-work": (
        f"由别的角色决定，或{WHY_STANDS[0]}",
        f"let another role decide, or {WHY_STANDS[1]}",
    ),
    "charter.decides-kin-work": (
        f"由另一方决定，或{WHY_STANDS[0]}",
        f"let another party decide, or {WHY_STANDS[1]}",
    ),
    "charter.company-awards": (
        "由非营利方决定，或说明它不是评比",
        "let a body not for profit decide, or say that it is no award",
    ),
    "charter.nobody-appoints": (
        "写明由谁担任、由谁任命或由谁选出",
        "say who holds it, who appoints or who elects",
    ),
    "charter.watches-own-group": (
        "写明两个角色不由同一人担任",
        "say that nobody holds both roles",
    ),
    "charter.judges-own-text": ("写明两个角色不由同一人担任", "say that nobody holds both roles"),
    "charter.never-due": (
        "写上期限，或列为某次评审的材料",
        "give a deadline, or let a review ask for it",
    ),
    "charter.nobody-approves": ("写明由谁批准", "say who approves"),
    "charter.no-amendment-rule": (
        "写明方案调整分几级，各由谁批准、提前几天告知",
        "say which classes of amendments there are, who approves each and with what notice",
    ),
    "charter.names-without-consent": (
        "写明登载姓名须本人同意",
        "say that names are printed with each person's consent",
    ),
    "charter.kept-without-term": (
        "写明未入选的申报表保存多久",
        "say how long rejected applications are kept",
    ),
    "charter.clause-unnamed": (
        "在落实这一条的内容上注明它",
        "name this clause at the part that implements it",
    ),
    "charter.comments-unanswered": (
        "写明每条意见都要答复",
        "say that every comment is answered",
    ),
}
