"""What is frozen: the rows of a version, what they say, and what changed between two. Pure."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.compiled import Section
from keti.documents.rules.doc1.plain import plain
from keti.documents.rules.doc1.schema import files_of, read
from keti.documents.rules.headings import numbered
from keti.documents.rules.typed import shown
from keti.documents.rules.written import DOC, PLAIN, Body, Head, Piece, Written, form_of
from keti.kernel.acts import Text
from keti.ledger.rules import canonical
from keti.reports.rules.content import Content, Handed
from keti.reports.rules.translating import in_tongue, is_edition, said_of

PLAN = Text("下月计划", "Plan for next month")
SEE_PAGES = Text("见原件《{original}》{pages}。", "See {pages} of the original, {original}.")
ONE_PAGE = Text("第{first}页", "page {first}")
SOME_PAGES = Text("第{first}–{last}页", "pages {first}–{last}")
NOT_RECEIVED = Text("未交", "Not yet received")


_SENTENCE = re.compile(r"[^。！？；.!?;\n]*[。！？；.!?;\n]?")


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """One line of the before and after of two versions."""

    label: str
    before: str
    after: str


def fingerprint(content: object) -> str:
    """SHA-256 over the canonical text of a version's content."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def section_rows(sections: Sequence[Section], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """A version's sections as plain values, in the charter's order; a summary says that it is
    one."""
    return [
        _row(one.key, one.title, texts.get(one.key, ""))
        | ({"summary": True} if one.summary else {})
        for one in sections
    ]


def _row(key: str, title: Text, text: str) -> dict[str, Any]:
    return {
        "key": key,
        "title_zh": title.in_("zh"),
        "title_en": title.in_("en"),
        "text": text,
        "form": PLAIN,
    }


def file_rows(sections: Sequence[Section], handed: Handed, original: str) -> list[dict[str, Any]]:
    """The sections of a report that came as a file: the words of each, and on which pages of
    the original it stands."""
    rows = section_rows(sections, handed.content.sections)
    for row in rows:
        if row["key"] in handed.docs:
            row |= {"text": handed.docs[row["key"]], "form": DOC}
        if row["key"] in handed.pages:
            row |= {"pages": list(handed.pages[row["key"]]), "original": original}
    return rows


def bare(row: Mapping[str, Any]) -> str:
    """The words of a frozen section, whatever format it has: for search, draft and comparison."""
    return plain(row["text"]) if form_of(row) == DOC else str(row["text"])


def said(row: Mapping[str, Any], lang: str) -> str:
    """What a frozen section says in bare words, or where to read it."""
    return bare(row) if form_of(row) == DOC else words_of(row, lang)


def kept_docs(texts: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The documents behind the sections of a draft that say what they said in the version of these
    rows: words that nobody changed keep their tables and pictures."""
    return {
        row["key"]: row["text"]
        for row in rows
        if form_of(row) == DOC and texts.get(row["key"], "") == bare(row)
    }


