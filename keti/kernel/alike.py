"""One object for one row, however many rows of an answer are joined to it.

A seat is read with its group, its role, its programme: of a hundred seats the database sends the
programme a hundred times, and a hundred equal objects would be made of it. Here each joined row
becomes one object, which all rows of the same answer share, place by place in the join.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.fields.related_descriptors import ForeignKeyDeferredAttribute
from django.db.models.query import ModelIterable
from django.db.models.query_utils import DeferredAttribute

Q = TypeVar("Q", bound="QuerySet[Any]")


def alike(queryset: Q) -> Q:
    """The same queryset, whose rows share what they are joined to."""
    queryset._iterable_class = Sharing
    return queryset


class Sharing(ModelIterable[Any]):
    """Reads the rows of a queryset as the library does, the joined ones made once."""

    def __iter__(self) -> Iterator[Any]:
        self.queryset = cast(Any, _Queryset(self.queryset))
        return super().__iter__()


class _Handed:
    """Everything of another object but what is told otherwise."""

    def __init__(self, real: Any) -> None:
        self.real = real

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)


class _Queryset(_Handed):
    @property
    def query(self) -> "_Query":
        return _Query(self.real.query)


class _Query(_Handed):
    def get_compiler(self, *asked: Any, **named: Any) -> "_Compiler":
        return _Compiler(self.real.get_compiler(*asked, **named))


class _Compiler(_Handed):
    @property
    def klass_info(self) -> dict[str, Any]:
        """How rows become objects: asked once for each answer, so nothing shared outlives it."""
        read: dict[str, Any] = self.real.klass_info
        beneath = [_joined(one) for one in _beneath(read)]
        return read | {"model": _Each(read["model"]), "related_klass_infos": beneath}


class _Each:
    """Stands for the model of a table while one answer is read.

    Making an object by its class asks every field for a value, one after the other, and whether
    it came at all: of a page that is half of what its rows cost. Where the fields of a model are
    nothing but values (`plain`), what came is laid into the object as it is.
    """

    def __init__(self, model: Any) -> None:
        self.model, self._meta = model, model._meta
        self.plain = plain(model)

    def from_db(self, db: str | None, names: list[str], values: Any) -> Any:
        """The object of this row."""
        if not self.plain:
            return self.model.from_db(db, names, values)
        made = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, db
        made.__dict__ = {"_state": state, **dict(zip(names, values, strict=True))}
        return made


def plain(model: Any) -> bool:
    """Nothing happens when an object of this model is made but that its fields have values. (What
    listens to objects being made is not asked: the house has no signals.)"""
    own = "from_db" in vars(model) or model.__init__ is not Model.__init__
    return not own and _only_values(model)


@cache
def _only_values(model: Any) -> bool:
    kinds = {type(getattr(model, one.attname)) for one in model._meta.concrete_fields}
    return kinds <= {DeferredAttribute, ForeignKeyDeferredAttribute}


class _Once(_Each):
    """The same of a joined table, whose rows come many times."""

    def __init__(self, model: Any) -> None:
        super().__init__(model)
        self.known: dict[Any, Any] = {}
        self.place: int | None = None

    def from_db(self, db: str | None, names: list[str], values: Any) -> Any:
        """The object of this row, made the first time it comes."""
        if self.place is None:
            self.place = names.index(self._meta.pk.attname)
        key = values[self.place]
        if key not in self.known:
            self.known[key] = super().from_db(db, names, values)
        return self.known[key]


def _joined(read: dict[str, Any]) -> dict[str, Any]:
    beneath = [_joined(one) for one in _beneath(read)]
    return read | {"model": _Once(read["model"]), "related_klass_infos": beneath}


def _beneath(read: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read.get("related_klass_infos", [])
    return found
