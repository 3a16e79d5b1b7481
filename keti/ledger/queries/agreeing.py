"""The database held to the record: where a guarded field says something else than its last line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from keti.kernel.guarded import GUARDED, Guard, said
from keti.ledger import rules
from keti.ledger.models import Entry
from keti.programmes.models import Programme

Values = dict[str, object] | None
GONE, UNKNOWN, TAMPERED = "gone", "unknown", "tampered"


@dataclass(frozen=True, slots=True)
class Word:
    """What the record says last of a row, in which line; None: that it is gone."""

    book: str
    seq: int
    values: Values

    @property
    def place(self) -> str:
        """Where it stands, for a keeper of the installation."""
        return (
            f"line {self.seq} of {self.book}" if self.seq else "the record, which names it nowhere,"
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one row that is not as the record says. Instead of a field's name `GONE` for a
    row that is missing, `UNKNOWN` for one that no line made, `TAMPERED` for a line whose own word
    was changed."""

    label: str
    key: int
    field: str
    word: Word
    found: object = None

    def __str__(self) -> str:
        row, line = f"{self.label} {self.key}", self.word.place
        if self.field == TAMPERED:
            return f"{line}: what it says of its rows was changed"
        if self.field == GONE:
            return f"{row} is gone; {line} knows it"
        if self.field == UNKNOWN:
            return f"{row} stands in no line of the record"
        told = (self.word.values or {}).get(self.field)
        return f"{row}, {self.field}: {_shown(self.found)}, but {line} says {_shown(told)}"


def _shown(value: object) -> str:
    return "another text" if str(value).startswith("#") else str(value)


class LastWords:
    """The last word of the record on every row, read from all books in their order."""

    def __init__(self) -> None:
        self.last: dict[str, dict[int, Word]] = {}
        self.first_made: dict[str, int] = {}
        self.tampered: list[Difference] = []
        first = Entry.objects.order_by("pk").values_list("state", flat=True).first()
        self.from_the_first = first is not None
        rows = Entry.objects.exclude(state=None).order_by("pk")
        for entry in rows.only("book", "seq", "state", "leaf").iterator():
            self._read(entry)

    def _read(self, entry: Entry) -> None:
        if json.loads(entry.leaf).get("state") != rules.state_hash(entry.state or ""):
            word = Word(entry.book, entry.seq, None)
            self.tampered.append(Difference("", 0, TAMPERED, word))
            return
        for label, told in json.loads(entry.state or "")["rows"].items():
            last = self.last.setdefault(label, {})
            for key, values in (told["made"] | told["changed"]).items():
                last[int(key)] = Word(entry.book, entry.seq, _named(told["fields"], values))
            made = [int(key) for key in told["made"]]
            lowest = self.first_made.get(label)
            if made and (lowest is None or min(made) < lowest):
                self.first_made[label] = min(made)


def _named(fields: list[str], values: list[object] | None) -> Values:
    return None if values is None else dict(zip(fields, values, strict=True))


def told_in(programme: Programme) -> dict[type[Model], set[int]]:
    """The rows of which the book of this programme says anything."""
    found: dict[type[Model], set[int]] = {}
    model_of = {model._meta.label: model for model in GUARDED}
    rows = Entry.objects.filter(book=programme.public_id).exclude(state=None)
    for state in rows.values_list("state", flat=True):
        for label, told in json.loads(state or "")["rows"].items():
            if label in model_of:
                keys = found.setdefault(model_of[label], set())
                keys.update(int(key) for key in told["made"] | told["changed"])
    return found


def differences() -> Iterator[Difference]:
    """Everything in which the database and the record part; nothing where they agree.

    Rows older than their first word (those of installations that kept none yet) are not judged
    before an act writes them; nor is a field that was declared since.
    """
    words = LastWords()
    yield from words.tampered
    for model in GUARDED:
        yield from compared(model, words)


def compared(model: type[Model], words: LastWords) -> Iterator[Difference]:
    """The same for the rows of one model."""
    label, guard = model._meta.label, GUARDED[model]
    last, found = words.last.get(label, {}), said(model)
    for key, word in last.items():
        if word.values is not None and key not in found:
            yield Difference(label, key, GONE, word)
    for key, values in found.items():
        now = dict(zip(guard.fields, values, strict=True))
        yield from _row(label, key, now, last.get(key) or _before(guard, words, label, key))


def _row(label: str, key: int, now: dict[str, object], word: Word | None) -> Iterator[Difference]:
    if word is None:
        return
    if word.values is None:
        yield Difference(label, key, UNKNOWN, word)
        return
    for name, value in now.items():
        if name in word.values and word.values[name] != value:
            yield Difference(label, key, name, word, value)


def _before(guard: Guard, words: LastWords, label: str, key: int) -> Word | None:
    """What holds of a row no line names: that it is quiet, or that there is none; None where it
    was made before the record spoke of such rows."""
    lowest = words.first_made.get(label)
    before = lowest is None or key < lowest
    if guard.quiet is not None and (words.from_the_first or not before):
        quiet: dict[str, Any] = {name: value for name, value in guard.quiet.items()}
        return Word("", 0, quiet)
    return None if before or guard.quiet is not None else Word("", 0, None)