def pictures_in(rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The hashes of the pictures that frozen sections show, in every language."""
    every = [one for row in rows for one in (row, *row.get("texts", {}).values())]
    return {sha for row in every if form_of(row) == DOC for sha in files_of(read(row["text"]))}


def joined(text: str, words: str, *, before: bool = False) -> str:
    """A text with words that belong to it set behind it, or before it."""
    both = (words, text) if before else (text, words)
    return "\n\n".join(one for one in both if one.strip())


def pages_of(row: Mapping[str, Any], lang: str) -> str:
    """第 3–5 页: on which pages of its original a section stands; "" where nobody said."""
    if not row.get("pages"):
        return ""
    first, last = row["pages"]
    said = ONE_PAGE if first == last else SOME_PAGES
    return said.in_(lang).format(first=first, last=last)


def words_of(row: Mapping[str, Any], lang: str) -> str:
    """What a frozen section says: its words; where it has none, on which pages of the original
    they are to be read."""
    pages = pages_of(row, lang)
    if str(row["text"]).strip() or not pages:
        return str(row["text"])
    return SEE_PAGES.in_(lang).format(original=row["original"], pages=pages)


def kept_pages(
    texts: Mapping[str, str], rows: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[int, int]]:
    """The pages of the original behind the sections of a draft that say what they said in the
    version of these rows: nothing, or the same words. New words stand for themselves."""
    return {
        row["key"]: (row["pages"][0], row["pages"][1])
        for row in rows
        if row.get("pages") and texts.get(row["key"], "") == bare(row)
    }


def all_rows(
    sections: Iterable[Mapping[str, Any]], plan: Sequence[Mapping[str, str]]
) -> list[Mapping[str, Any]]:
    """Sections and plan as rows to be compared: the plan without names, which change."""
    return [*sections, *plan_section([{**one, "who": ""} for one in plan])]


def replaced(
    typed: Iterable[Mapping[str, Any]], *instead: Iterable[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """The typed rows whose words are in none of the others: what a file takes the place of."""
    elsewhere = {bare(row).strip() for rows in instead for row in rows}
    return [row for row in typed if bare(row).strip() and bare(row).strip() not in elsewhere]


def gathered(parts: Sequence[tuple[str, Sequence[Mapping[str, Any]] | None]], lang: str) -> str:
    """The draft made of the groups' reports, as typed text: who is missing, then per section
    their words under their names.

    `parts` holds (group title, sections or None for a report not yet received), in group order.
    """
    keys: dict[str, str] = {}
    for _, sections in parts:
        for one in sections or ():
            keys.setdefault(one["key"], title_of(one, lang))
    missing = [group for group, sections in parts if sections is None]
    blocks: list[str] = []
    heads = 0
    if missing:
        heads = 1
        named = "\n".join(f"- {_line(one)}" for one in missing)
        blocks.append(f"{numbered(NOT_RECEIVED.in_(lang), heads, 1, lang)}\n{named}")
    for key, title in keys.items():
        heads += 1
        blocks.append(numbered(_line(title), heads, 1, lang))
        told = [(group, _of(sections, key, lang)) for group, sections in parts]
        spoken = [(group, text) for group, text in told if text.strip()]
        blocks += [
            f"{numbered(_line(group), place, 2, lang, heads)}\n{text.strip(chr(10))}"
            for place, (group, text) in enumerate(spoken, start=1)
        ]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _of(sections: Sequence[Mapping[str, Any]] | None, key: str, lang: str) -> str:
    return next((said(one, lang) for one in sections or () if one["key"] == key), "")


def _line(text: str) -> str:
    return " ".join(shown(text).split())


def plan_section(plan: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """A plan as one more section of text; none where there is no plan."""
    lines = "\n".join(f"- {_line(_plan_line(one))}" for one in plan)
    return [_row("plan", PLAN, lines)] if lines else []


def title_of(section: Mapping[str, Any], lang: str) -> str:
    """The title of a section or pinned part in `lang`."""
    return Text(section["title_zh"], section["title_en"]).in_(lang)


def printed_parts(
    sections: Sequence[Section], content: Content, lang: str
) -> list[tuple[str, str]]:
    """Every text of a draft under the name its writer knows it by; the plan's items by line."""
    texts = [(one.title.in_(lang), content.sections.get(one.key, "")) for one in sections]
    return [*texts, (PLAN.in_(lang), "\n".join(_line(one.title) for one in content.plan))]


def body(sections: Sequence[Mapping[str, Any]], lang: str) -> Body:
    """All sections, each under its own heading, as they read in this language."""
    parts: list[Piece] = []
    edition = is_edition(sections, lang)
    for one in sections:
        parts += [Head(title_of(one, lang)), *spoken(one, lang, edition)]
    return tuple(parts)


def spoken(row: Mapping[str, Any], lang: str, edition: bool) -> Body:
    """What a frozen section says in this language; with `edition`, in one that is translated."""
    note = said_of(row, lang, edition)
    held = in_tongue(row, lang)
    words = words_of(held, lang)
    said = (Written(words, form_of(held)),) if words.strip() else ()
    return (*((Written(note),) if note and said else ()), *said)


def changes(
    before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]], lang: str
) -> list[ChangedLine]:
    """What changed between two versions, sentence by sentence, in the order of the sections."""
    old = {one["key"]: one for one in before}
    new = {one["key"]: one for one in after}
    rows: list[ChangedLine] = []
    for key in [*new, *(key for key in old if key not in new)]:
        label = title_of(new.get(key) or old[key], lang)
        rows += _changed(label, _text(old.get(key), lang), _text(new.get(key), lang))
    return rows


def _text(section: Mapping[str, Any] | None, lang: str) -> str:
    return said(section, lang) if section else ""


def _sentences(text: str) -> list[str]:
    return [one.strip() for one in _SENTENCE.findall(text) if one.strip()]


def _changed(label: str, before: str, after: str) -> list[ChangedLine]:
    old, new = _sentences(before), _sentences(after)
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    return [
        ChangedLine(label, " ".join(old[a:b]), " ".join(new[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def plan_changes(
    before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]], lang: str
) -> list[ChangedLine]:
    """Items of the plan that went and came."""
    old, new = ([_plan_line(one) for one in plan] for plan in (before, after))
    label = PLAN.in_(lang)
    gone = [ChangedLine(label, line, "") for line in old if line not in new]
    return gone + [ChangedLine(label, "", line) for line in new if line not in old]


def _plan_line(item: Mapping[str, str]) -> str:
    return " · ".join(part for part in (item["title"], item.get("who", ""), item["due"]) if part)
