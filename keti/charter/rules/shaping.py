"""Plain data to the shaped charter; every complaint of pydantic becomes a finding with a place."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from keti.charter.rules.aliases import CHINESE, ENGLISH
from keti.charter.rules.findings import MOST, Path, Report, nearest
from keti.charter.rules.hints import as_id, as_slug, in_language
from keti.charter.rules.kinds import BadShare
from keti.charter.rules.models import keys_of, model_at
from keti.charter.rules.shape import Charter
from keti.charter.rules.vocabulary import block_at

SLUG: Path = ("programme", "id")
COMMON = ("zh", "en", "source", "stated", "resolve")
EFFECTS = ("stop", "revise", "approve")
_BOUNDS = {
    "greater_than": ("须大于 {gt}", "it must be more than {gt}"),
    "greater_than_equal": ("不得小于 {ge}", "it must be at least {ge}"),
    "less_than": ("须小于 {lt}", "it must be less than {lt}"),
    "less_than_equal": ("不得大于 {le}", "it must be at most {le}"),
    "string_too_long": ("最多 {max_length} 个字符", "at most {max_length} characters"),
}
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
        for error in trouble.errors(include_url=False, include_context=True)[:MOST]:
            _report(error, data, report)
    return None


def _report(error: Any, data: dict[str, Any], report: Report) -> None:
    path = _real(tuple(error["loc"]), data)
    kind: str = error["type"]
    if kind == "extra_forbidden":
        _unknown_key(error, path, data, report)
    elif kind == "missing":
        _missing(path, report)
    elif kind in _KINDS:
        zh, en = _KINDS[kind]
        wrote = error["input"] if isinstance(error["input"], (str, int, float)) else ""
        zh += f"，写的是“{wrote}”" if wrote else ""
        en += f", not '{wrote}'" if wrote else ""
        facts = {"zh": zh, "en": en, "word": wrote}
        if path == SLUG:
            facts["better"] = as_slug(str(wrote))
        report.found_problem("charter.wrong-type", path, facts)
    else:
        _bad_value(error, path, report)


def _missing(path: Path, report: Report) -> None:
    """A key that must stand here, called as it is called in this block."""
    key = str(path[-1])
    alias = _chinese(path[:-1], key)
    facts = {"word": key, "nearest": key, "nearest_zh": alias}
    facts["word_zh"] = f"{alias}（{key}）"
    report.error("charter.missing-key", path[:-1], at_key=True, **facts)


def _chinese(block: Path, key: str) -> str:
    """The Chinese spelling of a key, where it has a better one in its block that one."""
    here = block_at(block)
    found = next((one for one in here.fields if one.key == key), None) if here else None
    return (found.second or found.alias) if found else CHINESE.get(key, key)


def _unknown_key(error: Any, path: Path, data: dict[str, Any], report: Report) -> None:
    """A key that is none here: misspelt, glued to its value, or the rest of a torn sentence."""
    word, known = str(path[-1]), _known_keys(path[:-1])
    around = _at(data, path[:-1])
    key, colon, rest = word.partition("：")
    if colon and (ENGLISH.get(key) or key) in known:
        facts = {"sign": colon, "better": f"{key}: {rest.strip()}".strip()}
        report.error("charter.full-width", path, at_key=True, **facts)
    elif error["input"] is None and {"zh", "en"} & {*around}:
        if _before(word, around) in known:
            report.error("charter.loose-comma", path, at_key=True, word=word)
    else:
        spelt = [*known, *(_chinese(path[:-1], one) for one in known)]
        facts = {"known": ", ".join(known), "known_zh": "、".join(spelt[len(known) :])}
        report.error(
            "charter.unknown-key",
            path,
            at_key=True,
            word=word,
            nearest=nearest(word, spelt),
            **facts,
        )


def _bad_value(error: Any, path: Path, report: Report) -> None:
    kind: str = error["type"]
    context = error.get("ctx", {})
    word = str(error["input"])[:60]
    if kind == "literal_error":
        expected = [one.strip("'") for one in context["expected"].replace(" or ", ", ").split(", ")]
        expected = [one for one in expected if one]
        code = "charter.language" if path == ("keti",) else "charter.unknown-word"
        near = in_language(word, expected) or nearest(word, expected)
        if expected:
            report.error(code, path, word=word, nearest=near, known=", ".join(expected))
    elif kind == "string_pattern_mismatch" and path == SLUG:
        report.error("charter.bad-slug", path, word=word, better=as_slug(word))
    elif kind == "string_pattern_mismatch":
        effect = in_language(word, EFFECTS) if path[-2:-1] == ("outcomes",) else ""
        better = f"{effect}: {{zh: {word}}}" if effect else as_id(word)
        report.error("charter.bad-id", path, at_key=True, word=word, better=better)
    else:
        zh, en = _why(error)
        report.error("charter.bad-value", path, word=word, problem=en, problem_zh=zh)


def _why(error: Any) -> tuple[str, str]:
    """What a value would have to be, in both languages."""
    context = error.get("ctx", {})
    if error["type"] in _BOUNDS:
        zh, en = _BOUNDS[error["type"]]
        return zh.format(**context), en.format(**context)
    if error["type"] == "value_error" and isinstance(context.get("error"), BadShare):
        return "多于 1 的是人数，写整数", "more than 1 is a number of people, a whole one"
    return "这里不能这样写", str(error["msg"])


def _real(loc: Path, data: Any) -> Path:
    """The part of pydantic's location that exists in the file, and the last step."""
    out: list[str | int] = []
    here = data
    for step in loc:
        if step == "[key]" or isinstance(here, (str, int, float)):
            break
        out.append(step)
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
    return tuple(out)


def _at(data: Any, path: Path) -> dict[str, Any]:
    """The block at a path, or an empty one."""
    for step in path:
        data = data[step]
    return data if isinstance(data, dict) else {}


def _before(key: str, block: dict[str, Any]) -> str:
    """The key that stands before another one: a torn text is told once, at its first tear."""
    keys = [*block]
    return keys[keys.index(key) - 1]


def _known_keys(path: Path) -> list[str]:
    """The keys that may stand in a block, its own before the common ones."""
    model = model_at(path)
    keys = list(keys_of(model)) if model else []
    return sorted(keys, key=lambda key: key in COMMON)
