"""Walking the declared shape of a charter: what kind of thing may stand at a path."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from keti.charter.rules.findings import Path
from keti.charter.rules.shape import Calendar, Charter, Date, Work, Works

Model = type[BaseModel]
OPEN: dict[Model, Model] = {Works: Work, Calendar: Date}


@cache
def keys_of(model: Model) -> Mapping[str, FieldInfo]:
    """The keys a block may have, as they are written in English."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def model_at(path: Path) -> Model | None:
    """The block that stands at a path of the charter; None where no block stands."""
    kind: Any = Charter
    for step in path:
        kind = _inner(kind, step)
    return kind if is_model(kind) else None


def _inner(kind: Any, step: str | int) -> Any:
    if is_model(kind):
        field = keys_of(kind).get(str(step))
        return plain(field.annotation) if field else OPEN.get(kind)
    return inside(kind)


def inside(kind: Any) -> Any:
    """What a map or a list of the language holds; None when it is neither."""
    return plain(get_args(kind)[-1]) if get_origin(kind) in (dict, list) else None


def is_model(kind: Any) -> bool:
    """Whether a type is a block with keys of its own."""
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def plain(kind: Any) -> Any:
    """A type without Annotated and Optional around it."""
    while True:
        origin = get_origin(kind)
        if origin is Annotated:
            kind = get_args(kind)[0]
        elif origin in (Union, types.UnionType):
            kind = next(one for one in get_args(kind) if one is not type(None))
        else:
            return kind
