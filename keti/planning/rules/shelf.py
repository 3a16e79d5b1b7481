"""What a charter declares, for a form to choose from by its title; its entries. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from keti.charter.rules.findings import Path
from keti.charter.rules.kinds import ID_PATTERN, as_words
from keti.charter.rules.vocabulary import Field, KeyBlock, block_at, fields
from keti.charter.rules.wording import worded
from keti.kernel.acts import Text
from keti.planning.rules.said import said

Option = tuple[str, Text]
BASICS = ("lang", "tz", "workdays")
INLINE = {"stated", "resolve", "first", "rule", "window", "appeal", "late"}
MAIN: dict[str, frozenset[str]] = {
    "role": frozenset({"in", "can", "min", "max", "holder", "appointed_by"}),
    "work": frozenset({"form", "per", "by", "due", "opens"}),
    "gate": frozenset({"decides", "rule", "inputs", "by", "opens", "on_request"}),
    "date": frozenset({"date", "from", "to", "rrule"}),
    "group": frozenset({"parent", "founded"}),
    "phase": frozenset({"from", "to", "opens_with"}),
    "party": frozenset({"kind", "affiliated_with"}),
    "outcome": frozenset({"effect"}),
}
CODE = re.compile(r"[a-z]+(?:[_.][a-z_.]+)+")
"""An id that names nothing the charter has a title for: nothing to be read."""
SHORT_RULE = {"unanimous": {"unanimous": True}}
WORD_FIELDS = ("zh", "en")


@dataclass(frozen=True, slots=True)
class DeclaredThing:
    """One declared thing: where it stands, its id and its title."""

    path: Path
    key: str
    title: Text

    @property
    def address(self) -> str:
        """The path as a piece of an address."""
        return "/".join(str(step) for step in self.path)


def path_of(address: str) -> Path:
    """The path of an address; numbers are places in a list."""
    steps = [one for one in address.strip("/").split("/") if one]
    return tuple(int(one) if one.isdigit() else one for one in steps)


def at(data: Any, path: Path) -> Any:
    """What stands at a path, or None."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def words_at(data: Any, path: Path) -> list[str]:
    """The words at a path, whether one is written or a list of them."""
    value = at(data, path)
    return [str(one) for one in value] if isinstance(value, list) else [str(value or "")]


def split(data: Any, words: str) -> tuple[str | int, ...]:
    """The path that a finding's words name; ids may hold dots."""
    steps: list[str | int] = []
    here, rest = data, words.replace("[", ".").replace("]", "")
    while rest:
        keys = [str(one) for one in here] if isinstance(here, dict) else []
        fits = [one for one in keys if rest == one or rest.startswith(f"{one}.")]
        step = max(fits, key=len) if fits else rest.split(".")[0]
        rest = rest[len(step) :].lstrip(".")
        here = at(here, (int(step) if step.isdigit() else step,))
        steps.append(step)
    return tuple(steps)


def title_of(value: Any, key: str) -> Text:
    """The title of a block, in both languages; its id where it has none."""
    words = as_words(value)
    if isinstance(words, Mapping):
        found = Text(str(words.get("zh") or ""), str(words.get("en") or ""))
        if found.zh or found.en:
            return found
    return Text(said(key, "zh"), said(key, "en"))


def as_block(name: str, value: Any) -> dict[str, Any]:
    """A block as a map of its keys, whatever short form it was written in."""
    if name == "rule" and isinstance(value, str):
        return dict(SHORT_RULE.get(value, {}))
    if isinstance(value, str):
        words = as_words(value)
        return dict(words) if isinstance(words, Mapping) else {}
    return dict(value) if isinstance(value, Mapping) else {}


def as_entries(value: Any) -> dict[str, Any]:
    """A map of blocks by key, also where only their keys were listed."""
    if isinstance(value, list):
        return {str(one): {} for one in value}
    return dict(value) if isinstance(value, Mapping) else {}


def entries(data: Any, path: Path) -> list[DeclaredThing]:
    """The things declared below a path."""
    held = at(data, path)
    if isinstance(held, list) and held and isinstance(held[0], Mapping):
        return [
            DeclaredThing((*path, place), str(place), _listed_title(data, one))
            for place, one in enumerate(held)
        ]
    block = block_at(path)
    own = {one.key for one in block.fields} if block else set()
    return [
        DeclaredThing((*path, key), key, title_of(one, key))
        for key, one in as_entries(held).items()
        if key not in own
    ]


