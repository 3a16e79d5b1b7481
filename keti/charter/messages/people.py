"""Who holds what, who appoints whom, and who judges her own work."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {}

SUGGESTIONS: dict[str, tuple[str, str]] = {}

NUMBERS: dict[str, str] = {}
