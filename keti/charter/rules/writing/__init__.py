"""Writing a charter without disturbing it: set, remove, rename, move; comments and order stay."""

from keti.charter.rules.writing.edit import (
    NoSuchPlace,
    move,
    put,
    put_all,
    remove,
    remove_all,
    rename_key,
)
from keti.charter.rules.writing.remarks import without_remarks
from keti.charter.rules.writing.rename import rename, uses

__all__ = [
    "NoSuchPlace",
    "move",
    "put",
    "put_all",
    "remove",
    "remove_all",
    "rename",
    "rename_key",
    "uses",
    "without_remarks",
]
