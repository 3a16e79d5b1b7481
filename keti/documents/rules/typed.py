"""`plain/1`: what a person typed, seen as paragraphs, headings, lists, tables and links.

Every letter stays and stays in its order; only what a line *is* gets recognised, by what Chinese
writers type: 第一章, 一、, （一）, 1.1 above a text; 1. 1、 (1) ① - • before a point; tabs between
the cells of a table pasted from a sheet. Total: every text has an answer. Pure.
"""

import re
import unicodedata
from typing import Any, TypeAlias

Node: TypeAlias = list[Any]

_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_INVISIBLE = re.compile("[\xad\u061c\u200b\u200e\u200f\u2060-\u206f\U000e0000-\U000e007f]")
_LONE = re.compile(r"[\ud800-\udfff]")
_BLANK = "[ \t\u00a0\u3000]"
_INDENT = re.compile(f"^{_BLANK}+")
_NUM = "[一二三四五六七八九十百零〇]{1,4}"
_HEADS = (
    re.compile(r"Part \d{1,3}: "),
    re.compile(rf"第(?:{_NUM}|\d{{1,3}})(?:章|部分|编|篇)"),
    re.compile(rf"第(?:{_NUM}|\d{{1,3}})节"),
    re.compile(rf"{_NUM}、"),
    re.compile(rf"[（(]{_NUM}[）)]"),
    re.compile(r"\d{1,2}\.\d{1,2}(?![\d.])[ \t\u3000]*(?=[^\d\s%％万亿元年])"),
    re.compile(r"\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.])[ \t\u3000]*(?=[^\d\s])"),
)
"""What a heading begins with, the higher first."""
LONGEST_HEAD = 50
MOST_COLUMNS = 60
RAGGED = 4
"""A table is no wider than any sheet that is read, and has at most so many times the cells that
were typed: rows with tabs that make none stay lines."""
_SENTENCE_END = "。；，！？：、.;,!?:…"
_POINT = re.compile(
    rf"(?:[-*+•·▪●○■□◆–—]{_BLANK}+|[•·▪●■◆](?=\S)"
    rf"|[（(](?:\d{{1,3}}|{_NUM}|[a-zA-Z]{{1,2}})[）)]"
    rf"|{_NUM}、|第{_NUM}(?:[，、：:]|{_BLANK})"
    rf"|\d{{1,3}}(?:[、）)]|[.．](?![\d]))|[a-zA-Z][.)、](?={_BLANK}|[^\x00-\x7f])"
    r"|[\u2460-\u249b\u24eb-\u24f4\u2776-\u2793])"
)
_LINK = re.compile(
    r"(?P<url>https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+)"
    r"|(?P<mail>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9][A-Za-z0-9-]{0,62}"
    r"(?:\.[A-Za-z0-9-]{1,63}){1,8}(?![A-Za-z0-9@-]))"
)
_TAIL = ".,;:!?'"
_PAIRS = {")": "(", "]": "["}


def shown(text: str) -> str:
    """The text without what no eye sees and no file may hold: control characters, marks that
    turn the direction of reading, halves of characters. Nothing else is touched: no blank, no
    rare form of a character."""
    return _UNSEEN.sub("", _LONE.sub("\ufffd", _ENDS.sub("\n", text)))


_RARE_FORMS = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")


def composed(text: str) -> str:
    """Letters and their accents as one sign each, as one computer stores them and another does not
    (NFC); the rare forms of Chinese characters, which that would change, stay as they are."""
    parts = _RARE_FORMS.split(text)
    return "".join(
        part if place % 2 else unicodedata.normalize("NFC", part)
        for place, part in enumerate(parts)
    )


def bare(text: str) -> str:
    """What is read from a name or a cell: `shown`, without the marks that no eye sees."""
    return composed(_INVISIBLE.sub("", shown(text)))


def tree(text: str) -> list[Node]:
    """The text as blocks of the closed tree (`tree.py`)."""
    lines = shown(text).split("\n")
    return _Reading(lines).blocks()


