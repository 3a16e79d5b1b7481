"""Several seats of one role, seats that go with others, who is called to a meeting, and how often
one is held."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.holder-twice": (
        "{party:party}写了两次：一个单位在一个角色中只占一席。",
        "{party:party} stands here twice: a party has one seat in a role.",
    ),
    "charter.more-holders": (
        "写了 {count} 个担任者，最多却只有 {most} 席。",
        "{count} holders are named for at most {most} seats.",
    ),
    "charter.office-in-circle": (
        "“{word:role}”由“{other:role}”当然担任，“{other:role}”又系于“{word:role}”：谁也无法先上任。",
        "'{word:role}' goes with '{other:role}', which itself hangs on '{word:role}': nobody can "
        "be first.",
    ),
    "charter.office-excluded": (
        "“{word:role}”由“{other:role}”当然担任，二者却不得兼任。",
        "'{word:role}' goes with '{other:role}', yet the two exclude each other.",
    ),
    "charter.office-of-other-kind": (
        "“{word:role}”由“{other:role}”当然担任，一个是单位席位，一个是个人席位。",
        "'{word:role}' goes with '{other:role}', but one is held by units, the other by persons.",
    ),
    "charter.offices-beyond": (
        "“{word:role}”最多 {most} 席，至少有 {count} 席来自当然担任和写明的担任者。",
        "'{word:role}' has at most {most} seats; {count} at least come by other offices and by "
        "name.",
    ),
    "charter.offices-too-few": (
        "“{word:role}”在“{group:group}”至少 {least} 席，当然担任和写明的担任者只有 {count} 席，"
        "其余没有人任命。",
        "'{word:role}' needs {least} seats in '{group:group}'; {count} come by other offices and "
        "by name, and nobody appoints the rest.",
    ),
    "charter.bad-term": (
        "“{word}”不是任期：任期是整天、整月或整年，不超过五十年。",
        "'{word}' is no term of office: that is whole days, months or years, fifty years at most.",
    ),
    "charter.renewals-without-term": (
        "“{word:role}”没有任期，谈不上连任。",
        "'{word:role}' has no term, so there is nothing to renew.",
    ),
    "charter.term-of-named": (
        "“{word:role}”由写明的单位担任，不会届满：换单位须调整方案。",
        "'{word:role}' is held by whom the charter names, which no term ends: another holder is an "
        "amendment.",
    ),
    "charter.term-by-office": (
        "“{word:role}”由其他职务的任职者当然担任，随那一席位届满，没有自己的任期。",
        "'{word:role}' goes with another office and ends with it: it has no term of its own.",
    ),
    "charter.term-beyond": (
        "“{word:role}”的任期长于整个课题，届满时课题早已结束。",
        "The term of '{word:role}' is longer than the programme: it never ends within it.",
    ),
    "charter.term-not-refilled": (
        "“{word:role}”任期届满后由谁产生，没有写明。",
        "Nothing says who brings '{word:role}' about when a term has ended.",
    ),
    "charter.unknown-box": (
        "申报表没有“{word}”这一栏。",
        "The application form has no box '{word}'.",
    ),
    "charter.born-of-nothing": (
        "“{word:group}”随征集设立，却没有一类申报授予它的牵头角色。",
        "'{word:group}' are born by admission, but no track gives a role that leads them.",
    ),
    "charter.batches-mixed": (
        "申报窗口的另一处写的是重复的日子，“{word}”却不是：开放、截止、确定三处须都是重复的日子。",
        "Another part of the window comes again, and '{word}' does not: opening, close and "
        "decision are all series, or none is.",
    ),
    "charter.batches-uneven": (
        "开放、截止、确定的次数不同（{counts}），配不成一批一批。",
        "Opening, close and decision do not come equally often ({counts}): they make no batches.",
    ),
    "charter.batches-crossed": (
        "{day} 开放的一批，截止或确定不在其后，或者下一批在它截止之前就开放。",
        "The batch that opens on {day} does not close and get decided after that, or the next one "
        "opens before it closes.",
    ),
    "charter.unknown-participant": (
        "没有叫“{word}”的组、一类组或职务。",
        "There is no group, kind of group or role called '{word}'.",
    ),
    "charter.with-no-meeting": (
        "“{word:work}”不是会议，没有与会者。",
        "'{word:work}' is no meeting, and nobody takes part in it.",
    ),
    "charter.sections-no-report": (
        "“{word:work}”不是报告，没有章节可写。",
        "'{word:work}' is no report and has no sections.",
    ),
    "charter.no-outline": (
        "“{word:work}”不能作提纲：提纲是另一份只交一次的报告。",
        "'{word:work}' cannot be the outline: that is another report, handed in once.",
    ),
    "charter.invites-itself": (
        "“{word:group}”本来就参加自己的会议。",
        "'{word:group}' takes part in its own meeting anyway.",
    ),
    "charter.bad-at-least": (
        "“{word}”不是几次和多久。",
        "'{word}' does not say how often and in how long.",
    ),
    "charter.often-in-days": (
        "“{word}”：按天或周计的，每段只能一次。",
        "'{word}': in days or weeks there is one time in each.",
    ),
    "charter.no-whole-window": (
        "“{word}”：从 {first} 到 {last} 不够一段，永远不必办。",
        "'{word}': from {first} to {last} there is no whole stretch, and nothing is ever owed.",
    ),
    "charter.open-below-min": (
        "“{word:round}”开放 {open}，短于至少应开放的 {least}。",
        "'{word:round}' is open for {open}, which is shorter than its least, {least}.",
    ),
    "charter.waits-without-end": (
        "“{word:work}”要等一项没有结束日的重复事项全部办完，永远等不到。",
        "'{word:work}' waits for all of something that recurs without an end, and never comes.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.holder-twice": ("删去其中一个", "remove one of them"),
    "charter.more-holders": ("写作 max: {count}", "write 'max: {count}'"),
    "charter.office-in-circle": ("删去其中一处 ex_officio", "remove one 'ex_officio'"),
    "charter.office-excluded": ("删去 excludes 中的一个", "remove it from 'excludes'"),
    "charter.office-of-other-kind": (
        "两个角色写同样的 holder_kind",
        "give both roles the same 'holder_kind'",
    ),
    "charter.offices-beyond": ("写作 max: {count}", "write 'max: {count}'"),
    "charter.offices-too-few": (
        "写作 min: {count}，或加上 appointed_by",
        "write 'min: {count}', or add 'appointed_by'",
    ),
    "charter.bad-term": ("写作 P1Y", "write 'P1Y'"),
    "charter.renewals-without-term": (
        "加上 term: P1Y，或删去 renewals",
        "add 'term: P1Y', or remove 'renewals'",
    ),
    "charter.term-of-named": ("删去 term，或删去 holder", "remove 'term', or remove 'holder'"),
    "charter.term-by-office": ("删去 term", "remove 'term'"),
    "charter.term-beyond": ("写短一些，或删去 term", "make it shorter, or remove 'term'"),
    "charter.term-not-refilled": (
        "加上 elected_by 或 appointed_by",
        "add 'elected_by' or 'appointed_by'",
    ),
    "charter.unknown-box": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.born-of-nothing": (
        "在 admission.tracks 中加一类，role 写设在其中、can 含 lead 的角色",
        "add a track to 'admission' whose 'role' sits there and can 'lead'",
    ),
    "charter.batches-mixed": (
        "三处都写 calendar 中重复的日子",
        "name a series of the calendar in all three",
    ),
    "charter.batches-uneven": (
        "后两个用 after 和 plus 从第一个推出",
        "derive the later two from the first by 'after' and 'plus'",
    ),
    "charter.batches-crossed": ("把间隔改短", "make the distances shorter"),
    "charter.unknown-participant": ("是否为“{nearest}”？", "did you mean '{nearest}'?"),
    "charter.with-no-meeting": (
        "删去 with，或写作 form: meeting",
        "remove 'with', or write 'form: meeting'",
    ),
    "charter.sections-no-report": (
        "写作 form: report，或删去这一行",
        "write 'form: report', or remove this",
    ),
    "charter.no-outline": ("写另一份只交一次的报告", "name another report that is handed in once"),
    "charter.invites-itself": ("删去 {word}", "remove {word}"),
    "charter.bad-at-least": ("写作 1 per P1Y", "write '1 per P1Y'"),
    "charter.often-in-days": (
        "写成一次和更短的一段，如 1 per P7D",
        "write one time in a shorter stretch, such as '1 per P7D'",
    ),
    "charter.no-whole-window": ("写短一些，或推后 to", "make it shorter, or move 'to'"),
    "charter.open-below-min": ("写作 open: {least}", "write 'open: {least}'"),
    "charter.waits-without-end": (
        "给那项事项写上 to，或不以它为前提",
        "give that one a 'to', or do not wait for it",
    ),
}

NUMBERS: dict[str, str] = {
    "charter.holder-twice": "ROL230",
    "charter.more-holders": "ROL231",
    "charter.office-in-circle": "ROL232",
    "charter.office-excluded": "ROL233",
    "charter.office-of-other-kind": "ROL234",
    "charter.offices-beyond": "ROL235",
    "charter.offices-too-few": "ROL236",
    "charter.bad-term": "ROL237",
    "charter.renewals-without-term": "ROL238",
    "charter.term-of-named": "ROL239",
    "charter.term-by-office": "ROL240",
    "charter.term-beyond": "ROL241",
    "charter.term-not-refilled": "ROL242",
    "charter.unknown-box": "SHP202",
    "charter.born-of-nothing": "SHP201",
    "charter.batches-mixed": "SHP198",
    "charter.batches-uneven": "SHP199",
    "charter.batches-crossed": "SHP200",
    "charter.unknown-participant": "SHP190",
    "charter.with-no-meeting": "SHP191",
    "charter.invites-itself": "SHP192",
    "charter.bad-at-least": "SHP193",
    "charter.often-in-days": "SHP194",
    "charter.no-whole-window": "SHP195",
    "charter.open-below-min": "SHP196",
    "charter.waits-without-end": "SHP197",
    "charter.sections-no-report": "SHP203",
    "charter.no-outline": "SHP204",
}
