"""Sections out of one document: some of its blocks, with the comments that stand beside them."""

from collections.abc import Iterable

from .schema import Block, Doc, blank, every_block


def cut(doc: Doc, places: Iterable[int]) -> Doc:
    """The blocks at these places as a document of their own. They keep their names."""
    return of_blocks([doc["blocks"][place] for place in places], doc)


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