def _listed_title(data: Any, value: Mapping[str, Any]) -> Text:
    """What a thing without a name says: the titles of what it names, dates and lengths in words."""
    titles, names = dict(options(data, NAMED)), dict(named(data))
    zh, en = (
        " ".join(
            titles[str(one)].in_(lang) if str(one) in titles else worded(str(one), lang, names)
            for one in value.values()
        )
        for lang in ("zh", "en")
    )
    return Text(zh, en)


def sections(data: Any) -> Iterator[tuple[Field, int]]:
    """Every part of a charter in the order of writing, with how many things it holds."""
    for one in fields("charter"):
        if one.kind in ("block", "blocks"):
            found = at(data, (one.key,))
            own = one.kind == "block" and not (block_at((one.key,)) or _none()).entries
            yield one, (1 if found else 0) if own else len(entries(data, (one.key,)))


def _none() -> KeyBlock:
    return KeyBlock("", Text(), Text(), (), ())


def options(data: Any, refers: tuple[str, ...]) -> list[Option]:
    """What a field may refer to, by id, with titles; [] where it is free."""
    found: list[Option] = []
    for what in refers:
        found += list(_declared(data, what))
    return list(dict(found).items())


def _declared(data: Any, what: str) -> Iterator[Option]:
    places: dict[str, tuple[Path, ...]] = {
        "role": (("roles",),),
        "party": (("parties",),),
        "gate": (("gates",),),
        "work": (("obligations",), ("deliverables",)),
        "round": (("rounds",),),
        "check": (("admission", "evidence"),),
        "anchor": (("calendar",),),
        "series": (("calendar",),),
        "group": (("groups",),),
        "rule": (("trace", "rules"),),
    }
    for path in places.get(what, ()):
        for one in entries(data, path):
            yield one.key, _rule(data, one) if what == "rule" else one.title


def _rule(data: Any, one: DeclaredThing) -> Text:
    """A rule of the chain has no name: said by what it is about."""
    each = str(at(data, (*one.path, "each")) or "")
    return Text(f"规则：{said(each, 'zh')}", f"Rule: {said(each, 'en')}")


def days(data: Any) -> list[Option]:
    """Named dates for a date field: a span also by its first day, last day and middle."""
    found: list[Option] = []
    for one in entries(data, ("calendar",)):
        held = at(data, one.path)
        span = isinstance(held, Mapping) and held.get("from") and not _recurs(held)
        if isinstance(held, Mapping) and _recurs(held):
            continue
        if span:
            zh, en = one.title.in_("zh"), one.title.in_("en")
            found.append((f"{one.key}.from", Text(f"{zh}首日", f"{en}: first day")))
            found.append((f"{one.key}.to", Text(f"{zh}末日", f"{en}: last day")))
            found.append((f"midpoint({one.key})", Text(f"{zh}的中点", f"{en}: midpoint")))
        else:
            found.append((one.key, one.title))
    return found


def _recurs(held: Mapping[str, Any]) -> bool:
    return bool(held.get("rrule") or held.get("months") or held.get("after"))


def recurring_days(data: Any) -> list[Option]:
    """Named dates that come again."""
    return [
        (one.key, one.title)
        for one in entries(data, ("calendar",))
        if isinstance(at(data, one.path), Mapping) and _recurs(at(data, one.path))
    ]


def new_key(data: Any, path: Path, title: str, hint: str) -> str:
    """An id for a new thing: from its English title, else numbered; never one that is taken."""
    taken = set(as_entries(at(data, path)))
    stem = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40]
    if stem and re.match(ID_PATTERN, stem):
        if stem not in taken:
            return stem
    else:
        stem = hint
    number = len(taken) + 1
    while f"{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}"


def is_place(path: Path) -> bool:
    """Whether a page of the form belongs to this path: a part, a collection, one of its entries."""
    if len(path) == 1:
        return True
    block, above = block_at(path), block_at(path[:-1])
    inline = above is not None and str(path[-1]) in INLINE
    if block is not None and not inline:
        return True
    kinds = {one.key: one.kind for one in above.fields} if above else {}
    return kinds.get(str(path[-1])) in ("blocks", "many", "texts")


HINTS = {
    "parties": "party", "groups": "group", "instances": "part", "roles": "role",
    "calendar": "day", "phases": "phase", "events": "event", "obligations": "duty",
    "deliverables": "paper", "gates": "gate", "rounds": "round", "honours": "honour",
    "outreach": "promise", "principles": "principle", "tracks": "track", "evidence": "check",
    "sections": "section", "fields": "field", "declarations": "declaration",
    "outcomes": "outcome", "classes": "class",
}  # fmt: skip


