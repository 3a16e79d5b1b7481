"""What of a working copy is still as its template said it: shown by page, changed or kept. Pure.

Clauses are another body's notice: they are kept whole, or nothing of them stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.reading import read
from keti.charter.rules.vocabulary import Field, block_at, fields
from keti.charter.rules.writing import put, remove
from keti.kernel.acts import Text
from keti.planning.rules import shelf

QUOTED = ("source", "stated", "resolve")
KEPT_WHY = {"zh": "沿用所选模板的安排。", "en": "As the template has it."}
PLAIN: tuple[Path, ...] = (("programme", "number_prefix"), ("programme", "aliases"))
OF_NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Remain:
    """A text that still is the template's: where, what it is, what it says in each language."""

    path: Path
    label: Text
    words: Text

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
    found = [*_texts(data, template, ())]
    for path in PLAIN:
        value = shelf.at(data, path)
        if value and value == shelf.at(template, path):
            words = "、".join(map(str, value)) if isinstance(value, list) else str(value)
            found.append(Remain(path, _label(data, path), Text(words, words)))
    return found


def _texts(here: Any, there: Any, path: Path) -> Iterator[Remain]:
    """The texts in both languages; codes, numbers and dates are no texts."""
    if not isinstance(here, Mapping) or not isinstance(there, Mapping):
        return
    own = {key: str(here[key]) for key in ("zh", "en") if isinstance(here.get(key), str)}
    if own and all(there.get(key) == said for key, said in own.items()):
        yield Remain(path, _label(here, path), Text(own.get("zh", ""), own.get("en", "")))
    for key, inner in here.items():
        if key in there and key not in QUOTED and key not in ("zh", "en"):
            yield from _texts(inner, there[key], (*path, key))


def _label(data: Any, path: Path) -> Text:
    """What a text is: the part of the charter, and its key where it has one of its own."""
    found: list[Text] = []
    for size in range(1, len(path) + 1):
        spec = _field(path[:size])
        if spec is not None:
            found.append(spec.label)
    zh, en = (" · ".join(one.in_(lang) for one in found[-2:]) for lang in ("zh", "en"))
    return Text(zh, en)


def _field(path: Path) -> Field | None:
    block = block_at(path[:-1]) if len(path) > 1 else None
    known = fields("charter") if len(path) == 1 else block.fields if block else ()
    return next((one for one in known if one.key == path[-1]), None)


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
    for path in reversed([*_quotes(read(text).data, ())]):
        if path[-1] == "resolve":
            text = put(text, (*path, "why"), dict(KEPT_WHY))
        else:
            text = remove(text, path)
    return text


def reworded(text: str, answers: Mapping[Path, str]) -> str:
    """The charter with these texts changed, each at its place and language."""
    for path, said in answers.items():
        if path in PLAIN and path[-1] == "aliases":
            text = put(text, path, [one.strip() for one in said.split("、") if one.strip()])
        elif said.strip() or path[-1] != "en":
            text = put(text, path, said)
        elif shelf.at(read(text).data, path) is not None:
            text = remove(text, path)
    return text
