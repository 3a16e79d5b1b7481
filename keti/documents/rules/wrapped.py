"""Where the name of a body, or a title, goes to its next line: between words, never within one."""

import re
from itertools import combinations, pairwise

from .nodes import text_width

_BODIES = (
    "科学院|研究院|大学|学院|研究所|研究中心|委员会|联合会|联盟|协会|学会|商会|基金会|有限公司|公司|中心|"
    "实验室|事务所|办公室|集团|医院"
)
_UNIT = re.compile(
    "《[^《》]*》|"
    rf"[^《》（）()]*?(?:{_BODIES})(?:{_BODIES})*|"
    "[（(][^（）()]*[）)]|[^《》（）()]*?的|[^《》（）()]+|."
)
_ENDS = ("，", "。", "、", "；", "：", "）", ")", "》")
"""What no line begins with."""
_DEMO = "（演示）"
MOST, WORDS_MOST = 4, 40
"""A name of more lines or words than this is left to break as it will."""


def units(text: str) -> list[str]:
    """The words of a Chinese name, or of a text in another language; joined they are the text."""
    if re.search(r"[A-Za-z]\s", text):
        return re.findall(r"\S+\s*", text)
    found: list[str] = []
    for part in _UNIT.findall(text):
        sticks = part == _DEMO or part.startswith(_ENDS) or re.fullmatch(_BODIES, part)
        if found and sticks:
            found[-1] += part
        else:
            found.append(part)
    return found


def wrapped(text: str, width: float) -> str:
    """`text` in as few lines of at most `width` Chinese characters as its words allow, of like
    length, with a line break between them; as it is where one word alone is wider, or it has lines
    already."""
    if text_width(text) <= width or "\n" in text:
        return text
    words = units(text)
    if len(words) > WORDS_MOST:
        return text
    for lines in range(2, min(len(words), MOST) + 1):
        fitting = []
        for cuts in combinations(range(1, len(words)), lines - 1):
            ends = (0, *cuts, len(words))
            rows = ["".join(words[a:b]).strip() for a, b in pairwise(ends)]
            widest = max(map(text_width, rows))
            if widest <= width:
                fitting.append((widest, rows))
        if fitting:
            return "\n".join(min(fitting)[1])
    return text
