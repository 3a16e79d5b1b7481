"""Which name of the programme is perhaps meant by a word of a roster. Pure."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from keti.accounts.rules import like_key

_GROUP = re.compile("(?:分?课题)?(?:小组|组)?$")
"""What people add to the name of a group: 商贸 and 商贸小组 are one."""


def perhaps(word: str, titles: Sequence[str]) -> str:
    """The title that is perhaps meant; of several that fit alike one that begins so, else the
    first. Empty where none is near: one that holds the word or is held by it, then the same
    without what a group is called by, then one that is written alike."""
    key = like_key(word)
    keys = {title: like_key(title) for title in reversed(titles)}
    for one in (key, _GROUP.sub("", key)):
        held = [title for title in titles if one and _hold(one, keys[title])]
        if held:
            return next((one for one in held if keys[one].startswith(key)), held[0])
    return next(iter(get_close_matches(word, titles, 1)), "")


def _hold(one: str, other: str) -> bool:
    return bool(other) and (one in other or other in one)


EVERYDAY = {
    verb: tuple(words.split())
    for verb, words in (
        ("lead", "组长 负责人 牵头 主编 主持 带头 lead head chair conven"),
        ("watch", "监督 监控 督导 monitor audit"),
        ("resolve", "联络 协调 联系人 liaison coordinat mediat"),
        ("judge", "评审 评委 专家 review referee panel expert"),
        ("advise", "顾问 advis"),
        ("contribute", "成员 组员 调查员 研究 作者 编 撰稿 执笔 参与 参加 专家 "
                       "member author research draft writ expert fellow staff"),
    )
}  # fmt: skip
"""By what people call them in daily life: what somebody may do in a group."""
_DEPUTY = re.compile("^(?:第.)?副|^(?:deputy|vice|associate)")


def everyday(word: str, roles: Mapping[str, frozenset[str]]) -> str:
    """The title of the role that does what the word says; a deputy is no lead. Of several the one
    with the fewest rights. Empty where the word says nothing or no role does it.

    `roles`: what each role may do, by its title.
    """
    key = like_key(word)
    verbs = [verb for verb, words in EVERYDAY.items() if any(one in key for one in words)]
    if _DEPUTY.match(key):
        verbs = [verb for verb in verbs if verb != "lead"] + ["contribute"]
    for verb in verbs:
        able = [title for title, can in roles.items() if verb in can]
        if able:
            return min(able, key=lambda title: len(roles[title]))
    return ""
