"""What the room of the research says."""

MESSAGES: dict[str, tuple[str, str]] = {
    "research.whole-is-the-leads": (
        "属于整个课题的内容由总负责人或秘书处录入；您以{seat}的身份在此，请选择自己的组。",
        "What belongs to the whole programme is entered by its lead or the secretariat. You act as"
        " {seat}: choose your own group.",
    ),
    "research.not-your-group": (
        "{group}的内容由该组的人录入。您以{seat}的身份在此。",
        "What belongs to {group} is entered by those who work in it. You act as {seat}.",
    ),
    "research.not-yours": (
        "这一条由{who}负责：由其本人、组长或秘书处办理。您以{seat}的身份在此。",
        "{who} answers for this: they, the lead of the group or the secretariat do it. You act as"
        " {seat}.",
    ),
    "research.only-the-lead-settles": (
        "由组长或秘书处定稿。您以{seat}的身份在此。",
        "The lead of the group or the secretariat settles it. You act as {seat}.",
    ),
    "research.assess-on-the-map": (
        "研判在图谱的格子里写：先选法域和业务模式。",
        "An assessment is written in a cell of the map: choose its row and column there.",
    ),
    "research.no-such-map": (
        "实施方案里没有这张图谱。",
        "The charter declares no such map.",
    ),
    "research.not-on-the-map": (
        "这一格的行和列不属于这张图谱。",
        "These two do not stand at the edges of this map.",
    ),
    "research.assessed-already": (
        "这一格已经有{node}，请在那一条上改写。",
        "This cell holds {node} already: change that one.",
    ),
    "research.assessed-by-oneself": (
        "研判由另一个人复核后定稿，写的人自己不定稿。",
        "An assessment is read and settled by somebody else than who wrote it.",
    ),
    "research.assessment-no-state": ("请选结论。", "Choose what the assessment concludes."),
    "research.assessment-no-day": (
        "请写明截至哪一天：规定随时在变。",
        "Say as of which day: rules change.",
    ),
    "research.assessment-later-day": (
        "“截至”不能是以后的日期。",
        "The day it speaks of cannot lie ahead.",
    ),
    "research.assessment-no-instrument": (
        "请写明依据哪份文件（名称、文号、条款）；没有找到明确规定的，选“尚不明确”。",
        "Name the instrument it rests on (title, number, article). Where nothing clear was found, "
        "choose “unclear”.",
    ),
    "research.assessment-no-conditions": (
        "有条件开展的，请写明条件。",
        "Say under which conditions it is permitted.",
    ),
    "research.no-such-node": (
        "没有找到这一条，或者您看不到它。",
        "There is no such node, or you may not see it.",
    ),
    "research.no-such-kind": (
        "请选择实施方案“研究链”里有的一类。",
        "Choose a kind that the charter's chain of research names.",
    ),
    "research.say-a-title": (
        "请写标题，中文英文至少一样。",
        "Write a title, in Chinese or in English.",
    ),
    "research.no-such-choice": ("请从选项里选一个。", "Choose one of the options."),
    "research.nothing-to-enter": (
        "表里没有一行可以录入。",
        "The sheet holds no row that can be entered.",
    ),
    "research.merged-cannot-change": (
        "它已经并入{into}，请改那一条，或先撤销合并。",
        "It was merged into {into}: change that one, or undo the merging first.",
    ),
    "research.changed-meanwhile": (
        "您打开以后，别人已经改过（现为第 {version} 版）。您写的还在下面，请对照新内容再保存。",
        "Somebody changed it since you opened it (now version {version}). What you wrote is still"
        " below: compare it with what it says now, then save again.",
    ),
    "research.nothing-changed": ("没有改动，不必保存。", "Nothing was changed."),
    "research.no-draft": (
        "现在是“{state}”，只有草拟的才能定稿。",
        "It stands as “{state}”; only a draft is settled.",
    ),
    "research.give-a-reason": ("请写明理由。", "Give the reason."),
    "research.does-not-stand": (
        "其中一条现在是“{state}”，不能再用。",
        "One of them stands as “{state}” and counts no more.",
    ),
    "research.linked-to-itself": ("不能与自己关联。", "Nothing is tied to itself."),
    "research.no-such-link": ("请选择一种关联。", "Choose how the two are tied."),
    "research.linked-already": (
        "{first}与{second}已经这样关联。",
        "{first} and {second} are tied so already.",
    ),
    "research.unlinked-already": ("已经取消关联。", "They are tied no more already."),
    "research.not-suspect": (
        "两端都没有变过，不必重读。",
        "Neither end has changed: it need not be read again.",
    ),
    "research.merge-one-kind": (
        "只能并入同一类的另一条。",
        "It is merged only into another one of its own kind.",
    ),
    "research.merge-would-tell": (
        "保密的不能并入公开的：请先把另一条也设为保密。",
        "What is confidential is not merged into what is not: make the other confidential first.",
    ),
    "research.not-merged": ("它没有并入别的。", "It was not merged into another."),
    "research.confidence-needs-both": (
        "先判断证据和一致程度，再另定把握程度。",
        "Judge evidence and agreement first, before you say another confidence.",
    ),
    "research.confidence-needs-reason": (
        "另定的把握程度与两项判断得出的不同，请写明理由。",
        "This confidence is not the one that follows from both judgements: say why.",
    ),
    "research.no-sheet": (
        "请上传表格：xlsx、xls、et 或 csv。",
        "Upload a sheet: xlsx, xls, et or csv.",
    ),
    "research.sheet-no-titles": (
        "没有找到“标题”一列。请在表头写上“标题”。",
        "No column is headed “Title”: give one that heading.",
    ),
    "research.sheet-column-unread": (
        "这一列的表头不认识，没有读。",
        "This heading is not known: the column was not read.",
    ),
    "research.row-no-title": ("没有标题。", "It has no title."),
    "research.row-there": ("同名的已经有了。", "One of this title is there already."),
    "research.row-too-long": (
        "太长：最多 {most} 字，现有 {count} 字。",
        "Too long: at most {most} characters, it has {count}.",
    ),
    "research.row-no-choice": (
        "不是这一列可以填的选项。",
        "It is none of the options of this column.",
    ),
    "research.row-no-fit": (
        "“{what}”写法不对：日期写 2022-03-31，网址以 https:// 开头。",
        "“{what}” is not written as it should be: a date as 2022-03-31, an address with https://.",
    ),
    "research.gap-of": (
        "研究链还缺：{node}缺{what}（要 {want}，现有 {have}）。",
        "The chain of research lacks: {node} needs {want} of {what}, has {have}.",
    ),
    "research.gaps-confidential": (
        "研究链还缺：保密条目有 {count} 处缺口，请到“缺口”页查看。",
        "The chain of research lacks: {count} {count:gap|gaps} of confidential nodes, see “Gaps”.",
    ),
    "research.gap": (
        "缺{what}：要 {want}，现有 {have}。",
        "Lacks {what}: needs {want}, has {have}.",
    ),
    "research.gap-suspect": (
        "存疑：它所依据的变过，还没有人重读。",
        "Suspect: what it rests on changed, and nobody has read it again.",
    ),
    "research.uptake-sent": ("已报送", "sent"),
    "research.uptake-acknowledged": ("已收悉", "acknowledged"),
    "research.uptake-under_study": ("研究中", "under study"),
    "research.uptake-partly": ("部分采纳", "partly adopted"),
    "research.uptake-adopted": ("已采纳", "adopted"),
    "research.uptake-declined": ("未采纳", "declined"),
    "research.uptake-overtaken": ("情况已变，不再适用", "overtaken by events"),
    "research.uptake-unknown": ("不了解", "unknown"),
    "research.share-coincides": (
        "与建议一致，未见说明出处",
        "agrees with the recommendation, no source is named",
    ),
    "research.share-refers": ("文件或讲话提到了本课题", "a paper or speech refers to it"),
    "research.share-confirmed": (
        "对方书面确认源于本建议",
        "confirmed in writing to come from it",
    ),
    "research.uptake-not-settled": (
        "{node}不是已定稿的政策建议。先定稿、报送，再登记落实情况。",
        "{node} is no settled recommendation. Settle it and send it before you say what became of "
        "it.",
    ),
    "research.uptake-not-addressed": (
        "{node}没有关联到这个建议对象。请先在条目页关联。",
        "{node} is not tied to this addressee. Link them on its page first.",
    ),
    "research.uptake-day-to-come": (
        "日期不能晚于今天（{today}）。",
        "The day cannot be later than today, {today}.",
    ),
    "research.uptake-shown-by-nothing": (
        "请写明凭什么这样说：文号、来函、报道或网址。确实不了解的，选“不了解”。",
        "Say what shows it: the number of a paper, a letter, a report, an address. Where nobody "
        "knows, choose “unknown”.",
    ),
    "research.uptake-share-missing": (
        "采纳或部分采纳的，请选与本建议有多大关系；拿不准的，选“与建议一致，未见说明出处”。",
        "Where it was taken up, choose how much of that is owed to the recommendation; in doubt, "
        "that it agrees and no source is named.",
    ),
    "research.uptake-share-of-nothing": (
        "没有采纳的，不填与本建议的关系。",
        "What was not taken up owes nothing to the recommendation: leave that empty.",
    ),
    "research.uptake-withdrawn-already": (
        "这一条已经撤回。",
        "This was withdrawn before.",
    ),
    "research.uptake-verified-already": (
        "这一条已经核实。",
        "This was found true before.",
    ),
    "research.uptake-from-inside": (
        "落实情况由课题组内的人登记。您以{seat}的身份在此。",
        "What became of recommendations is said by those who take part. You act as {seat}.",
    ),
    "research.uptake-of-ones-own": (
        "自己登记的，由别人核实。",
        "What you said yourself is found true by somebody else.",
    ),
    "research.uptake-who-verifies": (
        "落实情况由秘书处、监控或组长核实。您以{seat}的身份在此。",
        "Secretariat, monitors and leads find it true. You act as {seat}.",
    ),
    "research.uptake-who-withdraws": (
        "只有登记人（{who}）和秘书处可以撤回。您以{seat}的身份在此。",
        "Only {who}, who said it, or the secretariat may withdraw it. You act as {seat}.",
    ),
    "research.told-uptake-subject": (
        "{node}的落实情况：{state}",
        "What became of {node}: {state}",
    ),
    "research.told-uptake": (
        "您参与的{node}“{title}”有了核实的落实情况：{addressee}，{state}，截至 {day}。",
        "What became of {node} “{title}”, in which you had a part, was found true: {addressee}, "
        "{state}, as of {day}.",
    ),
    "research.need-answered": ("答复", "an answer"),
    "research.need-checked": (
        "查证属实或部分属实的事实核查",
        "a fact check that holds, wholly or in part",
    ),
    "research.need-approved": ("所述单位的认可", "the approval of the unit it tells of"),
    "research.told-answered-subject": (
        "您的{demand}有了答复",
        "Your {demand} was answered",
    ),
    "research.told-taken-up": (
        "您提出的{demand}由{node}“{title}”回应。",
        "Your {demand} is taken up by {node} “{title}”.",
    ),
    "research.told-unmet": (
        "您提出的{demand}没有采纳，理由写在条目页上。",
        "Your {demand} was not taken up; its page says why.",
    ),
    "research.no-case": (
        "{node}不是研究案例。",
        "{node} is no case.",
    ),
    "research.unit-chosen-and-named": (
        "从列表里选了单位，就不要再填名称；课题外的单位只填名称。",
        "Choose a seat or write a name, not both: a name is for a unit outside the programme.",
    ),
    "research.no-unit-said": (
        "请至少写明所述单位或提供单位。",
        "Say of which unit the case tells, or who supplied it.",
    ),
    "research.say-how-it-gains": (
        "请写明提供单位有什么利益。",
        "Say how the supplier gains by it.",
    ),
    "research.check-with-own-eyes": (
        "核查事实的人自己登记，不能代录。",
        "Who checked the facts says so in person: nobody does it for others.",
    ),
    "research.check-from-inside": (
        "事实由课题组内的人核查。您以{seat}的身份在此。",
        "Facts are checked by those who take part. You act as {seat}.",
    ),
    "research.check-of-ones-own": (
        "自己负责、撰写或定稿的案例，由别人核查。",
        "What you answer for, wrote or settled is checked by somebody else.",
    ),
    "research.check-by-unit-involved": (
        "提供案例的单位和案例所述单位的人不能核查它的事实。",
        "Nobody of the unit that supplied a case, or of which it tells, checks its facts.",
    ),
    "research.say-what-was-checked": (
        "请写明核查了什么、凭什么。",
        "Say what was checked, and by what.",
    ),
    "research.checked-already": (
        "您已经核查过这一版。要改结论，请先撤回。",
        "You checked this version before. Withdraw that check to find otherwise.",
    ),
    "research.tells-of-no-unit": (
        "请先写明案例说的是哪个单位。",
        "Say first of which unit the case tells.",
    ),
    "research.approval-asked-already": (
        "这一版已经请该单位认可。",
        "That unit was asked about this version before.",
    ),
    "research.approval-not-yours": (
        "由{who}代表所述单位答复。您以{seat}的身份在此。",
        "{who} answers for the unit of which it tells. You act as {seat}.",
    ),
    "research.approval-secretariat-records": (
        "{who}不在课题内，由秘书处凭其书面材料登记。您以{seat}的身份在此。",
        "{who} is outside the programme: the secretariat records its paper. You act as {seat}.",
    ),
    "research.approval-answered-already": (
        "已经答复过了。要改，请先撤回。",
        "This was answered before. Withdraw the answer to give another.",
    ),
    "research.approval-of-before": (
        "当时请认可的是第 {version} 版，案例后来改了，或者改写了所述单位。请课题组重新征求。",
        "You were asked about version {version}. The case was changed since, or tells of another "
        "unit: the group asks anew.",
    ),
    "research.say-which-changes": (
        "请写明要改什么。",
        "Say what is to be changed.",
    ),
    "research.say-the-paper": (
        "请照抄书面材料的原话和文号、日期。",
        "Write what the paper says, with its number and date.",
    ),
    "research.conflict-same-unit": (
        "提供单位就是所述单位",
        "who supplied it is the unit of which it tells",
    ),
    "research.conflict-own-demand": (
        "提供单位提出的诉求与本案例关联到同一条政策建议",
        "who supplied it made a demand that is tied to the same recommendation",
    ),
    "research.conflict-gains": (
        "提供单位有利益",
        "who supplied it gains by it",
    ),
    "research.stand-holds": ("属实", "holds"),
    "research.stand-in_part": ("部分属实", "holds in part"),
    "research.stand-fails": ("不属实", "does not hold"),
    "research.stand-changed": ("以前的版次，后来改过", "of an earlier version, changed since"),
    "research.stand-involved": ("核查人与案例有关，不算数", "by a unit involved, does not count"),
    "research.stand-elsewhere": ("案例现在说的是另一个单位", "the case tells of another unit now"),
    "research.stand-asked": ("等候答复", "awaits an answer"),
    "research.stand-approved": ("认可", "approved"),
    "research.stand-changes": ("要求修改", "asks for changes"),
    "research.told-asked-subject": (
        "请贵单位确认{node}",
        "{node} tells of your unit",
    ),
    "research.told-asked": (
        "{node}“{title}”（第 {version} 版）写到贵单位。请阅读后认可，或者写明要改什么。",
        "{node} “{title}” (version {version}) tells of your unit. Read it, then approve it or say "
        "what is to be changed.",
    ),
    "research.told-checked-subject": (
        "{node}的事实核查：{outcome}",
        "Facts of {node} checked: {outcome}",
    ),
    "research.told-checked": (
        "您负责的{node}“{title}”（第 {version} 版）的事实有人核查过：{outcome}。",
        "The facts of {node} “{title}” (version {version}), for which you answer, were checked: "
        "{outcome}.",
    ),
    "research.told-stand-subject": (
        "所述单位对{node}的答复：{answer}",
        "{node}, the unit of which it tells: {answer}",
    ),
    "research.told-stand": (
        "{unit}对{node}“{title}”（第 {version} 版）的答复：{answer}。",
        "{unit} answered about {node} “{title}” (version {version}): {answer}.",
    ),
}
