"""The language's help as a form gives it: in the words of its labels, without codes. Pure."""

from __future__ import annotations

import re

from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.vocabulary import Field, KeyBlock
from keti.kernel.acts import Text

_KEY = re.compile(r" ?(?<![A-Za-z0-9_.:])([a-z][a-z_]+)(?![A-Za-z0-9_.:(=]) ?")
_LATIN = re.compile(r"[a-z]{2,}")
PLAIN: dict[str, Text] = {
    "date": Text(
        "一个日期、一段期间或一组重复日期，五种写法取一：一段期间写“自”和“至”；一天写“日期”；"
        "重复写“重复”和起止；按月写“月数”和“自”；随另一日期写“之后”和“加”。",
        "One day, a period or a series, in one of five ways: a period by its first and last day; "
        "a day by its date; a series by how it recurs and its ends; by months from a day; after "
        "another date by how long.",
    ),
    "date.date": Text("直接选日期，或由别的日期推算。", "A day, or one worked out from others."),
    "date.plus": Text("在其后多久。", "How long after."),
    "date.rrule": Text("怎样重复，如每月 30 日。", "How it recurs, such as each 30th."),
    "date.months": Text(
        "从“自”那一天数起，第几个月的最后一天。",
        "The last day of these months.",
    ),
    "work.months": Text(
        "从“自”那一天数起，第几个月末各一次。", "Once at the end of each of these months."
    ),
    "calendar": Text("有名字的日期，别处按名字引用。", "Dates by name; other parts refer to them."),
    "obligations": Text("应办事项，逐项列出。", "Duties, one by one."),
    "round.disposition": Text(
        "写 required 则每条意见都须答复采纳与否。", "Required: every comment is answered."
    ),
    "gate.when": Text(
        "开启条件：哪些评审通过、哪些事项办结之后。",
        "When it opens: after which reviews were passed and which works are done.",
    ),
    "instance.overrides": Text(
        "本组另行规定的项目和取值，须是本类组允许另定的。",
        "What this group arranges differently; its kind must allow each.",
    ),
    "work.per": Text(
        "每一类组各办一次；选一个组则只由它办；不选为总体组。",
        "Once for every group of this kind; for one group alone where it is chosen; the overall "
        "group when left out.",
    ),
    "gate.per": Text(
        "每一类组各决定一次；选一个组则只在那里决定；不选为总体组。",
        "Once for every group of this kind; in one group alone where it is chosen; the overall "
        "group when left out.",
    ),
    "group.by_admission": Text(
        "每份入选的申报设立一个这样的组，由申报人牵头。期限可以从该组设立之日算起。",
        "Each application that is admitted founds a group of this kind, led by who applied. Dates "
        "of its works may count from the day it was founded.",
    ),
    "window.open": Text(
        "开放日期；每年一批的，开放、截止、决定期限都选日程中重复的日子，每次配成一批，各有其通知、申报和文号。",
        "The first day. Where people apply every year, choose a series for the opening, the close "
        "and the decision: their days belong together one by one, each batch with its own call, "
        "applications and numbers.",
    ),
    "work.rrule": Text(
        "怎样重复；也可以在日程中起名后写在“期限”里。",
        "How it recurs; or name a series in the calendar and choose it as the due date.",
    ),
}


def help_of(name: str, one: KeyBlock | Field, lang: str) -> str:
    """What a form says of a block or a key: `name` is the block's, or `block.key`.

    Where the words to choose from stand on the page themselves, their codes are not told.
    """
    if name in PLAIN:
        return PLAIN[name].in_(lang)
    text = one.help.in_(lang)
    chosen = isinstance(one, Field) and one.kind in ("choice", "choices")
    if chosen and _LATIN.search(one.help.zh):
        return ""
    return text if lang.startswith("en") else _KEY.sub(_label, text)


def _label(found: re.Match[str]) -> str:
    return f"“{CHINESE[found[1]]}”" if found[1] in CHINESE else found[0]
