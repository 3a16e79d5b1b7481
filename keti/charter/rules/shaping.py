"""Plain data to the shaped charter; every complaint of pydantic becomes a finding with a place."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from keti.charter.rules.findings import Path, Report, nearest
from keti.charter.rules.models import keys_of, model_at
from keti.charter.rules.shape import Charter

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
    model = model_at(path)
    return list(keys_of(model)) if model else []
