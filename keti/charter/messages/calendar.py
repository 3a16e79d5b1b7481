"""What the dates of a charter do to each other: calendar facts, working days, feasibility."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {}

SUGGESTIONS: dict[str, tuple[str, str]] = {}

NUMBERS: dict[str, str] = {}
