"""What of the language stands in a charter, and what there is of it at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from keti.charter.rules.carried_out import is_not_yet
from keti.charter.rules.models import OPEN, Model, inside, is_model, keys_of, model_at, plain
from keti.charter.rules.shape import Charter, Form


def forms_and_keys(data: dict[str, Any]) -> list[str]:
    """Every form of work and every key of every block, each once: `Work.due`."""
    works = [*data["obligations"].values(), *data.get("deliverables", {}).values()]
    found = {f"form {one['form']}" for one in works if "form" in one}
    return sorted(found | set(_keys(data, ())))


def _keys(value: Any, path: tuple[str | int, ...]) -> Iterator[str]:
    """The keys of the language below a path, each with the name of its block."""
    model = model_at(path)
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in inner:
        if model and key in keys_of(model):
            yield f"{model.__name__}.{key}"
        if isinstance(one, dict | list):
            yield from _keys(one, (*path, key))


NOTICED = ("Resolve.", "Stated.")
SAID = {"zh", "en", "source", "stated", "resolve"}
"""What may stand at every block: its names, what the notice says, who decided where it is open."""
WITH_OTHERS = {"form decision", "form promise", "Instance.born"}
"""What is written by nobody: it comes with a gate, with a promise, by admission."""


def there_is() -> set[str]:
    """Every form of work and every key of the language that an act carries out."""
    found = {f"form {form}" for form in get_args(Form)}
    _walk(Charter, (), found)
    drop = {one for one in found if one.split(".")[-1] in SAID or one.startswith(NOTICED)}
    return found - drop - WITH_OTHERS


def _walk(model: Model, path: tuple[str, ...], found: set[str]) -> None:
    for key, field in keys_of(model).items():
        name, here = f"{model.__name__}.{key}", (*path, key)
        if name in found or is_not_yet(here):
            continue
        found.add(name)
        kind, deeper = plain(field.annotation), here
        while (inner := inside(kind)) is not None:
            kind, deeper = inner, (*deeper, "x")
        for one in (kind, OPEN.get(kind)):
            if one is not None and is_model(one):
                _walk(one, deeper if one is kind else (*deeper, "x"), found)
