"""What stands where in a charter: collections, blocks, and what a place is called."""

from django.utils.translation import gettext as _

from keti.charter.rules.findings import Path
from keti.charter.rules.vocabulary import Field, KeyBlock, block_at, fields
from keti.kernel.acts import Text
from keti.planning.doors import DraftDoor
from keti.planning.rules import shelf


def path_exists(door: DraftDoor, path: Path) -> bool:
    """Whether the language knows such a place and the file has what stands around it."""
    if len(path) < 2:
        return not path or path[0] in {one.key for one in fields("charter")}
    if collection(path) is None and block_of(path) is None:
        return False
    above = shelf.at(door.data, path[:-1])
    return collection(path) is not None or shelf.at(door.data, path) is not None or (
        isinstance(above, (dict, list)) and str(path[-1]) in shelf.as_entries(above)
    )  # fmt: skip


def collection(path: Path) -> Field | None:
    """The key at a path that holds things by id, or None."""
    above = block_of(path[:-1]) if path else None
    for one in above.fields if above else ():
        if one.key == path[-1] and one.kind in ("blocks", "many", "texts"):
            return one
    return None


def block_of(path: Path) -> KeyBlock | None:
    if not path:
        known = fields("charter")
        return KeyBlock("charter", known[0].label, known[0].help, known, ())
    found = block_at(path)
    if found is None and len(path) > 1:
        above = collection(path[:-1])
        if above is not None and above.kind == "texts":
            return _words_block(above)
    return found


def _words_block(above: Field) -> KeyBlock:
    names = tuple(one for one in fields("party") if one.key in shelf.WORD_FIELDS)
    return KeyBlock("words", above.label, above.help, names, ())


def title_at(door: DraftDoor, path: Path) -> str:
    """What a place is called: its own title, or the language's word for it."""
    if not path:
        return _("基本设定")
    found = collection(path)
    if found is not None:
        return found.label.in_(door.lang)
    block = block_at(path)
    if len(path) == 1 or (block and not collection(path[:-1]) and not is_open(path[:-1])):
        return block.label.in_(door.lang) if block else str(path[-1])
    label = _key_label(path)
    if label is not None:
        return label.in_(door.lang)
    title = shelf.title_of(shelf.at(door.data, path), str(path[-1])).in_(door.lang)
    return block.label.in_(door.lang) if block and title == str(path[-1]) else title


def _key_label(path: Path) -> Text | None:
    """What the language calls a key of a block; None for what a charter names itself."""
    above = None if collection(path[:-1]) else block_of(path[:-1])
    known = above.fields if above else ()
    return next((one.label for one in known if one.key == path[-1]), None)


def is_open(path: Path) -> bool:
    block = block_at(path)
    return bool(block and block.entries)
