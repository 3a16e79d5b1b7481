"""Texts of the old dialect, read once and kept."""

import hashlib
from collections.abc import Iterable, Sequence

from keti.documents.models import ReadText
from keti.documents.rules.nodes import Node
from keti.documents.rules.pandoc import syntax_trees
from keti.documents.rules.tree import given_up, marked

AT_ONCE = 100


def key_of(text: str) -> str:
    """What a read text is kept under."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept_trees(texts: Sequence[str]) -> list[list[Node]]:
    """Texts of `md/1` in the closed form: as they were read when they were kept.

    The migration that ended the dialect kept all there were; whatever came by another way (a
    folder of an older edition put back) is read now and kept. What the reader gave up on is not:
    a slow minute is no reason to show a text as its source for ever.
    """
    keys = [key_of(text) for text in texts]
    known = dict(ReadText.objects.filter(sha256__in=keys).values_list("sha256", "blocks"))
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if new:
        known |= dict(zip(new, marked(list(new.values())), strict=True))
        keep({text: known[key] for key, text in new.items() if not given_up(text)})
    return [known[key] for key in keys]


def keep(read: dict[str, list[Node]], table: type[ReadText] = ReadText) -> None:
    """Keep texts with what they read as; what is kept already stays."""
    rows = [table(sha256=key_of(text), blocks=blocks) for text, blocks in read.items()]
    table.objects.bulk_create(rows, ignore_conflicts=True)


def keep_old(texts: Iterable[str], table: type[ReadText]) -> None:
    """For the migrations that ended `md/1`: read every text there is, some at a time."""
    waiting = sorted({text for text in texts if text.strip()})
    if waiting:
        syntax_trees(["。"])  # a machine without a reader must not freeze every text as its source
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start : start + AT_ONCE]
        read = dict(zip(some, marked(some), strict=True))
        keep({text: blocks for text, blocks in read.items() if not given_up(text)}, table)
