"""The Markdown dialect of texts written before `plain/1` (format `md/1`): only read."""

import re
import unicodedata

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


def cleaned(text: str) -> str:
    """One way of writing the same text: NFC, LF, nothing invisible that changes what is read."""
    text = _LONE.sub("\ufffd", _LINES.sub("\n", text))
    return unicodedata.normalize("NFC", _UNWANTED.sub("", text))


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
