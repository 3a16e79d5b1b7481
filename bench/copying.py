"""One played programme copied inside its database, as often as wanted: with people and units of its
own, ids of its own, and a ledger of its own that verifies.

`python -m bench.copying COUNT` in the environment of a data folder brings it to COUNT programmes.
"""

import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from itertools import islice
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Max

AT_ONCE = 10
"""So many copies are written in one transaction, and so many rows of a kind in one statement."""
TOKEN = re.compile(r"(?<![a-z2-7])[a-z2-7]{26,32}(?![a-z2-7])")
MADE_ANEW = "ledger_entry"
Rows = dict[type[models.Model], set[int]]
Fill = Callable[["Copy"], object]


@dataclass
class Copy:
    """One copy being made: its number, the ids of what it copies and their own."""

    number: int
    shift: Callable[[str, int], int]
    names: dict[str, str]
    """The ids of the original and its address, and what stands for each in the copy."""


@dataclass
class Table:
    """The rows of one kind, as they are, and which of their values differ in a copy."""

    model: type[models.Model]
    columns: list[str]
    rows: list[list[Any]]
    changes: list[list[tuple[int, Fill]]]
    first: int
    width: int
    base: int = 0

    def copied(self, copy: Copy) -> Iterator[list[Any]]:
        """The rows of this copy."""
        for row, changes in zip(self.rows, self.changes, strict=True):
            made = row.copy()
            for place, fill in changes:
                made[place] = fill(copy)
            yield made


@dataclass
class Original:
    """Everything that hangs on a programme, read once."""

    slug: str
    tables: dict[str, Table] = field(default_factory=dict)
    names: list[tuple[str, Callable[[], str]]] = field(default_factory=list)

    def shift(self, table: str, number: int, old: int) -> int:
        """The key of a row in the copy of this number."""
        here = self.tables[table]
        return here.base + (number - 1) * here.width + old - here.first


def kinds() -> list[type[models.Model]]:
    """Every table of the house's own rooms."""
    apps = import_module("django.apps").apps
    return [one for one in apps.get_models() if one.__module__.startswith("keti.")]


def links(model: type[models.Model]) -> list[Any]:
    """The columns of a table that point at another row."""
    return [one for one in model._meta.concrete_fields if one.is_relation]


def hanging(programme: Any) -> Rows:
    """What hangs on the programme by any path of links, and the people and units that it names."""
    accounts = import_module("keti.accounts.models")
    shared = (accounts.Person, accounts.Organisation, accounts.User)
    found: Rows = defaultdict(set, {type(programme): {programme.pk}})
    while True:
        before = sum(map(len, found.values()))
        for model in kinds():
            for link in () if model in shared else links(model):
                above = found.get(link.related_model)
                if above and link.related_model not in shared:
                    rows = model._default_manager.filter(**{f"{link.name}__in": above})
                    found[model] |= set(rows.values_list("pk", flat=True))
        _named(found, shared[:2])
        if sum(map(len, found.values())) == before:
            return {model: rows for model, rows in found.items() if rows}


def _named(found: Rows, wanted: tuple[type[models.Model], ...]) -> None:
    """Add the people and units that rows found so far point at."""
    for model in list(found):
        for link in links(model):
            if link.related_model in wanted and found[model]:
                rows = model._default_manager.filter(pk__in=found[model])
                named = rows.exclude(**{link.name: None}).values_list(link.attname, flat=True)
                found[link.related_model] |= set(named)


def read(programme: Any) -> Original:
    """The programme with all that hangs on it."""
    original = Original(programme.slug)
    rows = hanging(programme)
    for model, keys in rows.items():
        fields = [one for one in model._meta.concrete_fields if not one.generated]
        columns = [str(one.column) for one in fields]
        table = Table(model, columns, _stored(model, columns, keys), [], min(keys),
                      max(keys) - min(keys) + 1)  # fmt: skip
        original.tables[model._meta.db_table] = table
        for place, one in enumerate(fields):
            if _is_name(one):
                original.names += [(str(row[place]), one.default) for row in table.rows]
    known = {name for name, _make in original.names}
    for model, table in ((one.model, one) for one in original.tables.values()):
        apart = _told_apart(model, rows)
        fields = [one for one in model._meta.concrete_fields if not one.generated]
        for row in table.rows:
            found = [
                (place, fill)
                for place, one in enumerate(fields)
                if (fill := _change(original, rows, one, row[place], known, apart))
            ]
            table.changes.append(found)
    return original


def _is_name(column: Any) -> bool:
    """Whether a column holds a random name, made for each row."""
    drawn = column.has_default() and callable(column.default)
    return bool(isinstance(column, models.CharField) and column.unique and drawn)


def _stored(model: type[models.Model], columns: list[str], keys: set[int]) -> list[list[Any]]:
    """The rows as the database holds them."""
    name = connection.ops.quote_name
    shown = ", ".join(name(one) for one in columns)
    table, key = name(model._meta.db_table), name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shown} FROM {table} ORDER BY {key}")
        place = columns.index(str(model._meta.pk.column))
        return [list(row) for row in cursor.fetchall() if row[place] in keys]


