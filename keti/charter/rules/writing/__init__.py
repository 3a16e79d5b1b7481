"""Writing a charter without disturbing it: set, remove, rename, move; comments and order stay."""

from keti.charter.rules.writing.edit import NoSuchPlace, move, put, remove, rename_key
from keti.charter.rules.writing.rename import rename, uses

__all__ = ["NoSuchPlace", "move", "put", "remove", "rename", "rename_key", "uses"]
