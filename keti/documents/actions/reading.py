"""Texts of the old dialect, read once and kept."""

import hashlib
from collections.abc import Iterable, Sequence

from keti.documents.models import ReadText
from keti.documents.rules.nodes import Node
from keti.documents.rules.pandoc import syntax_trees
from keti.documents.rules.tree import given_up, marked, source

AT_ONCE = 100


def key_of(text: str) -> str:
    """What a read text is kept under."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def kept_trees(texts: Sequence[str]) -> list[list[Node]]:
    """Texts of `md/1` in the closed form, as they were read when they were kept.

    Nothing is read here: pages ask this. The migrations that ended the dialect kept all there were;
    what another way brings is read by `keep_old` before anybody is served (`site.before`). What is
    not kept, because the reader gave up on it, stands as its source.
    """
    keys = [key_of(text) for text in texts]
    known = dict(ReadText.objects.filter(sha256__in=keys).values_list("sha256", "blocks"))
    return [
        known[key] if key in known else source(text) if text.strip() else []
        for key, text in zip(keys, texts, strict=True)
    ]


def keep(read: dict[str, list[Node]], table: type[ReadText] = ReadText) -> None:
    """Keep texts with what they read as; what is kept already stays."""
    rows = [table(sha256=key_of(text), blocks=blocks) for text, blocks in read.items()]
    table.objects.bulk_create(rows, ignore_conflicts=True)


def keep_old(texts: Iterable[str], table: type[ReadText] = ReadText) -> None:
    """Read every one of these texts of `md/1` that is not kept yet, some at a time. What the reader
    gives up on is not kept: a slow minute is no reason to show a text as its source for ever."""
    named = {key_of(text): text for text in texts if text.strip()}
    keys = sorted(named)
    for start in range(0, len(keys), AT_ONCE):
        _keep_some({key: named[key] for key in keys[start : start + AT_ONCE]}, table)


def _keep_some(named: dict[str, str], table: type[ReadText]) -> None:
    known = set(table.objects.filter(sha256__in=named).values_list("sha256", flat=True))
    some = [text for key, text in named.items() if key not in known]
    if some:
        syntax_trees(["。"])  # a machine without a reader must not freeze every text as its source
        read = dict(zip(some, marked(some), strict=True))
        keep({text: blocks for text, blocks in read.items() if not given_up(text)}, table)
