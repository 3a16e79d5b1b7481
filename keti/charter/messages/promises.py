"""Promises without an owner, a criterion or evidence; clauses that nothing implements."""

from __future__ import annotations

MESSAGES: dict[str, tuple[str, str]] = {}

SUGGESTIONS: dict[str, tuple[str, str]] = {}

NUMBERS: dict[str, str] = {}
