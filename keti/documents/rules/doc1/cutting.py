"""Sections out of one document: some of its blocks, with the comments that stand beside them."""

from collections.abc import Iterable

from ..typed import heading_rank
from .plain import words
from .schema import Block, Doc, blank, every_block


def cut(doc: Doc, places: Iterable[int]) -> Doc:
    """The blocks at these places as a document of their own. They keep their names."""
    return of_blocks([doc["blocks"][place] for place in places], doc)


def is_bare(doc: Doc) -> bool:
    """Whether a document holds nothing that typed lines do not hold as well: no table, picture,
    note or mark, and no heading but numbered ones."""
    return all(map(_is_line, doc["blocks"]))


def _is_line(block: Block) -> bool:
    if block["kind"] not in ("paragraph", "item", "heading"):
        return False
    if block["kind"] == "heading" and not heading_rank(words(block["runs"])):
        return False
    return all(run.keys() == {"words"} for run in block["runs"])


def of_blocks(blocks: list[Block], doc: Doc) -> Doc:
    """These blocks of a document, with those of its comments that are said of them."""
    names = {
        name
        for block in every_block(blocks)
        for run in block.get("runs", ())
        for name in run.get("said", ())
    }
    kept = {name: one for name, one in doc["comments"].items() if name in names}
    return blank(blocks) | {"comments": kept}