def hint_of(path: Path) -> str:
    """The word from which the ids of new things at this place are made."""
    return HINTS.get(str(path[-1]), "item")


def is_id(word: str) -> bool:
    """Whether a word can be an id."""
    return bool(re.match(ID_PATTERN, word)) and len(word) <= 80


def first_words(data: Any, path: Path, words: Mapping[str, str]) -> dict[str, Any]:
    """What a new thing says: its names, and something sensible for every key it must have."""
    found: dict[str, Any] = {key: text for key, text in words.items() if text}
    block = block_at((*path, "x"))
    for one in block.fields if block else ():
        if one.required:
            found[one.key] = _first_value(data, one)
    first = next(iter(as_entries(at(data, path))), "")
    if path == ("groups",) and first:
        founded = at(data, (*path, first, "founded"))
        found |= {"parent": first, **({"founded": founded} if founded else {})}
    return found


def _first_value(data: Any, one: Field) -> Any:
    known = [key for key, _title in options(data, one.refers_to)]
    named = [key for key, _title in days(data)] if "date" in one.refers_to else []
    if one.kind == "list":
        return known[:1]
    if one.kind == "blocks":
        return {"approve": {}, "revise": {}} if one.block == "outcome" else {}
    if one.refers_to == ("duration",):
        return "P10D"
    return next(iter(known or named), "")


SHOWN = (
    "in", "per", "by", "decides", "holder", "kind", "form", "subject", "to", "approve", "at", "due",
)  # fmt: skip


def gist(data: Any, path: Path, lang: str) -> str:
    """What an entry says, in a few words: who, for whom, when."""
    held, block = at(data, path), block_at(path)
    if not isinstance(held, Mapping) or block is None:
        return ""
    known = {one.key: one for one in block.fields}
    parts = [
        _shown(data, known[key], held[key], lang) for key in SHOWN if key in held and key in known
    ]
    if block.key == "date":
        parts = [_dated(data, held, lang)]
    return " · ".join(part for part in parts if part)


def _shown(data: Any, one: Field, value: Any, lang: str) -> str:
    titles = {key: title.in_(lang) for key, title in options(data, one.refers_to)}
    if "date" in one.refers_to:
        when = worded(str(value), lang, dict(named(data)))
        return "" if CODE.search(when) else when
    words = value if isinstance(value, list) else [value]
    mark = ", " if lang.startswith("en") else "、"
    plain = (titles.get(str(word)) or said(str(word), lang) for word in words)
    return mark.join(word for word in plain if not CODE.fullmatch(word))


def _dated(data: Any, held: Mapping[str, Any], lang: str) -> str:
    names = dict(named(data))
    text = str(held.get("date") or held.get("rrule") or "")
    if held.get("after"):
        text = f"{held['after']} + {held.get('plus', '')}"
    elif held.get("from") and held.get("to") and not text:
        text = f"{held['from']}..{held['to']}"
    return worded(text, lang, names)


def named(data: Any) -> Iterator[Option]:
    """Every named date with its title."""
    for one in entries(data, ("calendar",)):
        yield one.key, one.title


QUOTED = re.compile(r"[“'\"]([a-z][a-z0-9_.]*)[”'\"]")
BESIDE = re.compile(r"（[a-z][a-z0-9_.@]*）| \([a-z][a-z0-9_.@]*\)")
"""The id that a sentence about the file gives beside a title: no use to who reads a form."""
VERB = re.compile(r"(?<=[：、])[a-z]+(?=[、。])|(?<=, )[a-z]+(?=[,.。])")
"""A word of the language in a list."""
NAMED = ("role", "party", "gate", "work", "round", "check", "anchor", "group")


def in_titles(words: str, data: Any, lang: str) -> str:
    """A sentence in which ids are replaced by the titles of what they name, or left out."""
    words = VERB.sub(lambda found: said(found[0], lang), BESIDE.sub("", words))
    if not isinstance(data, Mapping) or not QUOTED.search(words):
        return words
    titles = dict(options(data, NAMED))

    def title(found: re.Match[str]) -> str:
        one = titles.get(found[1])
        return f"“{one.in_(lang)}”" if one else found[0]

    return QUOTED.sub(title, words)
