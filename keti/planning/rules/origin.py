"""What of a working copy is still as its template said it: shown by page, changed or kept. Pure.

Clauses are another body's notice: they are kept whole, or nothing of them stays.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.kinds import as_words
from keti.charter.rules.reading import read
from keti.charter.rules.recurring import MONTHS
from keti.charter.rules.vocabulary import Field, block_at, fields
from keti.charter.rules.writing import put_all, remove, remove_all
from keti.kernel.acts import Text
from keti.planning.rules import shelf
from keti.planning.rules.naming import FOLLOW, in_names, renamed
from keti.planning.rules.shifting import vague_words

QUOTED = ("source", "stated", "resolve")
KEPT_WHY = {"zh": "沿用所选模板的安排。", "en": "As the template has it."}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
DATED = re.compile(rf"[\d\s年月日]|{'|'.join(MONTHS)}")
"""What a sentence loses before it is compared: its dates, which move by themselves."""
OF_NOTICE, BETWEEN = "notice", "、"
LETTERHEAD = ("number_prefix", "series", "aliases")
"""What papers are headed with and the programme is called, said once in both languages."""


@dataclass(frozen=True, slots=True)
class Remain:
    """A text that still is the template's: where, what it is, what it says in each language; a
    `plain` one is said once, a list of words with a mark between them."""

    path: Path
    label: Text
    words: Text
    plain: bool = False

    @property
    def mark(self) -> str:
        """What is remembered when it was seen and kept: this text at this place."""
        said = f"{'/'.join(map(str, self.path))}\n{self.words.zh}\n{self.words.en}"
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def name(self) -> str:
        return "/".join(map(str, self.path))

    @property
    def long(self) -> bool:
        return "\n" in self.words.zh or len(self.words.zh) > 60


def remains(data: Any, template: Any) -> list[Remain]:
    """Every text of the template that still stands unchanged, in the order of the file."""
    return [*_texts(data, _as_named(template, renamed(template, data)), (), data)]


def _as_named(template: Any, pairs: list[tuple[str, str]]) -> Any:
    """The template, its call under the names as they are now: what follows them is still its."""
    if not pairs or not isinstance(shelf.at(template, ("call",)), Mapping):
        return template
    call = {
        key: {tongue: in_names(str(said), pairs) for tongue, said in one.items()}
        if key in FOLLOW and isinstance(one, Mapping)
        else one
        for key, one in template["call"].items()
    }
    return {**template, "call": call}


def _texts(here: Any, there: Any, path: Path, data: Any) -> Iterator[Remain]:
    """The texts in both languages, and the words said once; codes, numbers and dates are none."""
    if not isinstance(here, Mapping) or not isinstance(there, Mapping):
        return
    own = {key: str(here[key]) for key in ("zh", "en") if isinstance(here.get(key), str)}
    if own and all(_core(there.get(key)) == _core(said) for key, said in own.items()):
        yield Remain(path, _label(data, path), Text(own.get("zh", ""), own.get("en", "")))
    for key, inner in here.items():
        if key in there and key not in QUOTED and key not in ("zh", "en"):
            at = (*path, key)
            if isinstance(inner, Mapping):
                yield from _texts(inner, there[key], at, data)
            elif inner == there[key] and (words := _once(inner)) and _is_words(at, words):
                yield Remain(at, _label(data, at), Text(words, words), plain=True)


def _once(value: Any) -> str:
    return BETWEEN.join(map(str, value)) if isinstance(value, list) else str(value)


def _is_words(path: Path, words: str) -> bool:
    """Said once and read by people: what is Chinese, and what stands at the head of papers in
    whatever letters; other codes are none."""
    return path[-1] in LETTERHEAD or bool(CHINESE.search(words))


def _core(words: Any) -> str:
    """A sentence without its dates."""
    return DATED.sub("", str(words))


def _label(data: Any, path: Path) -> Text:
    """What a text is: the part of the charter, whose it is by name or number, and which of its."""
    found: list[Text] = []
    for size in range(1, len(path) + 1):
        spec = _field(path[:size])
        found.append(spec.label if spec is not None else _whose(data, path[:size], len(path)))
    zh, en = (" · ".join(one.in_(lang) for one in found[-4:]) for lang in ("zh", "en"))
    return Text(zh, en)


def _whose(data: Any, path: Path, length: int) -> Text:
    """The title of an entry on the way; a number for what has none, or is that title itself."""
    words = as_words(shelf.at(data, path))
    if len(path) < length and isinstance(words, Mapping) and (words.get("zh") or words.get("en")):
        return Text(str(words.get("zh") or ""), str(words.get("en") or ""))
    number = str(list(shelf.at(data, path[:-1])).index(path[-1]) + 1)
    return Text(number, number)


def _field(path: Path) -> Field | None:
    block = block_at(path[:-1]) if len(path) > 1 else None
    known = fields("charter") if len(path) == 1 else block.fields if block else ()
    return next((one for one in known if one.key == path[-1]), None)


def undated(data: Any, lang: str) -> Iterator[tuple[Path, str, str]]:
    """What says a time and moved with no date: where, what it is, the words; in the reader's
    language where it is said in both."""
    own, other = ("en", "zh") if lang.startswith("en") else ("zh", "en")
    found = {one.path: one.words for one in vague_words(data)}
    for path, words in found.items():
        if path[-1] == other and (*path[:-1], own) in found:
            continue
        what = path[:-1] if path[-1] in ("zh", "en") else path
        yield path, _label(data, what).in_(lang), BETWEEN.join(words)


def unseen(found: Iterable[Remain], kept: Iterable[str]) -> list[Remain]:
    """Those that nobody has said to keep."""
    known = set(kept)
    return [one for one in found if one.mark not in known]


def quoted(data: Any) -> int:
    """How many places name a clause of the notice or quote it."""
    return sum(1 for _path in _quotes(data, ()))


def _quotes(data: Any, path: Path) -> Iterator[Path]:
    inner: Any = data.items() if isinstance(data, Mapping) else enumerate(data)
    for key, value in inner:
        here = (*path, key)
        if key in ("source", "stated") and path[-1:] != ("needs",):
            yield here
        elif key == "resolve":
            if shelf.at(value, ("why",)) != KEPT_WHY:
                yield here
        elif isinstance(value, Mapping | list):
            yield from _quotes(value, here)


def without_notice(text: str) -> str:
    """The charter without another body's notice: no clause is named, nothing of it is quoted.

    Decisions stand, because they also say which findings are settled; their reasons, which argue
    with that notice, do not.
    """
    found = [*_quotes(read(text).data, ())]
    reasons = {(*path, "why"): dict(KEPT_WHY) for path in found if path[-1] == "resolve"}
    return remove_all(put_all(text, reasons), (one for one in found if one[-1] != "resolve"))


def reworded(text: str, answers: Mapping[Path, str]) -> str:
    """The charter with these texts changed, each at its place and language, in one pass."""
    data = read(text).data
    put_in: dict[Path, object] = {}
    for path, said in answers.items():
        held = shelf.at(data, path)
        if isinstance(held, list):
            put_in[path] = [one.strip() for one in said.split(BETWEEN) if one.strip()]
        elif said.strip() or path[-1] not in ("zh", "en"):
            put_in[path] = said
        elif held is not None:
            text = remove(text, path)
    return put_all(text, put_in)
