"""The glossary is true in both directions: what it names is there, and every model stands in it."""

import ast
import re
from collections import Counter

from django.apps import apps

from tests.house.sources import HOUSE, ROOT, trees

ROW = re.compile(r"^\| ([^|\n]+) \| ([^|\n]+) \| ([^|\n]+) \|$", re.MULTILINE)
CLASS = re.compile(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)*\b")
NOWHERE = "—"
ROWS = ROW.findall((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))[1:]
PLAIN = {"Row", "Line", "Words", "Block", "Entry", "Step"}
"""So plain a name says one thing in the whole house, or nothing."""
SAID_IN = ("*.py", "*.html", "*.md", "*.tsv", "*.typ")


def told() -> str:
    """Everything the house and the shipped charters say."""
    files = [file for kind in SAID_IN for file in HOUSE.rglob(kind)]
    files += [file for file in (ROOT / "charters").iterdir() if file.is_file()]
    return "\n".join(
        file.read_text(encoding="utf-8")
        for file in files
        if not {"tests", "migrations"} & set(file.parts)
    )


def words(said: str) -> list[str]:
    return [one.strip() for one in said.split(" / ") if one.strip() != NOWHERE]


def test_every_word_of_the_glossary_is_said_and_every_class_is_there() -> None:
    text = told()
    classes = set(re.findall(r"^\s*class (\w+)", text, re.MULTILINE))
    assert len(ROWS) > 150
    assert [one for said, _, _ in ROWS for one in words(said) if one not in text] == []
    assert [one for _, name, _ in ROWS for one in CLASS.findall(name) if one not in classes] == []


def test_a_word_stands_once_and_means_one_thing() -> None:
    seen = Counter(one for said, _, _ in ROWS for one in words(said))
    assert [one for one, times in seen.items() if times > 1] == []


def test_every_model_of_the_house_stands_in_the_glossary() -> None:
    named = {one for _, name, _ in ROWS for one in CLASS.findall(name)}
    models = {one.__name__ for one in apps.get_models() if one.__module__.startswith("keti.")}
    assert sorted(models - named) == []


def test_a_plain_name_is_one_class() -> None:
    classes = Counter(
        node.name
        for _file, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert [one for one in PLAIN if classes[one] > 1] == []
