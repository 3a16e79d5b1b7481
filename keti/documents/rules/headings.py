"""Numbers in front of headings: 第一章, 一、, （一）, 1. in Chinese; 1, 1.1, 1.1.1 in English."""

import re

from .nodes import Node, words
from .tree import flush
from .words import WORDS

_DIGITS = "零一二三四五六七八九"
_TYPED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百]{1,4}[）)、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条部编篇]"
    r"|Part \d{1,3}: |[（(]?\d{1,3}(?:\.\d{1,3})*[）)、.．]|\d{1,3}(?:\.\d{1,3})+\s|[①-⑳]|附[件录])"
)

_BEFORE = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3})+|Part \d{1,3}:"
    r"|第[一二三四五六七八九十百\d]{1,4}(?:部分|[章节条部编篇])"
    r"|[（(]?[一二三四五六七八九十百]{1,4}[）)、.．]|[（(]?\d{1,3}[）)、.．]|[①-⑳])[\s：:]*"
)
_ON_TOP = re.compile(r"\s*[一二三四五六七八九十百]{1,4}、")


def chinese(n: int) -> str:
    """1 -> 一, 12 -> 十二, 105 -> 一百零五; for the counts a report can have (1 to 999)."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        out += f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        out += "零"
    return out + (_DIGITS[ones] if ones else "") or _DIGITS[0]


def numbered(title: str, n: int, level: int, lang: str = "zh", above: int = 1) -> str:
    """A title as a Chinese writer types it: 一、 on the first level, （一） on the second; in an
    English text Part 1: and, under the first level's number `above`, 1.1.

    A title that carries a number already stays as it is.
    """
    if _TYPED.match(title):
        return title
    if lang.startswith("en"):
        return f"Part {n}: {title}" if level == 1 else f"{above}.{n} {title}"
    return f"{chinese(n)}、{title}" if level == 1 else f"（{chinese(n)}）{title}"


def bare_title(title: str) -> str:
    """A title without the number its writer typed before it."""
    found = _BEFORE.match(title)
    return (title[found.end() :].strip() if found else "") or title.strip()


def chapter_label(title: str, n: int, lang: str) -> str:
    """第一章 or 1; nothing where the writer numbered the title."""
    if _TYPED.match(title):
        return ""
    return f"第{chinese(n)}章" if lang == "zh-hans" else f"{n}"


def annex_label(n: int, of: int, lang: str) -> str:
    """附件1 or Annex 1; no number where there is one annex only."""
    word = WORDS["en" if lang == "en" else "zh-hans"]["annex"]
    return word if of == 1 else f"{word}{n}" if lang == "zh-hans" else f"{word} {n}"


def labelled(blocks: list[Node], lang: str, *, under: int = 0) -> list[Node]:
    """Headings with their number in place of their id, `under` a chapter of that number.

    A text with a single heading on its first level stays unnumbered, and so does every
    heading that its writer numbered. Chinese paragraphs lose the blanks typed before them.
    Where a writer counts 一、二、 below them, the headings above count 第一部分 (第一节 in a
    chapter): the same number twice in a row reads as a slip.
    """
    above = lang == "zh-hans" and any(map(_counts_on_top, blocks))
    tops = [block for block in blocks if block[0] == "h" and block[1] == 1]
    counts = [0] * 7
    out: list[Node] = []
    for block in flush(blocks, lang):
        if block[0] == "h":
            level = block[1]
            counts[level] += 1
            counts[level + 1 :] = [0] * (6 - level)
            bare = len(tops) == 1 or bool(_TYPED.match(words(block[3])))
            label = "" if bare else _label(counts, level, lang, under)
            if label and above and level == 1:
                label = f"第{chinese(counts[1])}{'节' if under else '部分'}　"
            block = ["h", level + (1 if under else 0), label, *block[3:]]
        out.append(block)
    return out


def _counts_on_top(block: Node) -> bool:
    """Whether a block below the highest headings begins with 一、 or another of its row."""
    if block[0] == "h":
        return block[1] > 1 and bool(_ON_TOP.match(words(block[3])))
    if block[0] == "points":
        return any(_ON_TOP.match(words(item)) for item in block[1])
    return block[0] in ("p", "line") and bool(_ON_TOP.match(words(block[1])))


def _label(counts: list[int], level: int, lang: str, under: int) -> str:
    if lang != "zh-hans":
        numbers = [under] if under else []
        numbers += counts[1 : level + 1]
        return ".".join(str(n) for n in numbers) + ("" if len(numbers) > 1 else ".")
    n = counts[level]
    forms = {1: f"{chinese(n)}、", 2: f"（{chinese(n)}）", 3: f"{n}.", 4: f"（{n}）"}
    return forms.get(level, "")
