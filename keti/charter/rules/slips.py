"""What went wrong in a file that is no YAML, where a slip of the hand explains it.

The parser names the place where it gave up, which is often the line after; a secretary is told the
line to mend and what to put there: half-width signs, a space after the colon, quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from keti.charter.rules.findings import Place

FULL = {"：": ": ", "，": ", ", "【": "[", "】": "]", "｛": "{", "｝": "}", "［": "[", "］": "]",
        "；": ", ", "“": '"', "”": '"', "＃": "#"}  # fmt: skip
PROBLEMS = {
    "could not find expected ':'": "缺少冒号",
    "did not find expected key": "缩进与上下行不齐，或括号、引号没有闭合",
    "did not find expected ',' or '}'": "缺少逗号或右花括号",
    "did not find expected ',' or ']'": "缺少逗号或右方括号",
    "did not find expected '-' indicator": "缩进与列表的其他行不齐",
    "did not find expected node content": "括号里缺少内容",
    "mapping values are not allowed in this context": "这里不能再有冒号",
    "found character that cannot start any token": "文字以特殊符号开头，须加引号",
    "found unexpected end of stream": "引号没有闭合",
    "found unknown escape character": "引号里的反斜杠用法不对",
}
_INDENT = re.compile(r"[ ]*([\t\u3000\u00a0]+)")
_FULL_COLON = re.compile(r"(?:^\s*(?:- )?|[{,，]\s*)[\w.]+\s*(：)")
_FULL_COMMA = re.compile(r"(，|；)\s*[\w.]+[:：]\s")
_FULL_BRACKET = re.compile(r"[:：]\s*([【｛［])|([】｝］])\s*(?:$|[,，}\]])")
_NO_SPACE = re.compile(r"^\s*(?:- )?\w+(:)(?=[^\s:/\d])")
_LOOSE = re.compile(r"[{,]\s*\w+:\s+([^,{}\[\]\"'\s][^,{}\[\]\"']*?:\s)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")
_COMMENT = re.compile(r"(^|\s)#.*")
PAIRS = {"}": "{", "]": "["}
LOOK_BACK = 3


@dataclass(frozen=True, slots=True)
class Slip:
    """A code of the language for what the hand did, and where."""

    code: str
    place: Place
    sign: str = ""
    better: str = ""


def slip(text: str, line: int) -> Slip | None:
    """The slip that explains why reading ended at a line; None when none is seen."""
    lines = text.splitlines()
    near = [n for n in range(min(line, len(lines)), 0, -1) if lines[n - 1].strip()][:LOOK_BACK]
    for number in near:
        found = _of_line(_bare(lines[number - 1]), number)
        if found:
            return found
    return _unclosed(lines[:line])


def _bare(line: str) -> str:
    """A line with quoted words and comments blanked out, each sign in its column."""
    line = _QUOTED.sub(lambda found: "_" * len(found[0]), line)
    return _COMMENT.sub(lambda found: " " * len(found[0]), line)


def _of_line(line: str, number: int) -> Slip | None:
    indent = _INDENT.match(line)
    if indent:
        code = "charter.tab" if "\t" in indent[1] else "charter.wide-space"
        return Slip(code, (number, indent.start(1) + 1))
    for pattern in (_FULL_COLON, _FULL_COMMA, _FULL_BRACKET):
        found = pattern.search(line)
        if found:
            sign = next(one for one in found.groups() if one)
            column = line.index(sign, found.start()) + 1
            return Slip("charter.full-width", (number, column), sign, FULL[sign])
    for pattern, code in ((_NO_SPACE, "charter.no-space"), (_LOOSE, "charter.loose-colon")):
        found = pattern.search(line)
        if found:
            return Slip(code, (number, found.start(1) + 1), found[1].strip())
    return None


def _unclosed(lines: list[str]) -> Slip | None:
    """The last bracket that was opened on an earlier line and is not closed."""
    opened: list[tuple[str, Place]] = []
    for number, line in enumerate(lines, 1):
        for column, sign in _brackets(_bare(line)):
            if sign in PAIRS.values():
                opened.append((sign, (number, column)))
            elif opened and opened[-1][0] == PAIRS[sign]:
                opened.pop()
    early = [one for one in opened if one[1][0] < len(lines)]
    return Slip("charter.unclosed", early[-1][1], early[-1][0]) if early else None


def _brackets(line: str) -> Iterator[tuple[int, str]]:
    return ((column, sign) for column, sign in enumerate(line, 1) if sign in "{}[]")
