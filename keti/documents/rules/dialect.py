"""The Markdown dialect of every text in the programme, and its one normal form."""

import re
import unicodedata
from collections.abc import Sequence

DIALECT = (
    "markdown+east_asian_line_breaks-raw_attribute-raw_html-raw_tex"
    "-native_divs-native_spans-markdown_in_html_blocks-latex_macros-tex_math_dollars"
    "-yaml_metadata_block-pandoc_title_block-implicit_figures"
)

_LINES = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_LONE = re.compile(r"[\ud800-\udfff]")
_BLANKS = re.compile(r"\n{3,}")
_BLANKS_COUNT = re.compile(r"^[ \t>]*(?:[:~`]|\[\^)|^(?: {2,}|\t)", re.MULTILINE)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})")
_RULER = re.compile(r"^[\s=\-+:|_*]+$")
_PROTECTED_LINE = re.compile(
    r"^(?:(?:[ \t>]|[-*+]\s|\(?\w{1,9}[.)]\s)*#|\s*\[[^\]\n]*\]:|[ \t]*>[ >]*(?: {4}|\t)|    |\t)"
)
_SPOTS = re.compile(r"[。！？；][”’」』）】》]*(?=(.{1,12}))")
_STARTS_A_BLOCK = re.compile(r"(?:[A-Za-z]{1,9}|[0-9０-９]{1,9})[.)]")
_LINK_TARGET = re.compile(r"\]\([^()\n]{0,2000}\)")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007\U00020000-\U000323af"
_HAN_ONE = re.compile(f"[{_HAN}]")
_WORD = re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:['’.,_-][A-Za-z0-9\u00c0-\u024f]+)*")


def cleaned(text: str) -> str:
    """One way of writing the same text: NFC, LF, nothing invisible that changes what is read."""
    text = _LONE.sub("\ufffd", _LINES.sub("\n", text))
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


def normalised(md: str) -> str:
    """The text as it is stored: cleaned, no trailing spaces, one sentence per line."""
    lines = [line.rstrip() for line in cleaned(md).split("\n")]
    out: list[str] = []
    block: list[str] = []
    fence = ""
    for place, raw in enumerate(lines):
        line = raw if fence else raw.lstrip("\u3000")
        mark = _FENCE.match(line)
        if fence or mark:
            out.extend(_by_sentence(block))
            block = []
            out.append(line)
            fence = _fence_after(fence, line, mark)
        elif line:
            block.append(line)
        else:
            out.extend([*_by_sentence(block, lines[place + 1 : place + 3]), ""])
            block = []
    out.extend(_by_sentence(block))
    text = "\n".join(out).strip("\n")
    text = text if _BLANKS_COUNT.search(text) else _BLANKS.sub("\n\n", text)
    return text + "\n" if text else ""


def _fence_after(fence: str, line: str, mark: re.Match[str] | None) -> str:
    if not fence:
        return mark.group(1) if mark else ""
    closes = bool(mark) and line.strip().startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _by_sentence(block: list[str], following: Sequence[str] = ()) -> list[str]:
    """Break a paragraph after its sentences; leave tables, code and anything subtle alone."""
    if not block:
        return []
    after = next((line for line in following[:2] if line), "")
    subtle = after.lstrip().startswith((":", "~"))
    subtle = subtle or any(_RULER.match(line) for line in block)
    subtle = subtle or any(mark in line for line in block for mark in "|`{<$\\~:=")
    if subtle:
        return block
    out: list[str] = []
    for line in block:
        out.extend([line] if _PROTECTED_LINE.match(line) else _sentences(line))
    return out


def _sentences(line: str) -> list[str]:
    targets = [found.span() for found in _LINK_TARGET.finditer(line)]
    parts: list[str] = []
    start = 0
    for spot in _SPOTS.finditer(line):
        inside = any(low < spot.end() < high for low, high in targets)
        if not inside and _may_start_a_line(spot.group(1)):
            parts.append(line[start : spot.end()])
            start = spot.end()
    return [*parts, line[start:]]


def _may_start_a_line(rest: str) -> bool:
    first = rest[0]
    if first in "“‘「『《【（":
        return True
    return first.isalnum() and not _STARTS_A_BLOCK.match(rest)


_LIGHT = (
    (re.compile(r"^[ \t]*(?:`{3,}|~{3,}|:{3,}).*$", re.MULTILINE), ""),
    (re.compile(r"^[-=+|:\t ]{3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:#{1,6}|>|[-*+]|[0-9]{1,9}[.)])[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^\[\^[^\]\n]{1,80}\]:.*$", re.MULTILINE), ""),
    (re.compile(r"\[\^[^\]\n]{1,80}\]"), ""),
    (re.compile(r"!?\[([^\[\]\n]{0,2000})\]\([^()\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]{0,2000})\]\{[^{}\n]{0,500}\}"), r"\1"),
    (re.compile(r"(?<!\\)\{[#.][^{}\n]{0,500}\}"), ""),
    (re.compile(r"(?<!\\)(?:\*{1,3}|`+|~~)"), ""),
    (re.compile(r"[ \t]{0,40}\|[ \t]{0,40}"), " "),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def plain(md: str) -> str:
    """The words without the marks: for search, mail and previews. Starts no process."""
    text = cleaned(md)
    for pattern, put in _LIGHT:
        text = pattern.sub(put, text)
    text = "\n".join(line.strip() for line in text.split("\n"))
    paragraphs = re.split(r"\n{2,}", text)
    joined = (_joined(part.split("\n")) for part in paragraphs)
    return "\n".join(part for part in joined if part)


def _joined(lines: list[str]) -> str:
    out = ""
    for line in (" ".join(part.split(" ")).strip() for part in lines):
        if out and line:
            out += between_lines(out[-1], line[0])
        out += line
    return out


def between_lines(left: str, right: str) -> str:
    """What stands for a line break inside a paragraph: nothing within Chinese, else a space."""
    joined = left in "。！？；，：、”’」』）】》" or (_wide(left) and _wide(right))
    return "" if joined else " "


def _wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"


def excerpt(md: str, n: int) -> str:
    """The first `n` characters of the words, cut with an ellipsis, on one line."""
    text = " ".join(plain(md).split())
    return text if len(text) <= n else text[: max(n - 1, 0)].rstrip() + "…"


def han_count(md: str) -> int:
    """Length as Chinese readers count it: each Chinese character, each Latin word or number."""
    text = plain(md)
    return len(_HAN_ONE.findall(text)) + len(_WORD.findall(_HAN_ONE.sub(" ", text)))
