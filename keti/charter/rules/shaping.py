"""Plain data to the shaped charter; every complaint of pydantic becomes a finding with a place."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from keti.charter.rules.findings import Path, Report, nearest
from keti.charter.rules.shape import Calendar, Charter, Date, Work, Works

_KINDS = {
    "string_type": ("文字", "text"),
    "int_type": ("整数", "a whole number"),
    "int_parsing": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "bool_type": ("true 或 false", "true or false"),
    "bool_parsing": ("true 或 false", "true or false"),
    "dict_type": ("键值表", "a map"),
    "model_type": ("键值表", "a map"),
    "model_attributes_type": ("键值表", "a map"),
    "list_type": ("列表", "a list"),
    "is_instance_of": ("份额或人数(如 2/3 或 4)", "a share or a count such as 2/3 or 4"),
}


def shaped(data: dict[str, Any], report: Report) -> Charter | None:
    """The charter's blocks, or None after reporting every key and value that does not fit."""
    try:
        return Charter.model_validate(data)
    except ValidationError as trouble:
        for error in trouble.errors(include_url=False, include_context=True):
            _report(error, data, report)
    return None


def _report(error: Any, data: dict[str, Any], report: Report) -> None:
    path = _real(tuple(error["loc"]), data)
    kind: str = error["type"]
    if kind == "extra_forbidden":
        word, known = str(path[-1]), _known_keys(path[:-1])
        report.error(
            "charter.unknown-key",
            path,
            at_key=True,
            word=word,
            nearest=nearest(word, known),
            known=", ".join(known),
        )
    elif kind == "missing":
        report.error("charter.missing-key", path[:-1], at_key=True, word=path[-1], nearest=path[-1])
    elif kind in _KINDS:
        zh, en = _KINDS[kind]
        report.error("charter.wrong-type", path, zh=zh, en=en)
    else:
        _bad_value(error, path, report)


def _bad_value(error: Any, path: Path, report: Report) -> None:
    kind: str = error["type"]
    context = error.get("ctx", {})
    word = str(error["input"])[:60]
    if kind == "literal_error":
        expected = [one.strip("'") for one in context["expected"].replace(" or ", ", ").split(", ")]
        code = "charter.language" if path == ("keti",) else "charter.unknown-word"
        known = ", ".join(filter(None, expected))
        report.error(code, path, word=word, nearest=nearest(word, expected), known=known)
    elif kind == "string_pattern_mismatch":
        report.error("charter.bad-id", path, at_key=True, word=word)
    else:
        report.error("charter.bad-value", path, word=word, problem=error["msg"])


def _real(loc: Path, data: Any) -> Path:
    """The part of pydantic's location that exists in the file, and the last step."""
    out: list[str | int] = []
    here = data
    for step in loc:
        if step == "[key]":
            break
        out.append(step)
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(out)


def _known_keys(path: Path) -> list[str]:
    model = _at(Charter, path)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _at(kind: Any, path: Path) -> Any:
    """The declared type at a path of the charter."""
    for step in path:
        kind = _inner(_plain(kind), step)
    return _plain(kind)


def _inner(kind: Any, step: str | int) -> Any:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if step == (field.alias or name):
                return field.annotation
        return {Works: Work, Calendar: Date}.get(kind)
    if get_origin(kind) in (dict, list):
        return get_args(kind)[-1]
    return None


def _plain(kind: Any) -> Any:
    """A type without Annotated and Optional around it."""
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in (Union, types.UnionType):
            models = [one for one in get_args(kind) if one is not type(None)]
            kind = models[0]
        else:
            return kind