def _told_apart(model: type[models.Model], rows: Rows) -> set[str]:
    """Columns of words that must differ because nothing else in a rule of uniqueness does."""
    rules = [[one.name] for one in model._meta.concrete_fields if one.unique]
    rules += [list(one) for one in model._meta.unique_together]
    rules += [
        list(one.fields)
        for one in model._meta.constraints
        if isinstance(one, models.UniqueConstraint)
    ]
    apart = set()
    for names in rules:
        fields = [model._meta.get_field(name) for name in names]
        if any(
            one.primary_key or (one.is_relation and one.related_model in rows) for one in fields
        ):
            continue
        words = [one for one in fields if isinstance(one, models.CharField)]
        if words and not any(map(_is_name, words)):
            apart.add(words[-1].name)
    # What is looked up by a key of it differs with its key.
    pairs = getattr(model, "KEYS", {}).items()
    return apart | {name for name, (key, _made) in pairs if key in apart}


def _change(
    original: Original, rows: Rows, column: Any, value: Any, known: set[str], apart: set[str]
) -> Fill | None:
    """How this value comes out in a copy; None where it is the same."""
    if value in (None, ""):
        return None
    if column.primary_key or (column.is_relation and value in rows.get(column.related_model, ())):
        model = column.model if column.primary_key else column.related_model
        table = model._meta.db_table
        return lambda copy: copy.shift(table, value)
    if not isinstance(value, str):
        return None
    if column.name in apart and value not in known:
        if "@" in value:
            return lambda copy: f"{copy.number}-{value}"
        most = column.max_length - 6
        return lambda copy: f"{value[:most]}-{copy.number}"
    if value in known:
        return lambda copy: copy.names[value]
    return _text(value, original.slug, known)


def _text(value: str, slug: str, known: set[str]) -> Fill | None:
    """A text that names the original's ids or its address, cut once where they stand."""
    cut = re.split(rf"({TOKEN.pattern}|(?<=/){re.escape(slug)}(?=[/?]|$))", value)
    named = [place for place in range(1, len(cut), 2) if cut[place] in known or cut[place] == slug]
    if not named:
        return None

    def fill(copy: Copy) -> str:
        made = cut.copy()
        for place in named:
            made[place] = copy.names[cut[place]]
        return "".join(made)

    return fill


def copies(original: Original, first: int, last: int) -> None:
    """Write the copies of these numbers."""
    for table in original.tables.values():
        highest = table.model._default_manager.aggregate(most=Max("pk"))["most"]
        table.base = highest + 1
    numbers = iter(range(first, last + 1))
    while some := list(islice(numbers, AT_ONCE)):
        made = [
            Copy(
                number,
                lambda table, old, place=number - first + 1: original.shift(table, place, old),
                {name: make() for name, make in original.names}
                | {original.slug: f"{original.slug}-{number}"},
            )
            for number in some
        ]
        with transaction.atomic():
            for table in original.tables.values():
                _write(table, [row for one in made for row in table.copied(one)])
            for one in made:
                _head(original, one)
    _sequences(original)


def _write(table: Table, rows: list[list[Any]]) -> None:
    if table.model._meta.db_table == MADE_ANEW:
        _reckoned(table, rows)
    name = connection.ops.quote_name
    columns = ", ".join(name(one) for one in table.columns)
    marks = ", ".join(["%s"] * len(table.columns))
    words = f"INSERT INTO {name(table.model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        cursor.executemany(words, rows)


def _reckoned(table: Table, rows: list[list[Any]]) -> None:
    """Lines of the ledger say the copy's ids, so their hashes are its own."""
    rules = import_module("keti.ledger.rules")
    salt, content, leaf, hashed = (
        table.columns.index(one) for one in ("salt", "content", "leaf", "leaf_hash")
    )
    for row in rows:
        said = json.loads(row[leaf])
        said["content"] = rules.commitment(row[salt], json.loads(row[content]))
        row[leaf] = rules.canonical(said)
        row[hashed] = rules.leaf_hash(row[leaf]).hex()


def _head(original: Original, copy: Copy) -> None:
    """The head of the copy's book, over its lines."""
    ledger = import_module("keti.ledger.models")
    rules = import_module("keti.ledger.rules")
    programmes = original.tables["programmes_programme"]
    key = copy.shift("programmes_programme", programmes.first)
    lines = ledger.Entry.objects.filter(programme=key).order_by("seq")
    edge: list[bytes] = []
    hashes = list(lines.values_list("leaf_hash", flat=True))
    for size, hashed in enumerate(hashes):
        edge = rules.grown(edge, size, bytes.fromhex(hashed))
    last = lines.values_list("recorded_at", flat=True).last()
    book = programmes.model._default_manager.values_list("public_id", flat=True).get(pk=key)
    ledger.Head.objects.create(
        book=book, size=len(hashes), edge=[one.hex() for one in edge], recorded_at=last
    )


def _sequences(original: Original) -> None:
    """The next row that anybody writes comes after these."""
    style = import_module("django.core.management.color").no_style()
    kinds = [one.model for one in original.tables.values()]
    with connection.cursor() as cursor:
        for words in connection.ops.sequence_reset_sql(style, kinds):
            cursor.execute(words)


def bring_to(count: int) -> None:
    """Copy the first programme until there are this many."""
    programmes = import_module("keti.programmes.models").Programme.objects
    there = programmes.count()
    if there < count:
        copies(read(programmes.order_by("pk")[0]), there, count - 1)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def main(count: int) -> None:
    """Bring the data folder to this many programmes."""
    import_module("django").setup()
    import_module("bench.ticking").quiet()
    bring_to(count)
    print(json.dumps({"programmes": count}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
