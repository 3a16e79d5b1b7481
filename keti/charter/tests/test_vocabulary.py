"""The words about the language are complete, their examples load, and all of it is current."""

from __future__ import annotations

import copy
import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from keti.charter.rules import load
from keti.charter.rules.aliases import CHINESE
from keti.charter.rules.reading import read
from keti.charter.rules.vocabulary import NAMES, WORDS, Field, KeyBlock, block_at, blocks, fields
from keti.charter.tests.small import CHARTERS, NOTICE, STANDARD
from tests.charter_tools import is_of_the_language, respelled

ROOT = CHARTERS.parent
HOWTO = ROOT / "docs" / "howto" / "write-a-charter.md"
PIECES = re.findall(r"^```yaml\n(.*?)^```", HOWTO.read_text("utf-8"), re.MULTILINE | re.DOTALL)
STUDY = "\n".join(PIECES)
FIELDS = [(block, field) for block in blocks() for field in block.fields]
TOLD = [pair for pair in FIELDS if pair[1].example]
SCHEMA = Draft202012Validator(json.loads((CHARTERS / "charter-1.schema.json").read_text("utf-8")))


def test_the_charter_of_the_guide_loads_without_a_word_of_complaint():
    compiled, found = load(STUDY, "lamp-study.yaml")
    assert (compiled is not None, [one.as_text("en") for one in found]) == (True, [])
    assert compiled is not None
    assert {one.kind for one in compiled.gates} == {"agree", "jury", "verdict"}


@pytest.mark.parametrize("piece", PIECES, ids=range(len(PIECES)))
def test_every_piece_of_the_guide_is_needed_and_fits(piece):
    data = read(piece).data
    assert block_at(()) is not None
    known = {field.key for field in fields("charter")}
    assert data.keys() <= known


def test_every_key_has_words_in_both_languages():
    for block, field in FIELDS:
        for text in (field.label, field.help, block.label, block.help):
            assert text.zh and text.en, (block.key, field.key)
        assert field.help.zh.endswith("。") and field.help.en.endswith("."), (block.key, field.key)
        assert field.example or field.block, (block.key, field.key)


def test_no_words_without_a_key():
    with WORDS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    told = [(row["block"], row["key"]) for row in rows if row["key"] and row["block"] != "common"]
    declared = {(block.key, field.key) for block, field in FIELDS}
    assert [one for one in told if one not in declared] == []
    assert len(set(told)) == len(told)
    assert {row["block"] for row in rows} == {*NAMES, "common"}


def test_every_alias_is_used_and_every_key_has_one():
    used = {field.key for _, field in FIELDS}
    assert sorted(set(CHINESE) - used) == []
    assert len(set(CHINESE.values())) == len(CHINESE)


def places(node: Any, pattern: list[str], block: KeyBlock) -> Iterator[tuple[Any, Any]]:
    """Every holder and key at which a block stands in plain data."""
    if pattern == ["*", block.key]:
        yield from anywhere(node, block.key)
        return
    *above, last = pattern
    found = [node]
    for step in above:
        found = [inner for one in found for inner in below(one, step)]
    for one in found:
        reserved = {"late", "source"} if last == "*" else set()
        keys = range(len(one)) if isinstance(one, list) else list(one)
        yield from ((one, key) for key in keys if last in ("*", key) and key not in reserved)


def below(node: Any, step: str) -> list[Any]:
    if step == "*":
        inner = node if isinstance(node, list) else list(node.values())
        return [one for one in inner if isinstance(one, (dict, list))]
    return [node[step]] if isinstance(node, dict) and step in node else []


