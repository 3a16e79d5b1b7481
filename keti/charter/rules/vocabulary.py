"""Every key of the language in words: for the reference page, the JSON Schema and the forms.

The words stand in `vocabulary.tsv`, one key a line; what a key may hold is read off the shape.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path as File
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from keti.charter.rules import entry, promises, shape
from keti.charter.rules.aliases import CHINESE, SECOND
from keti.charter.rules.findings import Path
from keti.charter.rules.kinds import Bilingual, Resolve, SectionShape, Stated
from keti.charter.rules.models import OPEN, Model, inside, is_model, keys_of, model_at, plain
from keti.kernel.acts import Text

Row = Mapping[str, str]
WORDS = File(__file__).with_name("vocabulary.tsv")
COMMON = "common"
NAMES: dict[str, Model] = {
    "charter": shape.Charter,
    "programme": shape.Programme,
    "principle": shape.Principle,
    "party": shape.Party,
    "group": shape.Group,
    "instance": shape.Instance,
    "role": shape.Role,
    "call": entry.Call,
    "admission": entry.Admission,
    "form": entry.Form_,
    "form_field": entry.FormField,
    "window": entry.Window,
    "track": entry.Track,
    "evidence": entry.Evidence,
    "capacity": entry.Capacity,
    "appeal": entry.Appeal,
    "calendar": shape.Calendar,
    "date": shape.Date,
    "first": shape.First,
    "phase": shape.Phase,
    "event": shape.Event,
    "obligations": shape.Works,
    "late": shape.Late,
    "respond": shape.Respond,
    "escalation": shape.Escalation,
    "work": shape.Work,
    "section": SectionShape,
    "courtesy": shape.Courtesy,
    "findings": shape.Findings,
    "gate": shape.Gate,
    "rule": shape.Rule,
    "outcome": shape.OutcomeShape,
    "trace": promises.Trace,
    "round": promises.Round,
    "honour": promises.Honour,
    "promise": promises.Promise,
    "record": promises.Record,
    "privacy": promises.Privacy,
    "amendment": promises.Amendment,
    "amendment_class": promises.AmendmentClass,
    "vote_rule": promises.VoteRule,
    "stated": Stated,
    "resolve": Resolve,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a block.

    `kind` is the form of its value: text, words (a text in both languages), texts (words by key),
    flag, number, numbers, share, choice, choices, list, map, block, blocks (a map of blocks by
    key) or many (a list of blocks). `block` names the inner block. `refers_to` says what the value
    stands for: role, party, group, anchor, series, gate, work, round, rule, check, criterion, fact,
    clause, path, date, duration, workdays, time, guard, rrule, zone, language. `beside` are the
    keys the example stands with. `common`: one of the keys nearly every block has. `alias` is the
    Chinese spelling, `second` another one that reads better in this block.
    """

    key: str
    alias: str
    label: Text
    help: Text
    kind: str
    refers_to: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[str, ...] = ()
    block: str = ""
    example: str = ""
    beside: str = ""
    common: bool = False
    second: str = ""


@dataclass(frozen=True, slots=True)
class KeyBlock:
    """A part of the file with keys of its own.

    `places` are the paths where it may stand, with `*` for a key of the author's own. `entries`
    names the block that stands under every key not listed in `fields` ('' when there is none).
    """

    key: str
    label: Text
    help: Text
    fields: tuple[Field, ...]
    places: tuple[str, ...]
    entries: str = ""


@cache
def blocks() -> tuple[KeyBlock, ...]:
    """Every block of the language, in the order in which a charter is written."""
    rows = _rows()
    places: dict[str, list[str]] = {}
    for name, place in _walk("charter", "", 0):
        places.setdefault(name, []).append(place)
    return tuple(_block(name, rows, tuple(dict.fromkeys(places[name]))) for name in NAMES)


def fields(block: str) -> tuple[Field, ...]:
    """The keys of a block; KeyError when there is no block of that name."""
    return _by_name()[block].fields


def block_at(path: Path) -> KeyBlock | None:
    """The block that stands at a path of a charter, such as ("roles", "clerk")."""
    model = model_at(path)
    name = next((name for name, one in NAMES.items() if one is model), "")
    return _by_name().get(name)


@cache
def _by_name() -> Mapping[str, KeyBlock]:
    return {one.key: one for one in blocks()}


def _rows() -> Mapping[tuple[str, str], Row]:
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(row["block"], row["key"]): row for row in rows}


def _block(name: str, rows: Mapping[tuple[str, str], Row], places: tuple[str, ...]) -> KeyBlock:
    model = NAMES[name]
    keys = sorted(keys_of(model), key=lambda key: (name, key) not in rows)
    made = tuple(_field(name, key, keys_of(model)[key], rows) for key in keys)
    row = rows[name, ""]
    entries = _name(OPEN[model]) if model in OPEN else ""
    return KeyBlock(name, _label(row), _help(row), made, places, entries)


def _field(block: str, key: str, field: FieldInfo, rows: Mapping[tuple[str, str], Row]) -> Field:
    row = rows.get((block, key)) or rows[COMMON, key]
    kind, inner, choices = _kind(plain(field.annotation))
    kind = "list" if key == "source" else kind
    return Field(
        key,
        CHINESE[key],
        _label(row),
        _help(row),
        kind,
        tuple(filter(None, row["refers"].split("/"))),
        field.is_required(),
        choices,
        inner,
        row["example"],
        row["beside"],
        (block, key) not in rows,
        SECOND.get((block, key), ""),
    )


def _kind(kind: Any) -> tuple[str, str, tuple[str, ...]]:
    """The form of a value, the block inside it, and the words to choose from."""
    simple = {str: "text", bool: "flag", int: "number", Fraction: "share", Bilingual: "words"}
    held = inside(kind)
    found: tuple[str, str, tuple[str, ...]]
    if kind in simple:
        found = (simple[kind], "", ())
    elif get_origin(kind) is Literal:
        found = ("choice", "", tuple(filter(None, get_args(kind))))
    elif is_model(kind):
        found = ("block", _name(kind), ())
    elif is_model(held) and held is not Bilingual:
        found = ("blocks" if get_origin(kind) is dict else "many", _name(held), ())
    elif get_origin(kind) is list:
        found = _listed(held)
    elif held is Bilingual:
        found = ("texts", "", ())
    else:
        found = ("map", "", ())
    return found


def _listed(held: Any) -> tuple[str, str, tuple[str, ...]]:
    if get_origin(held) is Literal:
        return ("choices", "", tuple(get_args(held)))
    return ("numbers" if held is int else "list", "", ())


def _name(model: Model) -> str:
    return next(name for name, one in NAMES.items() if one is model)


def _walk(name: str, place: str, depth: int) -> Iterator[tuple[str, str]]:
    """Every block below a block with the path where it stands."""
    yield name, place
    model = NAMES[name]
    inner = [(key, *_kind(plain(field.annotation))) for key, field in keys_of(model).items()]
    steps = [
        (block, key if kind == "block" else f"{key}.*") for key, kind, block, _ in inner if block
    ]
    if model in OPEN:
        steps.append((_name(OPEN[model]), "*"))
    for block, step in steps:
        if depth == 0 or block not in ("stated", "resolve"):
            yield from _walk(block, f"{place}.{step}".lstrip("."), depth + 1)
        else:
            yield block, f"*.{step}"


def _label(row: Row) -> Text:
    return Text(row["zh"], row["en"])


def _help(row: Row) -> Text:
    return Text(row["help_zh"], row["help_en"])
