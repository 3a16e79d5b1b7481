"""Gates that cannot open, cannot end or have no way back."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {}

SUGGESTIONS: dict[str, tuple[str, str]] = {}

NUMBERS: dict[str, str] = {}