def anywhere(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    for one in node.values() if isinstance(node, dict) else []:
        yield from anywhere(one, key)
    if isinstance(node, dict) and isinstance(node.get(key), dict):
        yield node, key


def with_example(block: KeyBlock, field: Field) -> dict[str, Any]:
    """The guide's charter with the example put where it belongs."""
    data: dict[str, Any] = copy.deepcopy(read(STUDY).data)
    value = read(f"{field.key}: {field.example}").data[field.key]
    if block.key == "charter":
        return {**data, field.key: value}
    holder, key = [
        place
        for pattern in block.places
        for place in places(data, pattern.split("."), block)
        if isinstance(place[0][place[1]], dict)
    ][-1]
    if field.beside:
        beside = read(f"x: {field.beside}").data["x"]
        holder["of_example" if block.places[0].endswith("*") else key] = {
            **beside,
            field.key: value,
        }
    else:
        holder[key][field.key] = value
    return data


@pytest.mark.parametrize(
    ("block", "field"), TOLD, ids=[f"{block.key}.{field.key}" for block, field in TOLD]
)
def test_every_example_loads(block, field):
    data = with_example(block, field)
    text = json.dumps(data, ensure_ascii=False, indent=1)
    found = load(text, "example.yaml")[1]
    assert [one.as_text("en") for one in found if one.severity == "error"] == []
    assert [problem.message for problem in SCHEMA.iter_errors(data)] == []


@pytest.mark.parametrize("path", [NOTICE, STANDARD])
def test_every_block_of_a_charter_is_known_by_its_path(path):
    data = read(path.read_text("utf-8")).data
    for name, inner in data.items():
        if isinstance(inner, dict):
            block = block_at((name,))
            keyed = block is None
            for key, one in inner.items():
                here = block_at((name, key))
                if keyed and isinstance(one, dict):
                    assert here is not None, (name, key)
                    assert one.keys() <= {field.key for field in here.fields}, (name, key)
    assert block_at(("roles", "anything")) == next(one for one in blocks() if one.key == "role")
    assert block_at(("nothing", "at", "all")) is None


def test_a_choice_tells_its_words_and_a_key_what_it_must_have():
    told = {field.key: field for field in fields("role")}
    assert told["can"].choices[:3] == ("manage", "lead", "contribute")
    assert told["in"].required and told["in"].refers_to == ("group",)
    assert (told["in"].alias, told["in"].kind) == ("属于", "text")
    assert next(one for one in fields("gate") if one.key == "outcomes").block == "outcome"


def test_what_is_made_of_the_vocabulary_is_current():
    tool = str(ROOT / "tools" / "charter-reference")
    ran = subprocess.run(
        [sys.executable, tool, "--check"], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")


SHIPPED = [path for path in sorted(CHARTERS.glob("*.yaml")) if "as-written" not in path.name]
CLEAN = {"the guide": STUDY, **{path.name: path.read_text("utf-8") for path in SHIPPED}}


@pytest.mark.parametrize("name", CLEAN)
def test_the_schema_accepts_a_good_charter_in_either_spelling(name):
    Draft202012Validator.check_schema(SCHEMA.schema)
    data = read(CLEAN[name]).data
    for spelled in (data, in_chinese(data)):
        assert [problem.message for problem in SCHEMA.iter_errors(spelled)] == []


def in_chinese(node: Any, path: tuple[Any, ...] = ()) -> Any:
    if isinstance(node, dict):
        return {
            CHINESE[key] if is_of_the_language((*path, key)) else key: in_chinese(one, (*path, key))
            for key, one in node.items()
        }
    return (
        [in_chinese(one, (*path, number)) for number, one in enumerate(node)]
        if isinstance(node, list)
        else node
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tz: Asia/Shanghai\n", ""),
        ("excludes: [watcher, juror]", "exclude: [watcher, juror]"),
        ("can: [resolve, read]", "can: [resolve, raed]"),
        ("sign_off: true", "sign_off: maybe"),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(old, new):
    assert old in STUDY
    text = STUDY.replace(old, new)
    assert load(text, "bent.yaml")[0] is None
    assert list(SCHEMA.iter_errors(read(text).data)) != []


@pytest.mark.parametrize("name", CLEAN)
def test_both_spellings_are_one_charter(name):
    chinese = respelled(CLEAN[name], "zh")
    assert "角色:" in chinese and "\nroles:" not in chinese
    back = respelled(chinese, "en")
    assert back == CLEAN[name]
    one, two = load(CLEAN[name], "n")[0], load(chinese, "n")[0]
    assert one is not None and two is not None
    assert {**fields_of(one), "sha256": ""} == {**fields_of(two), "sha256": ""}


def fields_of(compiled: Any) -> dict[str, Any]:
    return {name: getattr(compiled, name) for name in compiled.__dataclass_fields__}
