"""The source of the house as the tests of its shape read it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from keti.charter.rules.reading import read

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "keti"
CHARTERS = ROOT / "charters"
MADE = ("migrations", "__pycache__")


def python_files(*, tests: bool = True) -> list[Path]:
    """Every Python file of the package, migrations left out."""
    found = [one for one in sorted(HOUSE.rglob("*.py")) if not set(one.parts) & set(MADE)]
    return found if tests else [one for one in found if "tests" not in one.parts]


def templates() -> list[Path]:
    """Every page template of the package."""
    return sorted(HOUSE.rglob("*.html"))


@cache
def trees(*, tests: bool = False) -> list[tuple[Path, ast.Module]]:
    """Every Python file, parsed."""
    return [(file, ast.parse(file.read_text())) for file in python_files(tests=tests)]


def name(file: Path) -> str:
    """The file as a reader names it."""
    return str(file.relative_to(ROOT))


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text written out in the code, with its line; docstrings left out."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def charter_ids() -> set[str]:
    """Every key a shipped charter declares for itself: parties, groups, roles, works, gates..."""
    found: set[str] = set()
    for file in sorted(CHARTERS.glob("*.yaml")):
        data: dict[str, Any] = read(file.read_text()).data
        for block in ("parties", "groups", "roles", "calendar", "phases", "events", "obligations",
                      "gates", "deliverables"):  # fmt: skip
            found |= set(data.get(block) or {})
        for group in (data.get("groups") or {}).values():
            found |= set(group.get("instances") or {})
        for block in ("obligations", "deliverables"):
            for work in (data.get(block) or {}).values():
                found |= set(work.get("sections") or {})
        for part in ("tracks", "evidence"):
            found |= set((data.get("admission") or {}).get(part) or {})
        found.add(data["programme"]["id"])
    return found - {"late", "source"}
