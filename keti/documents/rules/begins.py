"""How each part of a report begins, known before anything is set. Pure."""

from typing import Any, Literal

How = Literal["first", "page", "follows"]
BEHIND = ("annexes", "roll", "imprint")
"""What stands behind the text: the first of these begins a page, the others follow it."""


def begins(laid: dict[str, Any]) -> list[How]:
    """For every part in the order they are printed: the first stands where it comes to stand,
    those behind the text follow each other, every other begins a page. Nothing for a report whose
    parts begin no pages."""
    if laid["bulk"] != "long":
        return []
    counts = {
        "body": sum(node[:2] == ["h", 1] for node in laid["body"]),
        "chapters": len(laid["chapters"]),
        "references": bool(laid["references"]),
        "annexes": len(laid["annexes"]),
        "roll": bool(laid["roll"]),
        "imprint": 1,
    }
    kinds = [kind for kind, count in counts.items() for _ in range(count)]
    return [_how(kind, before) for kind, before in zip(kinds, ["", *kinds], strict=False)]


def _how(kind: str, before: str) -> How:
    if not before:
        return "first"
    return "follows" if kind == "imprint" or (kind in BEHIND and before in BEHIND) else "page"
