"""Sentences a cast writes about anything: by what a section's title asks for, in both languages.

Each is filled with a subject taken from the charter's own titles and two numbers. All fictional.
"""

Pair = tuple[str, str]

ASKS: tuple[tuple[str, str], ...] = (
    ("aim", "摘要|背景|目标|主旨|范围|前言|说明|summary|background|aim|purpose|scope|foreword"),
    ("course", "方向|框架|原则|direction|framework|principle"),
    ("method", "方法|计划|分工|结构|章节|安排|method|plan|structure|chapters|division"),
    ("wording", "条款|条文|术语|clauses|wording"),
    ("practice", "场景|进展|成果|概况|scenario|result|progress|state of"),
    ("trouble", "问题|挑战|风险|待定|困难|problem|challenge|risk|open p"),
    ("wish", "诉求|需求|demand|need"),
    ("instance", "案例|示例|试验|依据|来源|case|example|test|evidence"),
    ("remedy", "措施|办法|建议|对策|应对|measure|recommend|settle|proposal|options"),
)

PATTERNS: dict[str, tuple[Pair, ...]] = {
    "aim": (
        (
            "“{topic}”现有{n}种做法并行，同一件事说法不一，使用方难以比较。本文说明要解决什么、"
            "适用于谁，并写明不涉及的部分。",
            "There are {n} ways of handling “{topic}” today, and users cannot compare them. This "
            "text says what is to be settled, for whom, and what is left out.",
        ),
        (
            "“{topic}”的目标有两个：让参与各方用同一套说法，让结果可以由第三方复核。",
            "“{topic}” has two aims: that all parties use the same words, and that a third party "
            "can check the result.",
        ),
    ),
    "course": (
        (
            "“{topic}”宜先易后难：有共识的{n}项先定下来，分歧较大的留给试行。",
            "“{topic}” is best settled from the easy end: the {n} points on which all agree first, "
            "the others after a trial.",
        ),
        (
            "各方职责分开写：谁提出、谁核对、谁决定，“{topic}”的每一项都能找到负责人。",
            "Duties are written apart: who proposes, who checks, who decides, for every point of "
            "“{topic}”.",
        ),
    ),
    "method": (
        (
            "“{topic}”按“收集—比对—核实—成文”四步推进，每一步留下底稿，共安排{n}次集中讨论。",
            "“{topic}” goes in four steps: gather, compare, check, write; each leaves its papers, "
            "and {n} working sessions are set.",
        ),
        (
            "“{topic}”的每条结论至少有两个相互独立的来源；只有一个来源的{n}处单独列出。",
            "Every conclusion on “{topic}” rests on two independent sources; {n} that rest on one "
            "are listed apart.",
        ),
    ),
    "wording": (
        (
            "“{topic}”已写成{m}条，先列用语，再列要求，最后列核对方法；每条要求只写一件事。",
            "“{topic}” now has {m} clauses: terms first, then requirements, then how each is "
            "checked. One clause requires one thing.",
        ),
        (
            "“{topic}”中凡写“应”的条款都配有核对方法，写“宜”的条款说明了例外，共有{n}处。",
            "In “{topic}” every “shall” has a way of checking it; every “should” names its "
            "exceptions, {n} in all.",
        ),
    ),
    "practice": (
        (
            "围绕“{topic}”走访{n}家单位，核对了{m}条来源，形成材料初稿，已在组内传阅。",
            "On “{topic}” we visited {n} units and checked {m} sources; a first text went round "
            "the group.",
        ),
        (
            "“{topic}”的初稿收到{n}人意见，采纳{m}处，其余逐条说明了理由。",
            "The first text on “{topic}” was read by {n} people; {m} changes were made and reasons "
            "given for the rest.",
        ),
        (
            "围绕“{topic}”开了{n}次小会，列出{m}个要点，其中有分歧的单独记录。",
            "We met {n} times on “{topic}” and listed {m} points; those in dispute are recorded "
            "apart.",
        ),
    ),
    "trouble": (
        (
            "“{topic}”的来源还不够，{n}处只有单一依据。",
            "Sources on “{topic}” are thin: {n} statements rest on one source only.",
        ),
        (
            "两家单位对“{topic}”的口径不一致，{n}个数字需要再核对。",
            "Two units count “{topic}” differently; {n} figures need another check.",
        ),
        (
            "“{topic}”中有{n}处对小单位负担较重，是否放宽尚无一致意见。",
            "{n} points of “{topic}” weigh on small units; whether to ease them is not agreed.",
        ),
    ),
    "wish": (
        (
            "{n}家单位希望“{topic}”的要求写明过渡期，并公布办理时限。",
            "{n} units ask that “{topic}” come with a transition period and published time limits.",
        ),
        (
            "参与单位希望“{topic}”只提交一次材料，其余由系统核对。",
            "Units ask to hand in papers on “{topic}” once and have the rest checked by machine.",
        ),
    ),
    "instance": (
        (
            "选取{n}个样例逐项比对“{topic}”：{m}项一次通过，其余在说明改写后通过。",
            "{n} samples were compared with “{topic}”: {m} points passed at once, the others after "
            "the wording was changed.",
        ),
        (
            "“{topic}”的{n}个案例均由两人分别记录，差异处回到原件核对。",
            "Each of {n} cases on “{topic}” was recorded by two people; differences were checked "
            "against the originals.",
        ),
    ),
    "remedy": (
        (
            "请两位组员补齐“{topic}”的依据，由组长复核，{n}日内完成。",
            "Two members complete the sources on “{topic}” within {n} days; the lead checks them.",
        ),
        (
            "“{topic}”的统一口径已经约定，{n}日内重新汇总。",
            "A common reading of “{topic}” is agreed; figures are merged again within {n} days.",
        ),
        (
            "建议“{topic}”先试行一年，由使用方反馈后再定稿，反馈与答复一并公开。",
            "We recommend a year's trial of “{topic}”; answers of those who use it are published "
            "with our replies before the text is final.",
        ),
    ),
}

PLANS: tuple[Pair, ...] = (
    ("核对“{topic}”的来源", "Check the sources on “{topic}”"),
    ("修订“{topic}”的文稿", "Revise the text on “{topic}”"),
    ("就“{topic}”走访两家单位", "Visit two units about “{topic}”"),
    ("汇总“{topic}”的意见", "Gather comments on “{topic}”"),
)


def asked_for(title: str) -> tuple[str, ...]:
    """What a section's title asks for, in the order of its words; what was done, where unclear."""
    lower = title.lower().replace("解决问题", "解决")
    found: dict[str, int] = {}
    for ask, words in ASKS:
        places = [lower.find(word) for word in words.split("|") if word in lower]
        if places:
            found[ask] = min(places)
    return tuple(sorted(found, key=lambda ask: found[ask])) or ("practice",)