class _Reading:
    """One pass over the lines; `at` is the line that is looked at."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0
        self.out: list[Node] = []
        self.follows = False
        self.kinds = [_head_kind(line) for line in lines]

    def blocks(self) -> list[Node]:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if not line.strip():
                self.follows = False
                self.at += 1
            elif "\t" in line.strip() and (count := self._rows()) > 1:
                self._table(count)
            elif self._is_head():
                self._add(["h", self.kinds[self.at] + 1, "", inlines(line.strip())])
                self.at += 1
            elif _point(line):
                self._points()
            else:
                self._add(["line" if self.follows else "p", inlines(line)])
                self.at += 1
        return _ranked(self.out)

    def _add(self, node: Node) -> None:
        self.out.append(node)
        self.follows = node[0] in ("p", "line")

    def _is_head(self) -> bool:
        """A short numbered line with something of its own under it that is not its equal."""
        kind = self.kinds[self.at]
        if kind < 0:
            return False
        below = next(
            (at for at in range(self.at + 1, len(self.lines)) if self.lines[at].strip()), None
        )
        return below is not None and (self.kinds[below] < 0 or self.kinds[below] > kind)

    def _points(self) -> None:
        """Lines that begin with a mark, one under the other, with what is indented below each."""
        items: list[Node] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if _point(line) and not self._is_head():
                items.append(inlines(line))
            elif items and line.strip() and _INDENT.match(line) and "\t" not in line.strip():
                items[-1] += [["br"], *inlines(line)]
            else:
                break
            self.at += 1
        self._add(["points", items])

    def _rows(self) -> int:
        """How many lines from here are rows of one pasted table."""
        count = 0
        for line in self.lines[self.at :]:
            if "\t" not in line.strip(" \u3000") or not line.strip():
                break
            count += 1
        return count

    def _table(self, count: int) -> None:
        lines = self.lines[self.at : self.at + count]
        rows = [line.split("\t") for line in lines]
        self.at += count
        wide = max(len(row) for row in rows)
        if wide > MOST_COLUMNS or wide * count > RAGGED * sum(map(len, rows)) + MOST_COLUMNS:
            for line in lines:
                self._add(["line" if self.follows else "p", inlines(line)])
            return
        cells = [[_cell(text) for text in row + [""] * (wide - len(row))] for row in rows]
        headed = not any(re.fullmatch(r"[\d.,%％ ]+", text.strip()) for text in rows[0])
        table = {
            "caption": [],
            "aligns": [""] * wide,
            "head": cells[:1] if headed else [],
            "body": cells[1:] if headed else cells,
        }
        self._add(["table", table])


def _cell(text: str) -> dict[str, Any]:
    return {"rows": 1, "cols": 1, "blocks": [["p", inlines(text)]] if text else []}


def _point(line: str) -> bool:
    return bool(_POINT.match(line.strip(" \t\u00a0\u3000")))


def _head_kind(line: str) -> int:
    """Which of the headings this line may be; -1 where it cannot be one."""
    text = line.strip()
    if not text or len(text) > LONGEST_HEAD or text[-1] in _SENTENCE_END or "\t" in text:
        return -1
    for kind, begins in enumerate(_HEADS):
        found = begins.match(text)
        if found and text[found.end() :].strip():
            return kind
    return -1


def heading_rank(line: str) -> int:
    """The rank of a numbered heading (1 for 第一章, 3 for 一、), 0 for a line that is none."""
    return _head_kind(line) + 1


def starts_point(line: str) -> bool:
    """Whether the line begins as a point of a list."""
    return _point(line)


def _ranked(blocks: list[Node]) -> list[Node]:
    """Headings on the levels in use, without a gap: the highest kind that occurs is 1."""
    used = sorted({block[1] for block in blocks if block[0] == "h"})
    return [
        ["h", used.index(block[1]) + 1, *block[2:]] if block[0] == "h" else block
        for block in blocks
    ]


def inlines(line: str) -> list[Node]:
    """One line as runs of words and links; the words of a link are its address as typed."""
    out: list[Node] = []
    start = 0
    for found in _LINK.finditer(line):
        word = _without_tail(found.group(0)) if found["url"] else found.group(0)
        if found["url"] and not re.match(r"https?://[^/?#\[\]@!$&'()*+,;=]", word):
            continue
        if found.start() > start:
            out.append(["s", line[start : found.start()]])
        start = found.start() + len(word)
        out.append(["a", word if found["url"] else f"mailto:{word}", [["s", word]]])
    if start < len(line):
        out.append(["s", line[start:]])
    return out


def _without_tail(url: str) -> str:
    """An address without the stops and closing brackets of the sentence around it."""
    end, count = len(url), {sign: url.count(sign) for sign in "()[]"}
    while end:
        last = url[end - 1]
        if last in _PAIRS and count[last] > count[_PAIRS[last]]:
            count[last] -= 1
        elif last not in _TAIL:
            break
        end -= 1
    return url[:end]
