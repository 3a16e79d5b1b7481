"""Word's own fields: numbers that count themselves, references to them, citations, contents."""

import json
import re
from html import escape
from typing import Any

from .word_styles import HEAD_NUMBER

CITE = "ADDIN KETI.CITE"
"""What our citations are in a Word file: a field no program changes, with what it cites."""
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NUMBERED = re.compile(r"(.*?)\s*(\d+)$")
_QUOTED = re.compile(r"“(.*)”$", re.DOTALL)


def name_of(place: str) -> str:
    """The bookmark of a place; Word allows letters, figures and low lines."""
    return f"_Ref_{place.replace('-', '_')}" if place else ""


def raw(markup: str) -> Any:
    """Markup of Word among the runs of Pandoc's tree."""
    return {"t": "RawInline", "c": ["openxml", markup]}


def _run(words: str, props: str = "") -> str:
    return f'<w:r>{props}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def field(code: str, said: str, *, props: str = "", dirty: bool = False, more: str = "") -> str:
    """A field and what it said when it was written, `more` in runs of its own."""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r>{props}<w:fldChar w:fldCharType="begin"{mark}/></w:r>'
        f'<w:r>{props}<w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r>{props}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"{_run(said, props) if said else ''}{more}"
        f'<w:r>{props}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def marked(place: str, inner: list[Any]) -> list[Any]:
    """Runs under the bookmark of a place. Numbers of bookmarks are put when the file is whole."""
    if not place:
        return inner
    name = name_of(place)
    begin = raw(f'<w:bookmarkStart w:id="{name}" w:name="{name}"/>')
    return [begin, *inner, raw(f'<w:bookmarkEnd w:id="{name}"/>')]


def caption(held: dict[str, Any]) -> list[Any]:
    """表1　题名 as Word has it: the number counts itself, and is what others refer to."""
    found = _NUMBERED.match(held["number"])
    word, number = (found[1], found[2]) if found else (held["number"], "")
    gap = " " if word.isascii() else ""
    counted = raw(_run(word + gap) + field(f"SEQ {word} \\* ARABIC", number))
    said = [{"t": "Str", "c": f"　{held['said']}"}] if held["said"] else []
    return [*marked(held["place"], [counted]), *said]


def reference(said: str, place: str) -> list[Any]:
    """A cross reference: a field that follows what it refers to. Quotation marks around the words
    of a heading are ours and stand beside it."""
    if not place:
        return [{"t": "Str", "c": said}]
    quoted = _QUOTED.match(said)
    made = field(f"REF {name_of(place)} \\h", quoted[1] if quoted else said)
    if not quoted:
        return [raw(made)]
    ours = f'<w:rPr><w:rStyle w:val="{HEAD_NUMBER}"/></w:rPr>'
    return [raw(_run("“", ours) + made + _run("”", ours))]


def citation(cites: list[dict[str, str]], said: str, place: str, lost: str) -> list[Any]:
    """A citation with what it cites; its numbers lead to the list at the end."""
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    code = f"{CITE} {json.dumps(cites, ensure_ascii=False, separators=(',', ':'))}"
    made = field(code, said, props=raised, more=_run(lost) if lost else "")
    if place:
        made = f'<w:hyperlink w:anchor="{name_of(place)}">{made}</w:hyperlink>'
    return [raw(made)]


def read_citation(code: str) -> Any:
    """What a field of ours cites; None where it is none of ours."""
    said = code.strip()
    if not said.startswith(CITE):
        return None
    try:
        return json.loads(said.removeprefix(CITE))
    except (ValueError, RecursionError):
        return None
