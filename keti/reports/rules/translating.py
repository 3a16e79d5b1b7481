"""Editions of one report in several languages: a translation stands beside each section, and knows
from which words it was made. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from keti.documents.rules.written import DOC, PLAIN
from keti.kernel.acts import Text
from keti.reports.rules.content import Content
from keti.reports.rules.merging import marks_of

TONGUES = ("zh", "en")
OLDER = Text(
    "（译文所据的原文已有改动，译文尚未核对。）",
    "(The original was changed after this was translated; the translation is not checked yet.)",
)
NOT_TRANSLATED = Text("（本部分未译，照录原文。）", "(Not translated; the original stands here.)")


@dataclass(frozen=True, slots=True)
class Translation:
    """What is written in one other language: words and documents by section, and for each the mark
    of the words it was made from."""

    content: Content = field(default_factory=Content)
    of: Mapping[str, str] = field(default_factory=dict)

    def says(self, key: str) -> bool:
        """Whether this section is translated."""
        return bool(self.content.sections.get(key, "").strip())

    def suspect(self, key: str, source: Content) -> bool:
        """Whether a section is translated from words that have been changed since."""
        return self.says(key) and self.of.get(key) != mark_of(source, key)

    def row(self) -> dict[str, Any]:
        """As plain values."""
        said = {"sections": dict(self.content.sections), "docs": dict(self.content.docs)}
        return said | {"of": dict(self.of)}


def translation_of(row: Mapping[str, Any] | None) -> Translation:
    """The translation that `row` wrote down; an empty one."""
    row = row or {}
    return Translation(
        Content(row.get("sections", {}), (), row.get("docs", {})), dict(row.get("of", {}))
    )


def mark_of(source: Content, key: str) -> str:
    """What tells whether a section still says what it said."""
    return marks_of(source, [key])[f"s.{key}"]


def saved(
    before: Translation, content: Content, source: Content, checked: Collection[str]
) -> Translation:
    """The translation with this content: what is new in it, or was checked, is of the words that
    stand now; what is as it was stays of the words it was made from."""
    old, new = (marks_of(one, content.sections) for one in (before.content, content))
    fresh = {key for key in content.sections if old[f"s.{key}"] != new[f"s.{key}"]} | set(checked)
    of = {
        key: mark_of(source, key) if key in fresh else before.of.get(key, "")
        for key, words in content.sections.items()
        if words.strip()
    }
    return Translation(content, of)


def with_translations(
    rows: Iterable[dict[str, Any]], held: Mapping[str, Any], source: Content
) -> list[dict[str, Any]]:
    """Rows of a version with what stands beside them in other languages, each marked where the
    words it was made from have changed; rows without any stay as they are."""
    found = {lang: translation_of(row) for lang, row in sorted(held.items())}
    return [_with(row, found, source) for row in rows]


def _with(row: dict[str, Any], found: Mapping[str, Translation], source: Content) -> dict[str, Any]:
    key = row["key"]
    texts = {
        lang: _frozen(one, key) | ({"suspect": True} if one.suspect(key, source) else {})
        for lang, one in found.items()
        if one.says(key)
    }
    return row | {"texts": texts} if texts else row


def _frozen(one: Translation, key: str) -> dict[str, Any]:
    if key in one.content.docs:
        return {"text": one.content.docs[key], "form": DOC}
    return {"text": one.content.sections[key], "form": PLAIN}


def in_tongue(row: Mapping[str, Any], lang: str) -> Mapping[str, Any]:
    """A frozen row as it reads in this language: its translation, where it has one."""
    held = row.get("texts", {}).get("en" if lang.startswith("en") else "zh")
    if held is None:
        return row
    bare = {name: one for name, one in row.items() if name not in ("pages", "original")}
    return bare | {"text": held["text"], "form": held["form"]}


def said_of(row: Mapping[str, Any], lang: str, translated: bool) -> str:
    """What is to be said before a section of an edition: that its translation is older than its
    words, or that there is none in an edition that is translated elsewhere."""
    held = row.get("texts", {}).get("en" if lang.startswith("en") else "zh")
    if held is not None:
        return OLDER.in_(lang) if held.get("suspect") else ""
    return NOT_TRANSLATED.in_(lang) if translated else ""


def is_edition(rows: Iterable[Mapping[str, Any]], lang: str) -> bool:
    """Whether any of these rows has a translation into this language."""
    tongue = "en" if lang.startswith("en") else "zh"
    return any(tongue in one.get("texts", {}) for one in rows)
