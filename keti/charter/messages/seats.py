"""Several seats of one role: who holds them."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {
    "charter.holder-twice": (
        "{party:party}写了两次：一个单位在一个角色中只占一席。",
        "{party:party} stands here twice: a party has one seat in a role.",
    ),
    "charter.more-holders": (
        "写了 {count} 个担任者，最多却只有 {most} 席。",
        "{count} holders are named for at most {most} seats.",
    ),
}

SUGGESTIONS: dict[str, tuple[str, str]] = {
    "charter.holder-twice": ("删去其中一个", "remove one of them"),
    "charter.more-holders": ("写作 max: {count}", "write 'max: {count}'"),
}

NUMBERS: dict[str, str] = {
    "charter.holder-twice": "ROL230",
    "charter.more-holders": "ROL231",
}
