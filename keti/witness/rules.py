"""How what somebody typed is held against a root, in base64."""

FEWEST = 8
"""So many signs are compared: 48 bits, which no other root of a record shares by chance."""


def as_root(typed: str) -> str:
    """What was typed, without the blanks and breaks of a letter or a page."""
    return "".join(typed.split())


def slipped(typed: str, root: str) -> bool:
    """Would it be the beginning of this root but for upper and lower case?"""
    return not root.startswith(typed) and root.lower().startswith(typed.lower())
