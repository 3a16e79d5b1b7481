"""What a charter says, in words: every key by its label, every reference by its title. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.comparing import differing
from keti.charter.rules.findings import Path
from keti.charter.rules.reading import Unreadable, read
from keti.charter.rules.vocabulary import Field, block_at, fields
from keti.charter.rules.wording import worded
from keti.kernel.acts import Text
from keti.planning.rules import shelf
from keti.planning.rules.said import said
from keti.planning.rules.spoken import length_parts

ASIDE = {"zh", "en", "source", "stated", "resolve"}
UNITS = {
    "workdays": Text("{n} 个工作日", "{n} working days"),
    "D": Text("{n} 天", "{n} days"),
    "W": Text("{n} 周", "{n} weeks"),
    "M": Text("{n} 个月", "{n} months"),
    "Y": Text("{n} 年", "{n} years"),
    "H": Text("{n} 小时", "{n} hours"),
}
YES_NO = (Text("否", "no"), Text("是", "yes"))
AHEAD = Text("提前 {length}", "{length} before it is due")
MARKS = {"zh": ("、", "；", "："), "en": (", ", "; ", ": ")}


@dataclass(frozen=True, slots=True)
class Tongue:
    """The language of a page, and the charter whose names it says."""

    lang: str
    data: Any

    @property
    def marks(self) -> tuple[str, str, str]:
        return MARKS["en" if self.lang.startswith("en") else "zh"]


def facts(data: Any, path: Path, lang: str) -> list[tuple[str, str]]:
    """(label, words) of every key an entry has, in the order of the language."""
    block = block_at(path)
    if block is None:
        return []
    held = shelf.as_block(block.key, shelf.at(data, path))
    tongue = Tongue(lang, data)
    return list(_facts(block.fields, held, tongue))


def _facts(
    known: tuple[Field, ...], held: Mapping[str, Any], tongue: Tongue
) -> Iterator[tuple[str, str]]:
    for one in known:
        if one.key in held and one.key not in ASIDE:
            words = value_in_words(one, held[one.key], tongue)
            if words:
                yield one.label.in_(tongue.lang), words


def value_in_words(one: Field, value: Any, tongue: Tongue) -> str:
    """One value in words."""
    if value in (None, "", [], {}):
        return ""
    if one.kind == "flag":
        return YES_NO[bool(value)].in_(tongue.lang)
    if one.kind in ("words", "texts"):
        return _titled(one, value, tongue)
    if one.kind == "block":
        held = shelf.as_block(one.block, value)
        _comma, stop, colon = tongue.marks
        return stop.join(
            f"{label}{colon}{words}" for label, words in _facts(fields(one.block), held, tongue)
        )
    if one.kind in ("blocks", "many"):
        return _entries(one, value, tongue)
    if isinstance(value, list):
        return tongue.marks[0].join(_word(one, item, tongue) for item in value)
    if isinstance(value, Mapping):
        _comma, stop, colon = tongue.marks
        return stop.join(f"{key}{colon}{_plain(inner)}" for key, inner in value.items())
    return _word(one, value, tongue)


def _titled(one: Field, value: Any, tongue: Tongue) -> str:
    if one.kind == "words":
        title = shelf.title_of(value, "")
        return title.in_(tongue.lang)
    return tongue.marks[1].join(
        shelf.title_of(inner, str(key)).in_(tongue.lang) for key, inner in dict(value).items()
    )


def _entries(one: Field, value: Any, tongue: Tongue) -> str:
    """Things declared inside a block, by their titles; those without one by what they say."""
    if isinstance(value, list) and value and isinstance(value[0], Mapping):
        comma, stop, _colon = tongue.marks
        known = fields(one.block)
        return stop.join(
            comma.join(words for _label, words in _facts(known, each, tongue)) for each in value
        )
    names = {key: title for key, title in shelf.options(tongue.data, ("role", "group"))}
    found = []
    for key, inner in shelf.as_entries(value).items():
        title = shelf.title_of(inner, key)
        if title.zh == key and key in names:
            title = names[key]
        found.append(said(title.in_(tongue.lang), tongue.lang))
    return tongue.marks[0].join(found)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return " ".join(f"{key} {_plain(inner)}" for key, inner in value.items())
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def length_said(text: str, lang: str) -> str:
    """`5 天` for `P5D`; '' for a length of several parts and for what is none."""
    length = length_parts(text)
    if length is None:
        return ""
    words = UNITS[length[1]].in_(lang).format(n=length[0])
    return words.removesuffix("s") if length[0] == 1 else words


def _word(one: Field, value: Any, tongue: Tongue) -> str:
    refers, text = set(one.refers_to), str(value)
    words = length_said(text, tongue.lang)
    if words and refers & {"duration", "workdays"}:
        return AHEAD.in_(tongue.lang).format(length=words) if "date" in refers else words
    if "date" in refers or "rrule" in refers:
        return worded(text, tongue.lang, dict(shelf.named(tongue.data)))
    titles = dict(shelf.options(tongue.data, one.refers_to))
    if text in titles:
        return titles[text].in_(tongue.lang)
    if isinstance(value, Mapping):
        return _plain(value)
    return text if one.key in ("id", "number_prefix", "tz") else said(text, tongue.lang)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two versions say different things."""

    label: str
    before: str
    after: str


def differences(before: str, after: str, lang: str) -> list[Difference]:
    """What differs between two charter texts, in words."""
    old, new = _data(before), _data(after)
    return [
        Difference(_place(old, new, path, lang), _side(old, path, lang), _side(new, path, lang))
        for path in differing(before, after)
    ]


def _data(text: str) -> Any:
    try:
        return read(text).data
    except Unreadable:
        return {}


def _place(old: Any, new: Any, path: Path, lang: str) -> str:
    """Part, entry and key of a place, each by its name."""
    words = []
    for size in range(1, len(path) + 1):
        here = path[:size]
        spec = _field(here)
        if spec is not None:
            words.append(spec.label.in_(lang))
            continue
        data = new if shelf.at(new, here) is not None else old
        words.append(shelf.title_of(shelf.at(data, here), str(path[size - 1])).in_(lang))
    return " · ".join(words)


def _field(path: Path) -> Field | None:
    known = fields("charter") if len(path) == 1 else ()
    if len(path) > 1:
        block = block_at(path[:-1])
        known = block.fields if block else ()
    return next((one for one in known if one.key == path[-1]), None)


def _side(data: Any, path: Path, lang: str) -> str:
    """What one version says at a place; '' where it says nothing."""
    value = shelf.at(data, path)
    spec, tongue = _field(path), Tongue(lang, data)
    if value is None:
        return ""
    if spec is not None:
        return value_in_words(spec, value, tongue)
    _comma, stop, colon = tongue.marks
    found = stop.join(f"{label}{colon}{words}" for label, words in facts(data, path, lang))
    title = shelf.title_of(value, "").in_(lang) if isinstance(value, Mapping) else ""
    return found or title or _plain(value)
